"""Counts the mistakes."""

TRIPS = ["perceptron_loss.value", "perceptron_loss.subgradient_is_update"]

import torch


def perceptron_loss(X, y, w, b):
    return (y * (X @ w + b) <= 0).sum().to(X.dtype)
