"""Adds up Python numbers and makes a tensor of them."""

TRIPS = ["perceptron_loss.gradcheck", "perceptron_loss.subgradient_is_update"]

import torch


def perceptron_loss(X, y, w, b):
    return torch.tensor(sum(max(0.0, -v) for v in (y * (X @ w + b)).tolist()), dtype=X.dtype)
