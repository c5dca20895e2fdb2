"""Returns the sums without their second dimension, which broadcasts in the loss."""

TRIPS = ["train_adding.example", "train_adding.each_row_by_itself"]

import torch
from torch import nn


class _Adder(nn.Module):
    def __init__(self, hidden, cell):
        super().__init__()
        self.reader = (nn.LSTM if cell == "lstm" else nn.RNN)(2, hidden, batch_first=True)
        self.sum = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.sum(self.reader(x)[0][:, -1]).squeeze(1)
