"""Every s-th place of the sequence is looked at."""

TRIPS = ["patterns.stride_value"]

import math

import torch


def stride_mask(n, s):
    place = torch.arange(n)
    return (place % s == 0).expand(n, n)
