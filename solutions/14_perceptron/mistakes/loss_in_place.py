"""Writes the scores into w and the signs into y, to save memory."""

TRIPS = ["perceptron_loss.input_unchanged"]

import torch


def perceptron_loss(X, y, w, b):
    loss = (-y * (X @ w + b)).clamp(min=0).sum()
    y.neg_()
    return loss
