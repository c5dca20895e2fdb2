"""Norms always use the batch, so nobody needs to switch modes."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["resnet_mini.eval_train_modes", "train_cnn.eval_mode", "train_cnn.example"]


class ResNetMini(nn.Module):

    def __init__(self, c_in=1, widths=(8, 16, 32), classes=10):
        super().__init__()
        w0, w1, w2 = widths
        self.stem = nn.Sequential(nn.Conv2d(c_in, w0, 3, padding=1, bias=False), nn.BatchNorm2d(w0), nn.ReLU())
        self.blocks = nn.Sequential(Residual(w0, w0), Residual(w0, w1, 2), Residual(w1, w2, 2))
        self.fc = nn.Linear(w2, classes)

    def forward(self, x):
        mode = self.training
        self.train()
        out = self.fc(self.blocks(self.stem(x)).mean((2, 3)))
        self.train(mode)
        return out


def train_cnn(model, X, y, epochs, generator, lr=0.005):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model
