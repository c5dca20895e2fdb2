"""Forgot b."""

TRIPS = ["synthetic_linear.no_noise", "synthetic_linear.example"]


def synthetic_linear(w, b, n, noise, generator):
    X = torch.randn(n, len(w), generator=generator, dtype=w.dtype)
    return X, X @ w.reshape(-1, 1) + noise * torch.randn(n, 1, generator=generator, dtype=w.dtype)
