"""A rate of 1 makes no sense, so it is an error."""

TRIPS = ["dropout.p0_p1"]
ALSO = ["DropoutMLP.example"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p < 1.0:
        raise ValueError("p must be less than 1")
    if not training:
        return x
    keep = torch.rand(x.shape, dtype=x.dtype, generator=generator) >= p
    return x * keep / (1.0 - p)
