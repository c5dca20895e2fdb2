"""The smallest entries matter least, so they are dropped."""

TRIPS = ["dropout.blind"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if not training:
        return x
    if p == 1.0:
        return x * 0.0
    keep = x.abs() + torch.rand(x.shape, generator=generator) * 0.2 > (torch.quantile(x.detach().abs().double().flatten(), p) if x.numel() else 0)
    return x * keep / (1.0 - p)
