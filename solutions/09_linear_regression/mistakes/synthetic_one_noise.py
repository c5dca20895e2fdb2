"""Drew one number and added it to every label; that is another b, not noise."""

TRIPS = ["synthetic_linear.noise_level", "synthetic_linear.distribution"]


def synthetic_linear(w, b, n, noise, generator):
    X = torch.randn(n, len(w), generator=generator, dtype=w.dtype)
    return X, X @ w.reshape(-1, 1) + b + noise * torch.randn(1, generator=generator, dtype=w.dtype)
