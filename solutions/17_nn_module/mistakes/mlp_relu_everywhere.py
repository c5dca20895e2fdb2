"""Every layer is followed by its activation, the last one too."""

import torch
from torch import nn

TRIPS = ["mlp_module.output_not_relu", "mlp_module.value"]


class MLP(nn.Module):
    def __init__(self, dims):
        if len(dims) < 2:
            raise ValueError("sizes")
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(dims, dims[1:]))
        self.register_buffer("sc", torch.tensor(0.5))

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x * self.sc
