"""max_len tokens are too many."""

TRIPS = ["encoder.max_len_raises"]
ALSO = ["train_reverse.steps", "train_reverse.example", "train_reverse.logits", "train_reverse.generator_only", "train_reverse.untrained_knows_nothing"]

import math

import torch
from torch import nn


class Encoder(nn.Module):

    def __init__(self, V, d, h, L, d_ff, p=0.0, norm="post", max_len=64, use_positions=True):
        super().__init__()
        self.max_len, self.scale = (max_len, math.sqrt(d))
        self.embed = nn.Embedding(V, d)
        nn.init.normal_(self.embed.weight, std=1 / self.scale)
        self.positions = nn.Embedding(max_len, d) if use_positions else None
        self.blocks = nn.ModuleList([EncoderBlock(d, h, d_ff, p, norm) for _ in range(L)])
        self.norm = nn.LayerNorm(d) if norm == "pre" else nn.Identity()
        self.drop = nn.Dropout(p)

    def forward(self, ids, mask=None):
        length = ids.shape[1]
        if length >= self.max_len:
            raise ValueError(f'a sequence of {length} tokens, but there are only {self.max_len} positions')
        x = self.embed(ids) * self.scale
        if self.positions is not None:
            x = x + self.positions(torch.arange(length, device=ids.device))
        x = self.drop(x)
        for block in self.blocks:
            x = block(x, mask)
        return self.norm(x)
