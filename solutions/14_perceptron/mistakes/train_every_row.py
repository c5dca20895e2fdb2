"""Updates on every row, right or wrong."""

TRIPS = ["perceptron_train.novikoff_bound"]

import torch


def perceptron_train(X, y, max_epochs=100):
    w, b, updates = X.new_zeros(X.shape[1]), X.new_zeros(()), 0
    for _ in range(max_epochs):
        before = updates
        for x, label in zip(X, y):
            if True:
                w, b, updates = w + label * x, b + label, updates + 1
        if updates == before:
            break
    return w, b, updates
