"""Asks the logical operator."""

TRIPS = ["xor_two_layer.perceptrons_only"]

import torch


def xor_by_hand(X):
    return ((X[:, 0] > 0.5) ^ (X[:, 1] > 0.5)).to(X.dtype)
