"""Centred data need no b."""

TRIPS = ["param_groups.inputs_unchanged", "param_groups.exact_steps"]


def train_highdim(X, y, wd, epochs, lr, generator):
    w, b, n = torch.randn(X.shape[1], 1, generator=generator), torch.zeros(1), len(X)
    X -= X.mean(0)
    for _ in range(epochs):
        gap = X @ w + b - y
        w, b = w - lr * (X.T @ gap / n + wd * w), b - lr * gap.mean(0)
    return w, b
