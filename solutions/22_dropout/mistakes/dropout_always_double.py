"""Probabilities are float64."""

TRIPS = ["dropout.any_shape"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = (torch.rand(x.shape, dtype=torch.float64, generator=generator) >= p).double()
    return x * keep / (1.0 - p)
