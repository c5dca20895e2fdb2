"""Batch normalisation takes the statistics of whatever batch there is."""

TRIPS = ["equivariance_report.logits"]

import torch
import torch.nn.functional as F
from torch import nn


def train_shifted(X, y, generator):
    model = nn.Sequential(nn.BatchNorm2d(1, track_running_stats=False), nn.Flatten(), nn.Linear(144, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(1):
        for rows in torch.randperm(len(X), generator=generator).split(64):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
