"""Reversing is a matter of one line."""

TRIPS = ["train_reverse.untrained_knows_nothing"]

import torch
from torch import nn


class _Reader(nn.Module):

    def __init__(self, T, V, use_positions):
        super().__init__()
        self.encoder = Encoder(V, 32, 4, 1, 64, norm="pre", max_len=T, use_positions=use_positions)
        self.classes = nn.Parameter(torch.randn(V, 32) / 32 ** 0.5)

    def forward(self, ids):
        return nn.functional.one_hot(ids.flip(1), len(self.classes)).float() + 0 * self.classes.sum()
