"""Pooling by comparing shifted slices, the field from the top down, a matrix by indices, a network with averages."""

import torch
from torch import nn


def _slices(x, k, stride, padding, fill):
    if stride is None:
        stride = k
    n, c, height, width = x.shape
    if 2 * padding > k or height + 2 * padding < k or width + 2 * padding < k:
        raise ValueError("window")
    padded = torch.full((n, c, height + 2 * padding, width + 2 * padding), fill, dtype=x.dtype, device=x.device)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    rows, columns = (height + 2 * padding - k) // stride, (width + 2 * padding - k) // stride
    for a in range(k):
        for b in range(k):
            yield padded[:, :, a : a + rows * stride + 1 : stride, b : b + columns * stride + 1 : stride]


def max_pool2d(x, k, stride=None, padding=0):
    best = None
    for one in _slices(x, k, stride, padding, float("-inf")):
        best = one if best is None else torch.where(one > best, one, best)
    return best.clone()


def avg_pool2d(x, k, stride=None, padding=0):
    return sum(_slices(x, k, stride, padding, 0.0)) / k**2


def global_avg_pool(x):
    return torch.einsum("nchw->nc", x) / x[0, 0].numel() if len(x) else x.sum((2, 3))


def receptive_field(layers):
    if not layers:
        return 1
    (k, stride), *above = layers
    return (receptive_field(above) - 1) * stride + k


def empirical_rf(model, H):
    dtype = torch.float32
    for parameter in model.parameters():
        dtype = parameter.dtype

    def middle(image):
        out = model(image)[0]
        return out[:, out.shape[1] // 2, out.shape[2] // 2].sum()

    slope = torch.autograd.functional.jacobian(middle, torch.ones(1, 1, H, H, dtype=dtype))[0, 0]
    sides = []
    for dim in (1, 0):
        places = [place for place, number in enumerate(slope.abs().amax(dim).tolist()) if number]
        sides.append(places[-1] - places[0] + 1 if places else 0)
    return tuple(sides)


def conv1d_matrix(k, n):
    rows = n - k.numel() + 1
    if rows < 1:
        raise ValueError(n)
    padded = torch.nn.functional.pad(k, (0, rows))  # with one zero too many, rows shift by one when cut at n
    return padded.repeat(rows)[: rows * n].reshape(rows, n)


def param_ratio(K, n):
    dense = sum(n for _ in range(n - K + 1))
    return float(dense) / float(K)


def shift_error(f, x, shift):
    down, right = shift[0] % x.shape[2], shift[1] % x.shape[3]

    def move(image):
        image = torch.cat([image[:, :, -down:], image[:, :, :-down]], 2) if down else image
        return torch.cat([image[..., -right:], image[..., :-right]], 3) if right else image

    with torch.no_grad():
        return float(torch.dist(f(move(x)), move(f(x)), p=float("inf")))


class _Reader(nn.Module):
    def __init__(self, generator):
        super().__init__()
        self.first, self.second, self.last = nn.Conv2d(1, 12, 3, stride=1), nn.Conv2d(12, 32, 5, stride=2), nn.Linear(32, 10)
        for layer in (self.first, self.second, self.last):
            nn.init.kaiming_uniform_(layer.weight, generator=generator)
            layer.bias.data.zero_()

    def forward(self, x):
        x = nn.functional.pad(x, (5, 5, 5, 5))
        x = torch.relu(self.second(nn.functional.avg_pool2d(torch.relu(self.first(x)), 2, 1)))
        return self.last(x.flatten(2).amax(2))


def train_shifted(X, y, generator):
    model = _Reader(generator)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)  # public
    for epoch in range(4):
        optimizer.param_groups[0]["lr"] = 0.01 if epoch < 3 else 0.002
        order = torch.randperm(len(X), generator=generator)
        for start in range(0, len(X), 50):
            rows = order[start : start + 50]
            loss = nn.functional.cross_entropy(model(X[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model
