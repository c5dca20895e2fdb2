"""The sums line up with the rows by themselves. (They line up with the columns.)"""

TRIPS = ["softmax.value", "softmax.square_input"]


def softmax(x, dim=-1):
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / powers.sum(dim)
