"""In a network the layer of torch is faster."""

TRIPS = ["train_reverse.no_builtin"]

import torch
from torch import nn


class _Reader(nn.Module):

    def __init__(self, T, V, use_positions):
        super().__init__()
        self.encoder = Encoder(V, 32, 4, 1, 64, norm="pre", max_len=T, use_positions=use_positions)
        self.reserve = nn.TransformerEncoderLayer(32, 4, 64, batch_first=True)
        self.classes = nn.Parameter(torch.randn(V, 32) / 32 ** 0.5)

    def forward(self, ids):
        return token_head(self.encoder(ids), self.classes)
