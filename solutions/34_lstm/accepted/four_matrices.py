"""Every gate with matrices of its own, written as sums over indices; the layers as a list of tuples; counting by parts."""

import torch
from torch import nn


def gates(x, h, c, w):
    found = {}
    for name, W, U, b, d in zip("ifgo", *(value.chunk(4) for value in w), strict=True):
        z = torch.einsum("bd,hd->bh", x, W) + torch.einsum("bk,hk->bh", h, U) + (b + d).unsqueeze(0)
        found[name] = (1 - torch.exp(-2 * z.clamp(min=-40))) / (1 + torch.exp(-2 * z.clamp(min=-40)))
        if name != "g":
            found[name] = torch.special.expit(z)
    return found


def lstm_cell(x, h, c, w):
    at = gates(x, h, c, w)
    kept, new = at["f"] * c, at["i"] * at["g"]
    return torch.tanh(kept + new) * at["o"], kept + new


def hold_memory(w):
    def changed(value, closed, open_):
        _, _, g, o = value.detach().chunk(4)
        return torch.cat([torch.full_like(g, closed), torch.full_like(g, open_), g, o])

    return changed(w[0], 0.0, 0.0), changed(w[1], 0.0, 0.0), changed(w[2], -20.0, 20.0), changed(w[3], -20.0, 20.0)


class LSTM(nn.Module):
    NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")

    def __init__(self, D, H, layers):
        super().__init__()
        self.width = H
        shapes = [[(4 * H, D if k == 0 else H), (4 * H, H), (4 * H,), (4 * H,)] for k in range(layers)]
        for k, layer in enumerate(shapes):
            for name, shape in zip(self.NAMES, layer, strict=True):
                self.register_parameter(f"{name}_l{k}", nn.Parameter(torch.empty(shape).uniform_(-0.3, 0.3)))
        self.depth = layers

    def step(self, drive, h, c, U):
        z = (drive + h.matmul(U.mT)).view(-1, 4, self.width)
        c = torch.sigmoid(z[:, 1]).mul(c).add(torch.sigmoid(z[:, 0]).mul(torch.tanh(z[:, 2])))
        return torch.sigmoid(z[:, 3]).mul(torch.tanh(c)), c

    def forward(self, x, state=None):
        below, ends = list(x.unbind(1)), []
        for k in range(self.depth):
            W, U, b, d = (self.get_parameter(f"{name}_l{k}") for name in self.NAMES)
            drives = (torch.stack(below) @ W.mT + (b + d)).unbind(0)
            h = x.new_zeros(x.shape[0], self.width) if state is None else state[0][k]
            c = x.new_zeros(x.shape[0], self.width) if state is None else state[1][k]
            below = []
            for drive in drives:
                h, c = self.step(drive, h, c, U)
                below.append(h)
            ends.append((h, c))
        return torch.stack(below, 1), (torch.stack([h for h, _ in ends]), torch.stack([c for _, c in ends]))


def lstm_params(D, H, L, bias):
    per_gate = [(D if k == 0 else H) * H + H * H + (H + H if bias else 0) for k in range(L)]
    return 4 * sum(per_gate)
