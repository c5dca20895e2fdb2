"""Exactly a share p of the entries is dropped, chosen by a random order."""

TRIPS = ["dropout.number_varies"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = (torch.randperm(x.numel(), generator=generator) >= round(p * x.numel())).reshape(x.shape)
    return x * keep / (1.0 - p)
