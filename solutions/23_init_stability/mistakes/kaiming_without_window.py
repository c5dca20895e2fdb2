"""The fan of a convolution is its number of channels."""

import math

import torch

TRIPS = ["kaiming_normal.conv_fan", "kaiming_normal.example"]


def kaiming_normal(shape, generator, mode="fan_in", a=0.0):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError("mode")
    fan = shape[1 if mode == "fan_in" else 0]
    return torch.randn(*shape, generator=generator) * math.sqrt(2.0 / ((1.0 + a**2) * fan))
