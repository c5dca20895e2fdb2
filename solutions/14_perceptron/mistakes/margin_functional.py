"""Does not divide by the length of w."""

TRIPS = ["margin.scale_invariant", "margin.value", "margin.example"]

import torch


def geometric_margin(X, y, w, b):
    return (y * (X @ w + b)).min()
