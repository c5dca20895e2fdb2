"""The state only asks."""

TRIPS = ["pointer.gradient"]

import math
from collections import Counter

import torch
from torch import nn


def pointer_logits(h, mem, visited, W1, W2, v):
    scores = torch.tanh(mem @ W1 + (h.detach() @ W2)[:, None]) @ v
    return scores.masked_fill(visited, -math.inf)
