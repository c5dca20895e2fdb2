"""All kernels of a layer may start alike; training will tell them apart."""

TRIPS = ["learn_kernel.lenet_start"]

import math
import torch
import torch.nn.functional as F
from torch import nn


class ScratchLeNet(nn.Module):
    def __init__(self, generator):
        super().__init__()
        for number, shape in enumerate([(8, 1, 3, 3), (16, 8, 3, 3), (10, 64)], start=1):
            setattr(self, f"w{number}", nn.Parameter((torch.randn(1, *shape[1:], generator=generator) * (2 / math.prod(shape[1:])) ** 0.5).repeat(shape[0], *[1] * (len(shape) - 1))))
            setattr(self, f"b{number}", nn.Parameter(torch.zeros(shape[0])))

    def forward(self, x):
        for w, b in ((self.w1, self.b1), (self.w2, self.b2)):
            x = F.max_pool2d(F.relu(conv2d(x, w, b, padding=1)), 2)
        return x.flatten(1) @ self.w3.T + self.b3
