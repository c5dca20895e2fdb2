"""Without norms the mode makes no difference."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["train_stn.example", "train_stn.stn_used"]


def train_stn(X, y, use_stn, generator):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(torch.randint(2 ** 31, (), generator=generator)))
        head = [nn.Flatten(), nn.Linear(196, 10)]
        model = nn.Sequential(STN(14, 14), *head) if use_stn else nn.Sequential(*head)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(10):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model
