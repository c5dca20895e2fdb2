"""Standard normal numbers are a good start."""

TRIPS = ["learn_kernel.lenet_start"]

import torch
import torch.nn.functional as F
from torch import nn


class ScratchLeNet(nn.Module):
    def __init__(self, generator):
        super().__init__()
        for number, shape in enumerate([(8, 1, 3, 3), (16, 8, 3, 3), (10, 64)], start=1):
            setattr(self, f"w{number}", nn.Parameter(torch.randn(shape, generator=generator)))
            setattr(self, f"b{number}", nn.Parameter(torch.zeros(shape[0])))

    def forward(self, x):
        for w, b in ((self.w1, self.b1), (self.w2, self.b2)):
            x = F.max_pool2d(F.relu(conv2d(x, w, b, padding=1)), 2)
        return x.flatten(1) @ self.w3.T + self.b3
