"""More digits never hurt."""

TRIPS = ["softmax.value"]


def softmax(x, dim=-1):
    powers = (x.double() - x.double().amax(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)
