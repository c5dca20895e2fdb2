"""Takes a gain, and forgets it."""

import math

import torch

TRIPS = ["xavier_uniform.gain"]


def xavier_uniform(shape, generator, gain=1.0):
    bound = math.sqrt(6.0 / (shape[0] + shape[1]))
    return torch.empty(*shape).uniform_(-bound, bound, generator=generator)
