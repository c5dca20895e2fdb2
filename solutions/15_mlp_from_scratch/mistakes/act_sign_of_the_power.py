"""Believes that sigmoid is 1 / (1 + e^x)."""

TRIPS = ["activations.example", "activations.value"]

import torch


def sigmoid(x):
    return 1 / (1 + x.exp())
