"""The net will learn not to point twice."""

TRIPS = ["pointer.output_is_permutation"]

import math
from collections import Counter

import torch
from torch import nn


class PointerNet(nn.Module):
    def __init__(self):
        super().__init__()
        d = 24
        self.read = nn.Sequential(nn.Linear(1, d), nn.Tanh(), nn.Linear(d, d))
        self.step = nn.GRUCell(d, d)
        self.start = nn.Parameter(torch.zeros(d))
        self.W1, self.W2 = (nn.Parameter(torch.randn(d, d) / d**0.5), nn.Parameter(torch.randn(d, d) / d**0.5))
        self.v = nn.Parameter(torch.randn(d) / d**0.5)

    def walk(self, x, order):
        mem = self.read(x[..., None])
        h, last = (mem.mean(dim=1), self.start.expand(len(x), -1))
        visited = torch.zeros(x.shape, dtype=torch.bool)
        scores, places = ([], [])
        for t in range(x.shape[1]):
            h = self.step(last, h)
            scores.append(pointer_logits(h, mem, visited, self.W1, self.W2, self.v))
            place = scores[-1].argmax(dim=-1) if order is None else order[:, t]
            places.append(place)
            last = mem[torch.arange(len(x)), place]
            visited = visited if order is None else visited.scatter(1, place[:, None], True)
        return (torch.stack(scores, dim=1), torch.stack(places, dim=1))

    def forward(self, x, order):
        return self.walk(x, order)[0]

    def decode(self, x):
        return self.walk(x, None)[1]
