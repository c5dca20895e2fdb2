"""Places are only places: nothing is learned there."""

import torch
from torch import nn

TRIPS = ["affine_grid.gradients", "bilinear_sample.gradients", "STN.theta_gets_gradient", "bilinear_sample.gradient_on_pixels"]


def affine_grid(theta, H, W):
    columns = (2 * torch.arange(W, dtype=theta.dtype, device=theta.device) + 1) / W - 1
    rows = (2 * torch.arange(H, dtype=theta.dtype, device=theta.device) + 1) / H - 1
    x, y = (columns.expand(H, W), rows[:, None].expand(H, W))
    places = torch.stack([x, y, torch.ones_like(x)], -1)
    return torch.einsum('hwk,nik->nhwi', places, theta.detach())


def grid_sample(x, grid):
    grid = grid.detach()
    height, width = x.shape[2:]
    u = ((grid[..., 0] + 1) * width - 1) / 2
    v = ((grid[..., 1] + 1) * height - 1) / 2
    left, top = (u.floor(), v.floor())
    images = torch.arange(len(x), device=x.device)[:, None, None]
    total = x.new_zeros(())
    for row, down in ((top, top + 1 - v), (top + 1, v - top)):
        for column, right in ((left, left + 1 - u), (left + 1, u - left)):
            inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
            place = (row.clamp(0, height - 1).long(), column.clamp(0, width - 1).long())
            pixel = x[images, :, place[0], place[1]]
            total = total + (down * right * inside)[..., None] * pixel
    return total.permute(0, 3, 1, 2)


class STN(nn.Module):

    def __init__(self, size_in, size_out):
        super().__init__()
        self.size_out = size_out
        self.localisation = nn.Sequential(nn.Flatten(), nn.Linear(size_in ** 2, 32), nn.ReLU(), nn.Linear(32, 6))
        nn.init.zeros_(self.localisation[-1].weight)
        with torch.no_grad():
            self.localisation[-1].bias.copy_(torch.tensor([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]))

    def theta(self, x):
        return self.localisation(x).view(-1, 2, 3)

    def forward(self, x):
        return grid_sample(x, affine_grid(self.theta(x).detach(), self.size_out, self.size_out))
