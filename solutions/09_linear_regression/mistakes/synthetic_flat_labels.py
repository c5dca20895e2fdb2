"""Left the labels flat, (n,), as X @ w gives them; later y_hat - y becomes an (n, n) table."""

TRIPS = ["synthetic_linear.shape", "synthetic_linear.example"]


def synthetic_linear(w, b, n, noise, generator):
    X = torch.randn(n, len(w), generator=generator, dtype=w.dtype)
    return X, X @ w + b + noise * torch.randn(n, generator=generator, dtype=w.dtype)
