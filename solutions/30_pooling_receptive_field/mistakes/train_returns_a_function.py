"""What can be called is a network."""

TRIPS = ["equivariance_report.logits", "equivariance_report.example_logits"]

import torch
import torch.nn.functional as F
from torch import nn


def train_shifted(X, y, generator):
    model = nn.Sequential(nn.Flatten(), nn.Linear(144, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(1):
        for rows in torch.randperm(len(X), generator=generator).split(64):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return lambda images: model(images)
