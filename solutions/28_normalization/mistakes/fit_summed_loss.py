"""The loss of a batch is the sum of the losses of its rows."""

import torch
import torch.nn.functional as F

TRIPS = ["train_bn.full_batch_steps"]


def fit_deep(model, X, y, lr, epochs, generator):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(50):
            if len(rows) > 1:
                optimizer.zero_grad()
                F.cross_entropy(model(X[rows]), y[rows], reduction="sum").backward()
                optimizer.step()
    return model.eval()
