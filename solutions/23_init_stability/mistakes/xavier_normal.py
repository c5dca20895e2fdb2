"""Random weights are normal, with the variance asked for."""

import math

import torch

TRIPS = ["xavier_uniform.range", "xavier_uniform.even"]


def xavier_uniform(shape, generator, gain=1.0):
    std = gain * math.sqrt(2.0 / (shape[0] + shape[1]))
    return torch.randn(*shape, generator=generator) * std
