"""One lot after the other, row by row."""

TRIPS = ["dropout.vectorised"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = torch.stack([torch.rand(x.shape[1:], dtype=x.dtype, generator=generator) >= p for _ in x]) if x.dim() and len(x) else torch.rand(x.shape, dtype=x.dtype, generator=generator) >= p
    return x * keep / (1.0 - p)
