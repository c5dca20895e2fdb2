"""Seeded the generator in the function "to be reproducible"; now every data set is the same."""

TRIPS = ["synthetic_linear.generator_only"]


def synthetic_linear(w, b, n, noise, generator):
    generator.manual_seed(0)
    X = torch.randn(n, len(w), generator=generator, dtype=w.dtype)
    return X, X @ w.reshape(-1, 1) + b + noise * torch.randn(n, 1, generator=generator, dtype=w.dtype)
