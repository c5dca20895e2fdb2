"""A column of ones, so that b is the last weight; lists of numbers; XOR as 'a without b, or b without a'."""

import torch


def perceptron_train(X, y, max_epochs=100):
    n, d = X.shape
    rows = [[*row, 1.0] for row in X.tolist()]
    truth = y.tolist()
    theta = [0.0] * (d + 1)
    updates = 0
    for _ in range(max_epochs):
        clean = True
        for i in range(n):
            score = sum(t * v for t, v in zip(theta, rows[i]))
            if not truth[i] * score > 0:
                theta = [t + truth[i] * v for t, v in zip(theta, rows[i])]
                updates += 1
                clean = False
        if clean:
            break
    found = torch.tensor(theta, dtype=X.dtype)
    return found[:-1], found[-1], updates


def perceptron_loss(X, y, w, b):
    scores = torch.einsum("nd,d->n", X, w) + b
    wrong = y * scores < 0
    return -(y[wrong] * scores[wrong]).sum()


def step(t):
    return (t > 0).type_as(t)


def xor_by_hand(X):
    first = step(X @ torch.tensor([1.0, -1.0], dtype=X.dtype) - 0.5)
    second = step(X @ torch.tensor([-1.0, 1.0], dtype=X.dtype) - 0.5)
    return step(first + second - 0.5)


def geometric_margin(X, y, w, b):
    length = (w * w).sum().sqrt()
    return torch.amin((X @ (w / length) + b / length) * y, 0)


def predict(X, w, b):
    scores = X @ w + b
    out = -torch.ones(len(X), dtype=torch.int64)
    out[scores > 0] = 1
    return out
