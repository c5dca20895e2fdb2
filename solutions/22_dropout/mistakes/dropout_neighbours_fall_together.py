"""One lot for each pair of neighbours is cheaper."""

TRIPS = ["dropout.elementwise_independent"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = (torch.rand(x.numel() // 2 + 1, generator=generator) >= p).repeat_interleave(2)[: x.numel()].reshape(x.shape)
    return x * keep / (1.0 - p)
