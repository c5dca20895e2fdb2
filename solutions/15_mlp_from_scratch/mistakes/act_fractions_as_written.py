"""Takes formulas from the book as they stand: e^1000 and 0 / 0 come out as nan."""

TRIPS = ["activations.extreme", "activations.relu_zero"]

import torch


def tanh(x):
    return (x.exp() - (-x).exp()) / (x.exp() + (-x).exp())


def drelu(x):
    return relu(x) / x
