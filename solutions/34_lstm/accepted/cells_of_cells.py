"""Gates from slices and the logistic written out, layers as modules of their own with PyTorch's names set on top, a
network that pools its own starting weights from the generator."""

import torch
import torch.nn.functional as F
from torch import nn


def gates(x, h, c, w):
    H = h.shape[1]
    z = F.linear(torch.cat([x, h], 1), torch.cat([w[0], w[1]], 1), w[2] + w[3])
    return {
        name: torch.tanh(part) if name == "g" else 0.5 * (1 + torch.tanh(part / 2))
        for name, part in zip("ifgo", z.split(H, 1))
    }


def lstm_cell(x, h, c, w):
    i, f, g, o = gates(x, h, c, w).values()
    new = torch.addcmul(f * c, i, g)
    return o.mul(new.tanh()), new


def hold_memory(w):
    H = len(w[2]) // 4
    rows = torch.arange(4 * H) >= 2 * H
    kept = [value * (rows[:, None] if value.dim() == 2 else rows) for value in w]
    push = torch.zeros_like(w[3])
    push[:H] -= 25
    push[H : 2 * H] += 25
    return kept[0], kept[1], kept[2], kept[3] + push


class LSTM(nn.Module):
    def __init__(self, D, H, layers):
        super().__init__()
        self.depth = layers
        for k in range(layers):
            setattr(self, f"weight_ih_l{k}", nn.Parameter(torch.rand(4 * H, D if k == 0 else H) - 0.5))
            setattr(self, f"weight_hh_l{k}", nn.Parameter(torch.rand(4 * H, H) - 0.5))
            setattr(self, f"bias_ih_l{k}", nn.Parameter(torch.rand(4 * H) - 0.5))
            setattr(self, f"bias_hh_l{k}", nn.Parameter(torch.rand(4 * H) - 0.5))
        self.H = H

    def forward(self, x, state=None):
        if state is None:
            zeros = torch.zeros(self.depth, len(x), self.H, dtype=x.dtype)
            state = (zeros, zeros)
        ends = ([], [])
        for k in range(self.depth):
            names = (f"weight_ih_l{k}", f"weight_hh_l{k}", f"bias_ih_l{k}", f"bias_hh_l{k}")
            W, U, b, d = [getattr(self, name) for name in names]
            driven = F.linear(x, W, b)
            # the cell sees the projected input through a matrix that does nothing
            h, c = state[0][k], state[1][k]
            states = x.new_empty(len(x), 0, self.H)
            for t in range(x.shape[1]):
                z = driven[:, t] + F.linear(h, U, d)
                i, f, g, o = z[:, : self.H], z[:, self.H : 2 * self.H], z[:, 2 * self.H : 3 * self.H], z[:, 3 * self.H :]
                c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
                h = torch.sigmoid(o) * torch.tanh(c)
                states = torch.cat([states, h[:, None]], 1)
            ends[0].append(h)
            ends[1].append(c)
            x = states
        return x, (torch.stack(ends[0]), torch.stack(ends[1]))


def lstm_params(D, H, L, bias):
    total, width = 0, D
    for _ in range(L):
        total += 4 * (H * width + H * H)
        if bias:
            total += 2 * 4 * H
        width = H
    return total


class Sum(nn.Module):
    def __init__(self, hidden, kind):
        super().__init__()
        self.layer = kind(2, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        _, last = self.layer(x.transpose(0, 1))
        return self.head((last[0] if isinstance(last, tuple) else last)[-1])


def train_adding(T, steps, hidden, generator, cell="lstm"):
    model = Sum(hidden, nn.LSTM if cell == "lstm" else nn.RNN)
    for name, values in model.named_parameters():
        nn.init.uniform_(values, -(hidden**-0.5), hidden**-0.5, generator=generator)
        if "bias_ih" in name and cell == "lstm":
            values.data[hidden : 2 * hidden] = 1.0
    optimiser = torch.optim.Adam(model.parameters(), lr=0.02)
    for step in range(steps):
        x, y = adding_batch(64, T, generator)
        model.zero_grad()
        ((model(x) - y) ** 2).mean().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
    return model
