"""Only the last layer needs gradients: the others are features."""

import torch
from torch import nn

TRIPS = ["mlp_module.value"]


class MLP(nn.Module):
    def __init__(self, dims):
        if len(dims) < 2:
            raise ValueError("sizes")
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(dims, dims[1:]))
        self.register_buffer("sc", torch.tensor(0.5))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x)).detach()
        return self.layers[-1](x) * self.sc
