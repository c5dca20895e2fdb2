"""fit begins from nothing each time."""

TRIPS = ["train_softmax.fit_goes_on"]

import torch


class SoftmaxRegression:
    def __init__(self, d, C):
        self.W = torch.zeros(d, C, requires_grad=True)
        self.b = torch.zeros(C, requires_grad=True)

    def logits(self, X):
        return X @ self.W + self.b

    def fit(self, X, y, epochs, lr, batch, generator):
        losses = []
        self.__init__(*self.W.shape)
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
