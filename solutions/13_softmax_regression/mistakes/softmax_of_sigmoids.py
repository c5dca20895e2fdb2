"""A sigmoid makes a probability of each score; then they are scaled to sum to 1."""

TRIPS = ["softmax.value", "softmax.example"]


def softmax(x, dim=-1):
    shares = x.sigmoid()
    return shares / shares.sum(dim, keepdim=True)
