"""A matrix in a network is a parameter."""

import torch
from torch import nn

TRIPS = ["FixedMLP.constant_has_no_grad"]


class FixedMLP(nn.Module):
    def __init__(self, d, generator=None):
        super().__init__()
        self.linear = nn.Linear(d, d)
        self.fixed = nn.Parameter(torch.rand(d, d, generator=generator))

    def forward(self, x):
        h = torch.relu(self.linear(x) @ self.fixed + 1)
        h = self.linear(h)
        while h.abs().sum() > 1:
            h = h / 2
        return h
