"""Saves memory by writing into what came in."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["residual_block.input_unchanged", "train_cnn.inputs_unchanged"]


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
        skip = self.shortcut(x)
        skip += branch
        return F.relu(skip)


def train_cnn(model, X, y, epochs, generator, lr=0.005):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    X -= X.mean()
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
