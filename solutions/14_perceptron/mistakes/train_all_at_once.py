"""Collects the mistakes of an epoch and learns from them together."""

TRIPS = ["perceptron_train.exact_trace"]

import torch


def perceptron_train(X, y, max_epochs=100):
    w, b, updates = X.new_zeros(X.shape[1]), X.new_zeros(()), 0
    for _ in range(max_epochs):
        wrong = y * (X @ w + b) <= 0
        if not wrong.any():
            break
        w, b = w + (y[wrong, None] * X[wrong]).sum(0), b + y[wrong].sum()
        updates += int(wrong.sum())
    return w, b, updates
