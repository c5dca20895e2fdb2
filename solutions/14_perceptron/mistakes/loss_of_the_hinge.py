"""Uses the hinge loss, max(0, 1 - y score)."""

TRIPS = ["perceptron_loss.zero_when_right", "perceptron_loss.value"]

import torch


def perceptron_loss(X, y, w, b):
    return (1 - y * (X @ w + b)).clamp(min=0).sum()
