"""Takes the mean distance."""

TRIPS = ["margin.value"]

import torch


def geometric_margin(X, y, w, b):
    return (y * (X @ w + b)).mean() / w.norm()
