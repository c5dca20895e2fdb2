"""torch.rand times a is a number between -a and a."""

import math

import torch

TRIPS = ["xavier_uniform.mean0", "xavier_uniform.range"]


def xavier_uniform(shape, generator, gain=1.0):
    bound = gain * math.sqrt(6.0 / (shape[0] + shape[1]))
    return torch.rand(*shape, generator=generator) * bound
