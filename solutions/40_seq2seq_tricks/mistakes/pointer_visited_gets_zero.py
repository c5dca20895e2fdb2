"""A score of 0 is no score."""

TRIPS = ["pointer.visited_masked", "pointer.example"]

import math
from collections import Counter

import torch
from torch import nn


def pointer_logits(h, mem, visited, W1, W2, v):
    scores = torch.tanh(mem @ W1 + (h @ W2)[:, None]) @ v
    return scores.masked_fill(visited, 0.0)
