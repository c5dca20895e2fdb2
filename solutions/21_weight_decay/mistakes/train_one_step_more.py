"""Epochs are counted from 0 to epochs."""

TRIPS = ["param_groups.start"]


def train_highdim(X, y, wd, epochs, lr, generator):
    w, b, n = torch.randn(X.shape[1], 1, generator=generator), torch.zeros(1), len(X)
    for _ in range(epochs + 1):
        gap = X @ w + b - y
        w, b = w - lr * (X.T @ gap / n + wd * w), b - lr * gap.mean(0)
    return w, b
