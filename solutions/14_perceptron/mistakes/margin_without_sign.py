"""Takes the distance without its sign."""

TRIPS = ["margin.negative_if_misclassified"]

import torch


def geometric_margin(X, y, w, b):
    return (X @ w + b).abs().min() / w.norm()
