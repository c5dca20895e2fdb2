"""In place on its own tensors; max by relu; a table of two weights for XOR; booleans as numbers."""

import torch


def perceptron_train(X, y, max_epochs=100):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    updates, epoch, wrong = 0, 0, True
    while wrong and epoch < max_epochs:
        wrong = False
        for i in range(X.shape[0]):
            if y[i] * (torch.dot(X[i], w) + b) > 0:
                continue
            w += y[i] * X[i]
            b += y[i]
            updates += 1
            wrong = True
        epoch += 1
    return w, b, updates


def perceptron_loss(X, y, w, b):
    total = (X * 0).sum() + 0 * (w.sum() + b)
    for i in range(len(X)):
        total = total + torch.relu(-y[i] * ((X[i] * w).sum() + b))
    return total


def xor_by_hand(X):
    hidden = (X @ torch.tensor([[2.0, -2.0], [2.0, -2.0]], dtype=X.dtype) + torch.tensor([-1.0, 3.0], dtype=X.dtype)) > 0
    return (hidden.to(X.dtype).sum(1) - 1.5 > 0).to(X.dtype)


def predict(X, w, b):
    return 2 * (X @ w + b > 0).long() - 1
