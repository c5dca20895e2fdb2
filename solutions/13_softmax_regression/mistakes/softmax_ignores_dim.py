"""Probabilities always go along the last dimension."""

TRIPS = ["softmax.dim_arg"]


def softmax(x, dim=-1):
    powers = (x - x.amax(-1, keepdim=True)).exp()
    return powers / powers.sum(-1, keepdim=True)
