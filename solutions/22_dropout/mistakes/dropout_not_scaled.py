"""What is kept is kept as it is."""

TRIPS = ["dropout.mean_preserved_p03", "dropout.two_values_only", "dropout.example"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = torch.rand(x.shape, dtype=x.dtype, generator=generator) >= p
    return x * keep
