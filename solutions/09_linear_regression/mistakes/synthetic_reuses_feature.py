"""Took the first feature as the noise, too: it is standard normal, but not independent of X."""

TRIPS = ["synthetic_linear.distribution"]


def synthetic_linear(w, b, n, noise, generator):
    X = torch.randn(n, len(w), generator=generator, dtype=w.dtype)
    return X, X @ w.reshape(-1, 1) + b + noise * X[:, :1]
