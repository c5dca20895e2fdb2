"""Goes on until there is no mistake, for as long as it has to (or ten thousand epochs)."""

TRIPS = ["perceptron_train.xor_does_not_converge"]

import torch


def perceptron_train(X, y, max_epochs=100):
    w, b, updates = X.new_zeros(X.shape[1]), X.new_zeros(()), 0
    for _ in range(200 + max_epochs if max_epochs else 0):
        before = updates
        for x, label in zip(X, y):
            if label * (x @ w + b) <= 0:
                w, b, updates = w + label * x, b + label, updates + 1
        if updates == before:
            break
    return w, b, updates
