"""x is mine once it is passed to me."""

TRIPS = ["softmax.input_unchanged"]


def softmax(x, dim=-1):
    x -= x.amax(dim, keepdim=True)
    powers = x.exp()
    return powers / powers.sum(dim, keepdim=True)
