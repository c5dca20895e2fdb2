"""In evaluation mode p does not matter, so it is not looked at."""

TRIPS = ["dropout.bad_p_raises"]


def dropout(x, p, training, generator=None):
    if not training:
        return x
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if p == 1.0:
        return x * 0.0
    keep = torch.rand(x.shape, dtype=x.dtype, generator=generator) >= p
    return x * keep / (1.0 - p)
