"""A batch has two dimensions, so the last one is dimension 1."""

TRIPS = ["softmax.value"]


def softmax(x, dim=-1):
    dim = 1 if dim == -1 else dim
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)
