"""Pooling is pooling: a mean or a maximum, with zeros around or without."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["lenet.value", "inception.negative_inputs", "resnet_mini.value"]


class LeNet(nn.Module):

    def __init__(self):
        super().__init__()
        first = [nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.AvgPool2d(2)]
        second = [nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.AvgPool2d(2)]
        self.features = nn.Sequential(*first, *second, nn.Flatten())
        self.classifier = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))

    def forward(self, x):
        return self.classifier(self.features(x))


class Inception(nn.Module):

    def __init__(self, c_in, c1, c3, c5, cp):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Sequential(nn.Conv2d(c_in, c3[0], 1), nn.ReLU(), nn.Conv2d(c3[0], c3[1], 3, padding=1))
        self.five = nn.Sequential(nn.Conv2d(c_in, c5[0], 1), nn.ReLU(), nn.Conv2d(c5[0], c5[1], 5, padding=2))
        self.pool = nn.Sequential(nn.ZeroPad2d(1), nn.MaxPool2d(3, stride=1), nn.Conv2d(c_in, cp, 1))

    def forward(self, x):
        return F.relu(torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], 1))


class ResNetMini(nn.Module):

    def __init__(self, c_in=1, widths=(8, 16, 32), classes=10):
        super().__init__()
        w0, w1, w2 = widths
        self.stem = nn.Sequential(nn.Conv2d(c_in, w0, 3, padding=1, bias=False), nn.BatchNorm2d(w0), nn.ReLU())
        self.blocks = nn.Sequential(Residual(w0, w0), Residual(w0, w1, 2), Residual(w1, w2, 2))
        self.fc = nn.Linear(w2, classes)

    def forward(self, x):
        return self.fc(self.blocks(self.stem(x)).amax((2, 3)))
