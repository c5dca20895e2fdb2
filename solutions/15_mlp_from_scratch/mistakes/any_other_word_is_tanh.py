"""Has an else for the third activation, so a typing error is tanh."""

TRIPS = ["mlp_forward.unknown_raises", "mlp_backward.unknown_raises"]

import torch


def _pair(act):
    if act == "relu":
        return relu, drelu
    if act == "sigmoid":
        return sigmoid, dsigmoid
    return tanh, dtanh
