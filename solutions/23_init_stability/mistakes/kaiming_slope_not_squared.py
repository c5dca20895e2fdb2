"""A leaky relu keeps a share a of the negative half."""

import math

import torch

TRIPS = ["kaiming_normal.leaky"]


def kaiming_normal(shape, generator, mode="fan_in", a=0.0):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError("mode")
    fan = shape[1 if mode == "fan_in" else 0] * math.prod(shape[2:])
    return torch.randn(*shape, generator=generator) * math.sqrt(2.0 / ((1.0 + a) * fan))
