"""Zero is a neutral start for all weights."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["train_cnn.resnet_accuracy", "train_cnn.inception_accuracy", "train_cnn.residual_vs_plain"]


class Inception(nn.Module):

    def __init__(self, c_in, c1, c3, c5, cp):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Sequential(nn.Conv2d(c_in, c3[0], 1), nn.ReLU(), nn.Conv2d(c3[0], c3[1], 3, padding=1))
        self.five = nn.Sequential(nn.Conv2d(c_in, c5[0], 1), nn.ReLU(), nn.Conv2d(c5[0], c5[1], 5, padding=2))
        self.pool = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), nn.Conv2d(c_in, cp, 1))

        for value in self.parameters():
            nn.init.zeros_(value)

    def forward(self, x):
        return F.relu(torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], 1))


class ResNetMini(nn.Module):

    def __init__(self, c_in=1, widths=(8, 16, 32), classes=10):
        super().__init__()
        w0, w1, w2 = widths
        self.stem = nn.Sequential(nn.Conv2d(c_in, w0, 3, padding=1, bias=False), nn.BatchNorm2d(w0), nn.ReLU())
        self.blocks = nn.Sequential(Residual(w0, w0), Residual(w0, w1, 2), Residual(w1, w2, 2))
        self.fc = nn.Linear(w2, classes)

        for value in self.parameters():
            nn.init.zeros_(value)

    def forward(self, x):
        return self.fc(self.blocks(self.stem(x)).mean((2, 3)))


class DeepMLP(nn.Module):

    def __init__(self, depth, width, residual):
        super().__init__()
        sizes = [64, *[width] * (depth - 1), 10]
        self.layers = nn.ModuleList((nn.Linear(sizes[i], sizes[i + 1]) for i in range(depth)))
        self.residual = residual

        for value in self.parameters():
            nn.init.zeros_(value)

    def forward(self, x):
        h = self.layers[0](x.flatten(1))
        for layer in self.layers[1:-1]:
            step = layer(F.relu(h))
            h = h + step if self.residual else step
        return self.layers[-1](F.relu(h))
