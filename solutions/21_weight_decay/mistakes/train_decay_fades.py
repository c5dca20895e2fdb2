"""A strength that falls with time is gentler in the end."""

TRIPS = ["param_groups.test_loss", "param_groups.weight_norm"]


def train_highdim(X, y, wd, epochs, lr, generator):
    w, b, n = torch.randn(X.shape[1], 1, generator=generator), torch.zeros(1), len(X)
    for t in range(epochs):
        gap = X @ w + b - y
        w, b = w - lr * (X.T @ gap / n + (wd if t < 10 else 0) * w), b - lr * gap.mean(0)
    return w, b
