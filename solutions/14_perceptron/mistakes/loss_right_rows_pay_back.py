"""Sums the scores of all rows, so right ones make up for wrong ones."""

TRIPS = ["perceptron_loss.zero_when_right", "perceptron_loss.value"]

import torch


def perceptron_loss(X, y, w, b):
    return (-y * (X @ w + b)).sum()
