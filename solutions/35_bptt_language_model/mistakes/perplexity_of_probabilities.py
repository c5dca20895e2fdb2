"""Takes a softmax of the logits before the loss that does so itself."""

TRIPS = ["perplexity.perfect_is_1", "perplexity.value"]

import math

from torch import nn


def perplexity(logits, y):
    return math.exp(nn.functional.cross_entropy(logits.flatten(0, 1).softmax(1), y.flatten()).item())
