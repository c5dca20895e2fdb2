"""All images of a batch are treated alike."""

import torch
from torch import nn

TRIPS = ["affine_grid.batch", "STN.theta_sees_the_image"]


def affine_grid(theta, H, W):
    columns = (2 * torch.arange(W, dtype=theta.dtype, device=theta.device) + 1) / W - 1
    rows = (2 * torch.arange(H, dtype=theta.dtype, device=theta.device) + 1) / H - 1
    x, y = (columns.expand(H, W), rows[:, None].expand(H, W))
    places = torch.stack([x, y, torch.ones_like(x)], -1)
    return torch.einsum('hwk,nik->nhwi', places, theta[:1].expand_as(theta))


class STN(nn.Module):

    def __init__(self, size_in, size_out):
        super().__init__()
        self.size_out = size_out
        self.localisation = nn.Sequential(nn.Flatten(), nn.Linear(size_in ** 2, 32), nn.ReLU(), nn.Linear(32, 6))
        nn.init.zeros_(self.localisation[-1].weight)
        with torch.no_grad():
            self.localisation[-1].bias.copy_(torch.tensor([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]))

    def theta(self, x):
        return self.localisation(x).mean(0).expand(len(x), 6).view(-1, 2, 3)

    def forward(self, x):
        return grid_sample(x, affine_grid(self.theta(x), self.size_out, self.size_out))
