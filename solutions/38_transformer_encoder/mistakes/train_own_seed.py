"""A fixed seed makes everything repeatable."""

TRIPS = ["train_reverse.generator_only"]

import torch
import torch.nn.functional as F


def train_reverse(T, V, steps, use_positions, generator):
    torch.manual_seed(0)
    reader = _Reader(T, V, use_positions)
    optimiser = torch.optim.Adam(reader.parameters(), lr=0.01)
    generator = torch.Generator().manual_seed(5)
    for _ in range(steps):
        ids, backwards = reverse_batch(64, T, V, generator)
        loss = F.cross_entropy(reader(ids).flatten(0, 1), backwards.flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return reader
