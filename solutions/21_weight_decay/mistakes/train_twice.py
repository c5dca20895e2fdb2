"""The squared error is not halved."""

TRIPS = ["param_groups.exact_steps"]


def train_highdim(X, y, wd, epochs, lr, generator):
    w, b, n = torch.randn(X.shape[1], 1, generator=generator), torch.zeros(1), len(X)
    for _ in range(epochs):
        gap = X @ w + b - y
        w, b = w - lr * (2 * X.T @ gap / n + wd * w), b - lr * gap.mean(0)
    return w, b
