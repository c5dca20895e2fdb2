"""Counts the steps from 1, and stops before the last."""

TRIPS = ["train_reverse.steps"]

import torch
from torch import nn


def train_reverse(T, V, steps, use_positions, generator):
    torch.manual_seed(int(torch.randint(2**31, (1,), generator=generator)))
    reader = _Reader(T, V, use_positions)
    optimiser = torch.optim.Adam(reader.parameters(), lr=0.01)
    for _ in range(1, steps):
        ids, backwards = reverse_batch(32, T, V, generator)
        loss = nn.functional.cross_entropy(reader(ids).flatten(0, 1), backwards.flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return reader
