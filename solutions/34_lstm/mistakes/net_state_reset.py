"""Begins every piece from zeros."""

TRIPS = ["lstm.chunked_equals_full", "lstm.given_state"]

import torch
from torch import nn


class LSTM(nn.Module):
    def __init__(self, D, H, layers):
        super().__init__()
        self.H, self.layers = H, layers
        for layer in range(layers):
            width = H if layer else D
            for name, shape in (("weight_ih", (4 * H, width)), ("weight_hh", (4 * H, H))):
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(torch.randn(shape) / H**0.5))
            for name in ("bias_ih", "bias_hh"):
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(torch.zeros(4 * H)))

    def forward(self, x, state=None):
        shape = (self.layers, x.shape[0], self.H)
        hs, cs = (x.new_zeros(shape), x.new_zeros(shape))
        last = []
        for layer in range(self.layers):
            h, c = hs[layer], cs[layer]
            W_ih, W_hh, b_ih, b_hh = (
                getattr(self, f"{name}_l{layer}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            )
            drive, states = x @ W_ih.T + b_ih + b_hh, []
            for t in range(x.shape[1]):
                i, f, g, o = (drive[:, t] + h @ W_hh.T).chunk(4, dim=1)
                c = f.sigmoid() * c + i.sigmoid() * g.tanh()
                h = o.sigmoid() * c.tanh()
                states.append(h)
            x = torch.stack(states, dim=1)
            last.append((h, c))
        h, c = (torch.stack(each) for each in zip(*last))
        return x, (h, c)
