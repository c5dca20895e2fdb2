"""Took `noise` for the variance."""

TRIPS = ["synthetic_linear.noise_level"]


def synthetic_linear(w, b, n, noise, generator):
    X = torch.randn(n, len(w), generator=generator, dtype=w.dtype)
    return X, X @ w.reshape(-1, 1) + b + noise**0.5 * torch.randn(n, 1, generator=generator, dtype=w.dtype)
