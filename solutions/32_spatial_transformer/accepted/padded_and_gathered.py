"""A frame of zeros and torch.gather, a matrix product for the grid, 3 x 3 matrices, a localisation with convolutions."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def affine_grid(theta, H, W):
    x = torch.linspace(-1 + 1 / W, 1 - 1 / W, W, dtype=torch.float64).to(theta)
    y = torch.linspace(-1 + 1 / H, 1 - 1 / H, H, dtype=torch.float64).to(theta)
    places = torch.ones(H, W, 3, dtype=theta.dtype)
    places[..., 0] = x
    places[..., 1] = y[:, None]
    return (places.view(1, H * W, 3) @ theta.transpose(1, 2)).view(theta.shape[0], H, W, 2)


def grid_sample(x, grid):
    n, c, height, width = x.shape
    framed = F.pad(x, (1, 1, 1, 1)).flatten(2)
    u = (grid[..., 0] * width + width - 1) / 2 + 1
    v = (grid[..., 1] * height + height - 1) / 2 + 1
    u, v = u.clamp(0, width + 1), v.clamp(0, height + 1)
    left, top = u.detach().floor().clamp(max=width), v.detach().floor().clamp(max=height)
    a, b = (u - left).unsqueeze(1), (v - top).unsqueeze(1)
    corner = (top * (width + 2) + left).long()

    def pixel(step):
        where = (corner + step).view(n, 1, grid.shape[1] * grid.shape[2]).expand(n, c, -1)
        return framed.gather(2, where).view(n, c, *grid.shape[1:3])

    upper = pixel(0) * (1 - a) + pixel(1) * a
    lower = pixel(width + 2) * (1 - a) + pixel(width + 3) * a
    return upper * (1 - b) + lower * b


def rotation(a):
    out = torch.zeros(2, 3)
    out[0, 0] = out[1, 1] = math.cos(a)
    out[1, 0] = math.sin(a)
    out[0, 1] = -math.sin(a)
    return out


def scale(s):
    return s * torch.eye(2, 3)


def translation(tx, ty):
    return torch.cat([torch.eye(2), torch.tensor([[tx], [ty]], dtype=torch.float32)], dim=1)


def compose(A, B):
    last = torch.tensor([[0, 0, 1]], dtype=A.dtype)
    return A @ torch.cat([B, last])


class STN(nn.Module):
    def __init__(self, size_in, size_out):
        super().__init__()
        self.out = size_out
        self.look = nn.Sequential(nn.Conv2d(1, 6, 3, padding=1), nn.Tanh(), nn.MaxPool2d(2), nn.Flatten())
        self.decide = nn.Linear(6 * (size_in // 2) ** 2, 6)
        nn.init.constant_(self.decide.weight, 0.0)
        nn.init.constant_(self.decide.bias, 0.0)

    def theta(self, x):
        identity = torch.eye(2, 3, dtype=x.dtype, device=x.device)
        return self.decide(self.look(x)).reshape(len(x), 2, 3) + identity

    def forward(self, x):
        return grid_sample(x, affine_grid(self.theta(x), H=self.out, W=self.out))


class _Reader(nn.Module):
    def __init__(self, use_stn, generator):
        super().__init__()
        if use_stn:
            self.upright = STN(14, 14)
            for value in self.upright.look.parameters():
                nn.init.uniform_(value, -0.5, 0.5, generator=generator)
        self.use_stn = use_stn
        self.weight = nn.Parameter(torch.zeros(10, 196))
        self.bias = nn.Parameter(torch.zeros(10))

    def forward(self, x):
        x = self.upright(x) if self.use_stn else x
        return x.flatten(1) @ self.weight.T + self.bias


def train_stn(X, y, use_stn, generator):
    model = _Reader(use_stn, generator)
    slow = list(model.upright.parameters()) if use_stn else []
    groups = [{"params": [model.weight, model.bias]}, {"params": slow, "lr": 0.001}]
    optimizer = torch.optim.Adam(groups if use_stn else groups[:1], lr=0.02)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.93)
    for _ in range(14):
        order = torch.randperm(len(X), generator=generator)
        for begin in range(0, len(X), 48):
            rows = order[begin : begin + 48]
            loss = F.nll_loss(model(X[rows]).log_softmax(1), y[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        schedule.step()
    return model.train(False)
