"""Sequences may look at each other."""

TRIPS = ["train_reverse.logits"]

import torch
from torch import nn


class _Reader(nn.Module):

    def __init__(self, T, V, use_positions):
        super().__init__()
        self.encoder = Encoder(V, 32, 4, 1, 64, norm="pre", max_len=T, use_positions=use_positions)
        self.classes = nn.Parameter(torch.randn(V, 32) / 32 ** 0.5)

    def forward(self, ids):
        return token_head(self.encoder(ids) - self.encoder(ids).mean(0), self.classes)
