"""Outside of training everything is multiplied by 1 - p, as in the first paper."""

TRIPS = ["dropout.eval_identity", "dropout.example_eval"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x * (1.0 - p)
    if p == 1.0:
        return x * 0.0
    keep = torch.rand(x.shape, dtype=x.dtype, generator=generator) >= p
    return x * keep
