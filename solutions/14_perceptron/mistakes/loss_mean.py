"""Takes the mean over the rows."""

TRIPS = ["perceptron_loss.value", "perceptron_loss.subgradient_is_update", "perceptron_loss.example", "perceptron_loss.zero_when_right"]

import torch


def perceptron_loss(X, y, w, b):
    return (-y * (X @ w + b)).clamp(min=0).mean()
