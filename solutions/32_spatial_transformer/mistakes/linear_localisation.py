"""One layer is enough to see how an image is turned."""

import torch
from torch import nn

TRIPS = ["STN.theta_sees_the_image"]


class STN(nn.Module):

    def __init__(self, size_in, size_out):
        super().__init__()
        self.size_out = size_out
        self.localisation = nn.Sequential(nn.Flatten(), nn.Linear(size_in ** 2, 6))
        nn.init.zeros_(self.localisation[-1].weight)
        with torch.no_grad():
            self.localisation[-1].bias.copy_(torch.tensor([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]))

    def theta(self, x):
        return self.localisation(x).view(-1, 2, 3)

    def forward(self, x):
        return grid_sample(x, affine_grid(self.theta(x), self.size_out, self.size_out))
