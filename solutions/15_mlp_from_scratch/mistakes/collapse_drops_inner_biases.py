"""Multiplies the weights and keeps the last bias only."""

TRIPS = ["collapse_linear.biases_included", "collapse_linear.example"]

import torch


def collapse(Ws, bs):
    W = Ws[0]
    for other in Ws[1:]:
        W = W @ other
    return W, bs[-1]
