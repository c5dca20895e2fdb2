"""Knows the derivatives as s (1 - s) and 1 - t^2, and puts in what the function is given."""

TRIPS = ["activations.derivative"]

import torch


def dsigmoid(x):
    return x * (1 - x)


def dtanh(x):
    return 1 - x**2
