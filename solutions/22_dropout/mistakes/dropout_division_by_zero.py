"""Python will not divide by zero here, because x is a tensor. (0 / 0 is nan.)"""

TRIPS = ["dropout.p0_p1"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    keep = torch.rand(x.shape, dtype=x.dtype, generator=generator) >= p
    return x * keep / (1.0 - p)
