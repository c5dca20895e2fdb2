"""Dropout keeps mean and variance, so the variance of a fixed input stays 0."""

TRIPS = ["mc_moments.variance", "mc_moments.mc_agreement", "mc_moments.example"]


def dropout_moments(x, W, p):
    if not 0.0 <= p < 1.0:
        raise ValueError("p is at least 0 and less than 1")
    return x @ W, torch.zeros_like(x @ W)
