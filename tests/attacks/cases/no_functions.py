"""Hands in plain values where functions and classes should be, from the start or put there in the middle of a call.

catalogue: own
outcome: failed
prints: swapped
"""

import torch

value, twice, noise = b"bytes", torch.zeros(3), {"a": (1, 2)}


def slope(x):
    global Layer, fit
    Layer, fit = 3, None
    print("swapped")
    return x
