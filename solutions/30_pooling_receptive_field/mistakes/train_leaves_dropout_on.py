"""Dropout belongs to the network, so it stays on."""

TRIPS = ["equivariance_report.logits"]

import torch
import torch.nn.functional as F
from torch import nn


def train_shifted(X, y, generator):
    model = nn.Sequential(_Convolution(1, 8, 3, 0, generator), nn.Flatten(), nn.Dropout(0.5), nn.Linear(800, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(1):
        for rows in torch.randperm(len(X), generator=generator).split(64):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model
