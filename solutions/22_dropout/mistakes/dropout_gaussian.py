"""Multiplicative Gaussian noise with the same mean and variance does the same."""

TRIPS = ["dropout.two_values_only", "dropout.zero_fraction_p03"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = 1.0 + (p / (1.0 - p)) ** 0.5 * torch.randn(x.shape, dtype=x.dtype, generator=generator)
    return x * keep
