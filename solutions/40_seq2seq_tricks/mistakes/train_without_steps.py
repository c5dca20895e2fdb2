"""backward is the learning."""

TRIPS = ["pointer.argsort_accuracy"]

import math
from collections import Counter

import torch
from torch import nn


def train_pointer(x, order, steps, generator):
    torch.manual_seed(int(torch.randint(2**31, (1,), generator=generator)))
    net = PointerNet()
    optimiser = torch.optim.Adam(net.parameters(), lr=0.02)
    for _ in range(steps):
        rows = torch.randint(len(x), (64,), generator=generator)
        scores = net(x[rows], order[rows])
        loss = nn.functional.cross_entropy(scores.flatten(0, 1), order[rows].flatten())
        optimiser.zero_grad()
        loss.backward()
    return net
