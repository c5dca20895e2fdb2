"""The norms have biases enough."""

TRIPS = ["ffn.param_count"]

import torch
from torch import nn


class FFN(nn.Module):

    def __init__(self, d, d_ff, p=0.0):
        super().__init__()
        self.up, self.down = (nn.Linear(d, d_ff, bias=False), nn.Linear(d_ff, d))
        self.dropout = nn.Dropout(p)

    def forward(self, x):
        return self.down(self.dropout(torch.relu(self.up(x))))
