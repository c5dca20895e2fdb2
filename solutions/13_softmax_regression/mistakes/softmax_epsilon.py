"""A small number in the denominator prevents a division by zero and changes nothing."""

TRIPS = ["softmax.value"]


def softmax(x, dim=-1):
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / (powers.sum(dim, keepdim=True) + 1e-6)
