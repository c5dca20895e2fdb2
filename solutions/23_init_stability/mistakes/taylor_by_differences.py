"""A small difference quotient is a derivative."""

import math

import torch

TRIPS = ["calibrated_act.value_slope", "calibrated_act.vs_tanh"]


def taylor(act, order=1):
    h = 1e-3
    values = act(torch.arange(order + 1, dtype=torch.float64) * h)
    coefficients = []
    for power in range(order + 1):
        coefficients.append(values[0].item() / h**power / math.factorial(power))
        values = values.diff()
    return tuple(coefficients)
