"""The shift is only needed when a score is large, so look at the largest first."""

TRIPS = ["softmax.empty_batch"]


def softmax(x, dim=-1):
    if x.max() > 80 or x.min() < -80:
        x = x - x.amax(dim, keepdim=True)
    powers = x.exp()
    return powers / powers.sum(dim, keepdim=True)
