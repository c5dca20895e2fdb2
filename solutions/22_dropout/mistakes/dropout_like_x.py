"""rand_like takes shape and layout from x, which is all a mask needs."""

TRIPS = ["dropout.any_shape"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = torch.as_strided(torch.rand(x.numel() + 8 * sum(abs(s) for s in x.stride()) + 1, dtype=x.dtype, generator=generator), x.shape, x.stride()) >= p
    return x * keep / (1.0 - p)
