"""The first number of a pair says how many channels come out."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["inception.out_channels"]


class Inception(nn.Module):

    def __init__(self, c_in, c1, c3, c5, cp):
        super().__init__()
        c3, c5 = c3[::-1], c5[::-1]
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Sequential(nn.Conv2d(c_in, c3[0], 1), nn.ReLU(), nn.Conv2d(c3[0], c3[1], 3, padding=1))
        self.five = nn.Sequential(nn.Conv2d(c_in, c5[0], 1), nn.ReLU(), nn.Conv2d(c5[0], c5[1], 5, padding=2))
        self.pool = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), nn.Conv2d(c_in, cp, 1))

    def forward(self, x):
        return F.relu(torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], 1))
