"""Drew X from [0, 1) with torch.rand: it is neither normal nor centred."""

TRIPS = ["synthetic_linear.distribution"]


def synthetic_linear(w, b, n, noise, generator):
    X = torch.rand(n, len(w), generator=generator, dtype=w.dtype)
    return X, X @ w.reshape(-1, 1) + b + noise * torch.randn(n, 1, generator=generator, dtype=w.dtype)
