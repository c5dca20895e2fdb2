"""Saves memory by writing into what came in."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["bilinear_sample.inputs_unchanged", "train_stn.inputs_unchanged"]


def grid_sample(x, grid):
    with torch.no_grad():
        grid += 1
    height, width = x.shape[2:]
    u = (grid[..., 0] * width - 1) / 2
    v = (grid[..., 1] * height - 1) / 2
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


def train_stn(X, y, use_stn, generator):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(torch.randint(2 ** 31, (), generator=generator)))
        head = [nn.Flatten(), nn.Linear(196, 10)]
        model = nn.Sequential(STN(14, 14), *head) if use_stn else nn.Sequential(*head)
    X -= X.mean()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(10):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
