"""The batches come in random order. (With the same rows in each of them for ever.)"""

TRIPS = ["train_softmax.mixes_within_batch"]

import torch


class SoftmaxRegression:
    def __init__(self, d, C):
        self.W = torch.zeros(d, C, requires_grad=True)
        self.b = torch.zeros(C, requires_grad=True)

    def logits(self, X):
        return X @ self.W + self.b

    def fit(self, X, y, epochs, lr, batch, generator):
        losses = []
        for _ in range(epochs):
            total = 0.0
            batches = torch.arange(len(X)).split(batch)
            for place in torch.randperm(len(batches), generator=generator).tolist():
                rows = batches[place]
                loss = cross_entropy(self.logits(X[rows]), y[rows])
                slopes = torch.autograd.grad(loss, [self.W, self.b])
                with torch.no_grad():
                    self.W -= lr * slopes[0]
                    self.b -= lr * slopes[1]
                total += loss.item() * len(rows)
            losses.append(total / len(X))
        return losses
