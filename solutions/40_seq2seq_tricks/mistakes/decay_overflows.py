"""exp can take any number."""

TRIPS = ["scheduled_sampling.decay_monotone"]

import math
from collections import Counter

import torch
from torch import nn


def decay(step, kind, k):
    if kind == "linear":
        return max(0.0, 1 - step / k)
    if kind == "exponential":
        return float(k**step)
    if kind == "inverse_sigmoid":
        return k / (k + math.exp(step / k))
    raise ValueError(f"kind is 'linear', 'exponential' or 'inverse_sigmoid', not {kind!r}")
