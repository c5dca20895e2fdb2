"""A convolution 1 x 1 sees a single pixel: it can be left out."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["inception.param_count", "residual_block.projection_used"]


class Inception(nn.Module):

    def __init__(self, c_in, c1, c3, c5, cp):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Sequential(nn.Conv2d(c_in, c3[1], 3, padding=1))
        self.five = nn.Sequential(nn.Conv2d(c_in, c5[1], 5, padding=2))
        self.pool = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), nn.Conv2d(c_in, cp, 1))

    def forward(self, x):
        return F.relu(torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], 1))


class Residual(nn.Module):

    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.shortcut = nn.Identity()
        if c_in != c_out or stride != 1:
            self.shortcut = nn.Sequential(nn.Conv2d(c_in, c_out, 1, stride, bias=False), nn.BatchNorm2d(c_out))

    def forward(self, x):
        branch = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        step = self.conv1.stride[0]
        x = x[:, : branch.shape[1], ::step, ::step]
        return F.relu(branch + F.pad(x, (0, 0, 0, 0, 0, branch.shape[1] - x.shape[1])))
