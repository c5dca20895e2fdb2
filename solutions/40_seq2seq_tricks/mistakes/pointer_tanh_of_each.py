"""Each projection is bent by itself."""

TRIPS = ["pointer.value", "pointer.example"]

import math
from collections import Counter

import torch
from torch import nn


def pointer_logits(h, mem, visited, W1, W2, v):
    scores = (torch.tanh(mem @ W1) + torch.tanh(h @ W2)[:, None]) @ v
    return scores.masked_fill(visited, -math.inf)
