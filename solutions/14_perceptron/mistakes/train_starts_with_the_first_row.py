"""Starts with the first row as w, and learns inside of X."""

TRIPS = ["perceptron_train.input_unchanged", "perceptron_train.nothing_to_learn"]

import torch


def perceptron_train(X, y, max_epochs=100):
    w, b, updates = X[0].zero_() if max_epochs else X[0], X.new_zeros(()), 0
    for _ in range(max_epochs):
        before = updates
        for x, label in zip(X, y):
            if label * (x @ w + b) <= 0:
                w, b, updates = w.add_(label * x), b + label, updates + 1
        if updates == before:
            break
    return w, b, updates
