"""A random constant is drawn where it is used."""

import torch
from torch import nn

TRIPS = ["FixedMLP.forward_deterministic"]


class FixedMLP(nn.Module):
    def __init__(self, d, generator=None):
        super().__init__()
        self.linear = nn.Linear(d, d)
        self.register_buffer("fixed", torch.rand(d, d, generator=generator))

    def forward(self, x):
        fixed = torch.rand_like(self.fixed)
        h = torch.relu(self.linear(x) @ fixed + 1)
        h = self.linear(h)
        while h.abs().sum() > 1:
            h = h / 2
        return h
