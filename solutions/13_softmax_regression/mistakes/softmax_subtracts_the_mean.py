"""Centring a row keeps exp in range."""

TRIPS = ["softmax.large_logits"]


def softmax(x, dim=-1):
    powers = (x - x.mean(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)
