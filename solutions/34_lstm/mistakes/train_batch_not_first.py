"""Forgets batch_first=True, and reads the last sequence instead of the last step."""

TRIPS = ["train_adding.each_row_by_itself"]

import torch
from torch import nn


class _Adder(nn.Module):
    def __init__(self, hidden, cell):
        super().__init__()
        self.reader = (nn.LSTM if cell == "lstm" else nn.RNN)(2, hidden)
        self.sum = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.sum(self.reader(x)[0][:, -1])
