"""Passed the generator to the features and forgot it for the noise."""

TRIPS = ["synthetic_linear.generator_only"]


def synthetic_linear(w, b, n, noise, generator):
    X = torch.randn(n, len(w), generator=generator, dtype=w.dtype)
    return X, X @ w.reshape(-1, 1) + b + noise * torch.randn(n, 1, dtype=w.dtype)
