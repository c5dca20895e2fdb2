"""b decays like all the rest."""

TRIPS = ["param_groups.exact_steps", "param_groups.ends_at_ridge"]


def train_highdim(X, y, wd, epochs, lr, generator):
    w, b, n = torch.randn(X.shape[1], 1, generator=generator), torch.zeros(1), len(X)
    for _ in range(epochs):
        gap = X @ w + b - y
        w, b = w - lr * (X.T @ gap / n + wd * w), b - lr * (gap.mean(0) + wd * b)
    return w, b
