"""Leaves out the second perceptron."""

TRIPS = ["xor_two_layer.truth_table", "xor_two_layer.example"]

import torch


def xor_by_hand(X):
    return (X.sum(1) > 0.5).to(X.dtype)
