"""Whoever wants to predict will switch the mode."""

import torch
import torch.nn.functional as F

TRIPS = ["train_bn.eval_mode", "train_bn.eval_batch_independent", "train_bn.example"]


def fit_deep(model, X, y, lr, epochs, generator):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(50):
            if len(rows) > 1:
                optimizer.zero_grad()
                F.cross_entropy(model(X[rows]), y[rows]).backward()
                optimizer.step()
    return model
