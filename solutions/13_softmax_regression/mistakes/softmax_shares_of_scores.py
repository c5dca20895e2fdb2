"""The share of a class is its score over the sum of scores: softmax is a linear activation."""

TRIPS = ["softmax.value", "softmax.example"]


def softmax(x, dim=-1):
    x = x - x.amin(dim, keepdim=True)
    return x / x.sum(dim, keepdim=True)
