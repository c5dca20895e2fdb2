"""Takes two to the power of a loss in nats."""

TRIPS = ["perplexity.uniform_is_V", "perplexity.value", "perplexity.example"]

import math

from torch import nn


def perplexity(logits, y):
    return math.pow(2, nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten()).item())
