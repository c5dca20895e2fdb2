"""torch has a generator of its own, so another one is not needed."""

import math

import torch

TRIPS = ["xavier_uniform.generator_only", "kaiming_normal.generator_only"]


def xavier_uniform(shape, generator, gain=1.0):
    bound = gain * math.sqrt(6.0 / (shape[0] + shape[1]))
    return torch.empty(*shape).uniform_(-bound, bound)


def kaiming_normal(shape, generator, mode="fan_in", a=0.0):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError("mode")
    fan = shape[1 if mode == "fan_in" else 0] * math.prod(shape[2:])
    return torch.randn(*shape) * math.sqrt(2.0 / ((1.0 + a**2) * fan))
