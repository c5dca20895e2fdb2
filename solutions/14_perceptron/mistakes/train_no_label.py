"""Adds the row, whatever its label says."""

TRIPS = ["perceptron_train.needs_bias", "perceptron_train.exact_trace"]

import torch


def perceptron_train(X, y, max_epochs=100):
    w, b, updates = X.new_zeros(X.shape[1]), X.new_zeros(()), 0
    for _ in range(max_epochs):
        before = updates
        for x, label in zip(X, y):
            if label * (x @ w + b) <= 0:
                w, b, updates = w + x, b + 1, updates + 1
        if updates == before:
            break
    return w, b, updates
