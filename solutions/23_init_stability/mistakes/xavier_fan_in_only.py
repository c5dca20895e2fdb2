"""Only the inputs decide how large a sum becomes."""

import math

import torch

TRIPS = ["xavier_uniform.std_wide", "xavier_uniform.std_tall", "xavier_uniform.range"]


def xavier_uniform(shape, generator, gain=1.0):
    bound = gain * math.sqrt(3.0 / shape[1])
    return torch.empty(*shape).uniform_(-bound, bound, generator=generator)
