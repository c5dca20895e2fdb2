"""Dropout is dropout."""

TRIPS = ["ffn.dropout"]

import torch
from torch import nn


class FFN(nn.Module):

    def __init__(self, d, d_ff, p=0.0):
        super().__init__()
        self.up, self.down = (nn.Linear(d, d_ff), nn.Linear(d_ff, d))
        self.dropout = nn.Dropout(p)

    def forward(self, x):
        return self.down(nn.functional.dropout(torch.relu(self.up(x)), self.dropout.p))
