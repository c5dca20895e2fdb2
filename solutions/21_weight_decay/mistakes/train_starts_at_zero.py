"""Linear regression starts at zero."""

TRIPS = ["param_groups.start", "param_groups.generator_only"]


def train_highdim(X, y, wd, epochs, lr, generator):
    w, b, n = torch.zeros(X.shape[1], 1), torch.zeros(1), len(X)
    for _ in range(epochs):
        gap = X @ w + b - y
        w, b = w - lr * (X.T @ gap / n + wd * w), b - lr * gap.mean(0)
    return w, b
