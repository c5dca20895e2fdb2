"""Finds that (a - b)^2 is XOR on the corners."""

TRIPS = ["xor_two_layer.uses_step"]

import torch


def xor_by_hand(X):
    return (X[:, 0] - X[:, 1]) ** 2
