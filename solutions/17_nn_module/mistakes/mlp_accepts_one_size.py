"""A network from three numbers to nothing is a network without layers."""

import torch
from torch import nn

TRIPS = ["mlp_module.bad_dims"]


class MLP(nn.Module):
    def __init__(self, dims):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(dims, dims[1:]))
        self.register_buffer("sc", torch.tensor(0.5))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x) * self.sc
