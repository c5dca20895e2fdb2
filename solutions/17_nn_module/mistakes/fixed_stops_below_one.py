"""The loop ends when the sum is less than 1."""

import torch
from torch import nn

TRIPS = ["FixedMLP.control_flow"]


class FixedMLP(nn.Module):
    def __init__(self, d, generator=None):
        super().__init__()
        self.linear = nn.Linear(d, d)
        self.register_buffer("fixed", torch.rand(d, d, generator=generator))

    def forward(self, x):
        h = torch.relu(self.linear(x) @ self.fixed + 1)
        h = self.linear(h)
        while h.abs().sum() >= 1:
            h = h / 2
        return h
