"""The weights are made when training starts."""

TRIPS = ["train_softmax.init_loss_ln_C"]

import torch


class SoftmaxRegression:
    def __init__(self, d, C):
        self.shape = d, C
        self.W = torch.randn(d, C)
        self.b = torch.zeros(C)

    def logits(self, X):
        return X @ self.W + self.b

    def fit(self, X, y, epochs, lr, batch, generator):
        losses = []
        if self.shape:
            self.W, self.b = (torch.zeros(s, requires_grad=True) for s in (self.shape, self.shape[1]))
            self.shape = None
        for _ in range(epochs):
            total = 0.0
            for rows in torch.randperm(len(X), generator=generator).split(batch):
                loss = cross_entropy(self.logits(X[rows]), y[rows])
                slopes = torch.autograd.grad(loss, [self.W, self.b])
                with torch.no_grad():
                    self.W -= lr * slopes[0]
                    self.b -= lr * slopes[1]
                total += loss.item() * len(rows)
            losses.append(total / len(X))
        return losses
