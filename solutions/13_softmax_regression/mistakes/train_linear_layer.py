"""A linear model is an nn.Linear."""

TRIPS = ["train_softmax.no_nn"]

import torch
from torch import nn


class SoftmaxRegression:
    def __init__(self, d, C):
        self.layer = nn.Linear(d, C)
        with torch.no_grad():
            self.layer.weight.zero_()
            self.layer.bias.zero_()

    def logits(self, X):
        return self.layer(X)

    def fit(self, X, y, epochs, lr, batch, generator):
        losses = []
        for _ in range(epochs):
            total = 0.0
            for rows in torch.randperm(len(X), generator=generator).split(batch):
                loss = cross_entropy(self.logits(X[rows]), y[rows])
                slopes = torch.autograd.grad(loss, [self.layer.weight, self.layer.bias])
                with torch.no_grad():
                    self.layer.weight -= lr * slopes[0]
                    self.layer.bias -= lr * slopes[1]
                total += loss.item() * len(rows)
            losses.append(total / len(X))
        return losses
