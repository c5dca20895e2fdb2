"""The rows are in some order anyway."""

import torch
import torch.nn.functional as F

TRIPS = ["train_bn.batches", "train_bn.generator_only"]


def fit_deep(model, X, y, lr, epochs, generator):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.arange(len(X)).split(50):
            if len(rows) > 1:
                optimizer.zero_grad()
                F.cross_entropy(model(X[rows]), y[rows]).backward()
                optimizer.step()
    return model.eval()
