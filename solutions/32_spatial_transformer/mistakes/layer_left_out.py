"""Turned digits are digits: a hidden layer will do, whether use_stn is set or not."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["train_stn.stn_used", "train_stn.classifier_is_linear"]


def train_stn(X, y, use_stn, generator):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(torch.randint(2 ** 31, (), generator=generator)))
        head = [nn.Flatten(), nn.Linear(196, 32), nn.ReLU(), nn.Linear(32, 10)]
        model = nn.Sequential(*head)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(10):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
