"""One mask for the whole batch: all rows are examples for the same network."""

TRIPS = ["dropout.elementwise_independent"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = torch.rand(x.shape[-1:], dtype=x.dtype, generator=generator) >= p
    return x * keep / (1.0 - p)
