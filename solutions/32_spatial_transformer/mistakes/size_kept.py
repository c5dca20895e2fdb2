"""A layer that moves an image keeps its size."""

import torch
from torch import nn

TRIPS = ["STN.size_change", "STN.example"]


class STN(nn.Module):

    def __init__(self, size_in, size_out):
        super().__init__()
        self.size_out = size_in
        self.localisation = nn.Sequential(nn.Flatten(), nn.Linear(size_in ** 2, 32), nn.ReLU(), nn.Linear(32, 6))
        nn.init.zeros_(self.localisation[-1].weight)
        with torch.no_grad():
            self.localisation[-1].bias.copy_(torch.tensor([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]))

    def theta(self, x):
        return self.localisation(x).view(-1, 2, 3)

    def forward(self, x):
        return grid_sample(x, affine_grid(self.theta(x), self.size_out, self.size_out))
