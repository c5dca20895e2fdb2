"""A list of layers is a list of layers."""

import torch
from torch import nn

TRIPS = ["mlp_module.param_count"]


class MLP(nn.Module):
    def __init__(self, dims):
        if len(dims) < 2:
            raise ValueError("sizes")
        super().__init__()
        self.layers = [nn.Linear(a, b) for a, b in zip(dims, dims[1:])]
        self.register_buffer("sc", torch.tensor(0.5))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x) * self.sc
