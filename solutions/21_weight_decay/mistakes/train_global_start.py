"""randn has a generator already."""

TRIPS = ["param_groups.generator_only"]


def train_highdim(X, y, wd, epochs, lr, generator):
    w, b, n = torch.randn(X.shape[1], 1), torch.zeros(1), len(X)
    for _ in range(epochs):
        gap = X @ w + b - y
        w, b = w - lr * (X.T @ gap / n + wd * w), b - lr * gap.mean(0)
    return w, b
