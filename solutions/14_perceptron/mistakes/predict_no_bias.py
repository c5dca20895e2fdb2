"""Forgets the bias."""

TRIPS = ["sign_predict.value"]

import torch


def predict(X, w, b):
    return torch.where(X @ w > 0, 1, -1)
