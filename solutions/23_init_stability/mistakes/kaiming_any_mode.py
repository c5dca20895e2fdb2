"""What is not fan_in is fan_out."""

import math

import torch

TRIPS = ["kaiming_normal.bad_mode_raises"]


def kaiming_normal(shape, generator, mode="fan_in", a=0.0):
    fan = shape[1 if mode == "fan_in" else 0] * math.prod(shape[2:])
    return torch.randn(*shape, generator=generator) * math.sqrt(2.0 / ((1.0 + a**2) * fan))
