"""Layers know best how to start."""

TRIPS = ["train_reverse.generator_only"]

import torch
from torch import nn


def train_reverse(T, V, steps, use_positions, generator):
    reader = _Reader(T, V, use_positions)
    optimiser = torch.optim.Adam(reader.parameters(), lr=0.01)
    for _ in range(steps):
        ids, backwards = reverse_batch(32, T, V, generator)
        loss = nn.functional.cross_entropy(reader(ids).flatten(0, 1), backwards.flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return reader
