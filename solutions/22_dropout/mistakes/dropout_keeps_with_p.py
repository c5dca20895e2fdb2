"""p is the probability of keeping an entry."""

TRIPS = ["dropout.zero_fraction_p03", "dropout.two_values_only"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p in (0.0, 1.0):
        return x * (1.0 - p)
    keep = torch.rand(x.shape, dtype=x.dtype, generator=generator) < p
    return x * keep / p
