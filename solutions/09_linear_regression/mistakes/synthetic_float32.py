"""Drew in the default dtype, whatever the dtype of w."""

TRIPS = ["synthetic_linear.shape"]


def synthetic_linear(w, b, n, noise, generator):
    X = torch.randn(n, len(w), generator=generator)
    return X, X @ w.float().reshape(-1, 1) + b + noise * torch.randn(n, 1, generator=generator)
