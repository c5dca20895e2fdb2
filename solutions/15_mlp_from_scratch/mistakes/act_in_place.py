"""Writes the zeros of relu into x: it saves a tensor."""

TRIPS = ["activations.input_unchanged"]
ALSO = ["mlp_forward.example"]

import torch


def relu(x):
    x[x < 0] = 0
    return x
