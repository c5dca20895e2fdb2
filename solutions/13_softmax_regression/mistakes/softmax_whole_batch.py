"""All probabilities together sum to 1."""

TRIPS = ["softmax.value", "softmax.square_input", "softmax.example"]


def softmax(x, dim=-1):
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / powers.sum()
