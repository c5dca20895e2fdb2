"""Takes the mean of the perplexities of all characters."""

TRIPS = ["perplexity.not_mean_of_exp", "perplexity.value"]

import math

from torch import nn


def perplexity(logits, y):
    return nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten(), reduction="none").exp().mean().item()
