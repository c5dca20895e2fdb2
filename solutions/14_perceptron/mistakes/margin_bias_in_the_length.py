"""Counts b into the length of w."""

TRIPS = ["margin.value"]

import torch


def geometric_margin(X, y, w, b):
    return (y * (X @ w + b)).min() / (w.square().sum() + b * b).sqrt()
