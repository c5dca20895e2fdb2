"""The four neighbours as four pictures, fetched by one flat index; the sum written out; sums in place of products."""

import torch
from torch import nn


def affine_grid(theta, H, W):
    x = (torch.arange(W).to(theta) + 0.5) * (2 / W) - 1
    y = ((torch.arange(H).to(theta) + 0.5) * (2 / H) - 1).unsqueeze(-1)
    t = theta[:, :, :, None, None]
    gx = t[:, 0, 0] * x + t[:, 0, 1] * y + t[:, 0, 2]
    gy = t[:, 1, 0] * x + t[:, 1, 1] * y + t[:, 1, 2]
    return torch.stack((gx, gy), dim=3)


def grid_sample(x, grid):
    n, c, height, width = x.shape
    u = grid[..., 0] * (width / 2) + (width - 1) / 2
    v = grid[..., 1] * (height / 2) + (height - 1) / 2
    with torch.no_grad():
        left, top = torch.floor(u), torch.floor(v)
        columns = torch.stack([left, left + 1, left, left + 1], 1)
        rows = torch.stack([top, top, top + 1, top + 1], 1)
        seen = (columns >= 0) & (columns <= width - 1) & (rows >= 0) & (rows <= height - 1)
        flat = (rows.clamp(0, height - 1) * width + columns.clamp(0, width - 1)).to(torch.int64)
        flat = flat + torch.arange(n).view(n, 1, 1, 1) * (height * width)
    across, down = u - left, v - top
    weights = torch.stack([(1 - across) * (1 - down), across * (1 - down), (1 - across) * down, across * down], 1)
    pixels = x.permute(1, 0, 2, 3).reshape(c, -1)[:, flat.reshape(-1)].reshape(c, *flat.shape)
    return (pixels * torch.where(seen, weights, torch.zeros_like(weights))).sum(2).transpose(0, 1)


def compose(A, B):
    columns = [A[:, 0] * B[0, k] + A[:, 1] * B[1, k] for k in range(3)]
    columns[2] = columns[2] + A[:, 2]
    return torch.stack(columns, 1)


class STN(nn.Module):
    def __init__(self, size_in, size_out):
        super().__init__()
        self.size = (size_out, size_out)
        self.last = nn.Linear(6, 6)
        self.first = nn.Linear(size_in * size_in, 6)
        with torch.no_grad():
            for place, value in enumerate((1, 0, 0, 0, 1, 0)):
                self.last.weight[place] = 0
                self.last.bias[place] = value

    def theta(self, x):
        return self.last(torch.sigmoid(self.first(x.flatten(1)))).unflatten(1, (2, 3))

    def forward(self, x):
        return grid_sample(x, affine_grid(self.theta(x), *self.size))
