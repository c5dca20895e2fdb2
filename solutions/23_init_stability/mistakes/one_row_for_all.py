"""Draws one row of weights and gives it to every output."""

import math

import torch

TRIPS = ["xavier_uniform.even", "kaiming_normal.normal"]


def xavier_uniform(shape, generator, gain=1.0):
    bound = gain * math.sqrt(6.0 / (shape[0] + shape[1]))
    return torch.empty(1, shape[1]).uniform_(-bound, bound, generator=generator).repeat(shape[0], 1)


def kaiming_normal(shape, generator, mode="fan_in", a=0.0):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError("mode")
    fan = shape[1 if mode == "fan_in" else 0] * math.prod(shape[2:])
    row = torch.randn(1, *shape[1:], generator=generator)
    return row.expand(*shape) * math.sqrt(2.0 / ((1.0 + a**2) * fan))
