"""Saves memory by multiplying in place."""

TRIPS = ["products.inputs_unchanged"]

import torch


def hadamard(A, C):
    if A.shape != C.shape:
        raise ValueError("sizes")
    with torch.no_grad():
        A.mul_(C)
    return A
