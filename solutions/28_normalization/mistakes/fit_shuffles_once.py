"""One random order, drawn before the first epoch, serves all of them."""

import torch
import torch.nn.functional as F

TRIPS = ["train_bn.batches"]


def fit_deep(model, X, y, lr, epochs, generator):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    model.train()
    order = torch.randperm(len(X), generator=generator)
    for _ in range(epochs):
        for rows in order.split(50):
            if len(rows) > 1:
                optimizer.zero_grad()
                F.cross_entropy(model(X[rows]), y[rows]).backward()
                optimizer.step()
    return model.eval()
