"""dim=0 is the direction of a row. (It runs down the columns, over the examples.)"""

TRIPS = ["softmax.value", "softmax.square_input", "softmax.dim_arg", "softmax.example"]


def softmax(x, dim=-1):
    powers = (x - x.amax(0, keepdim=True)).exp()
    return powers / powers.sum(0, keepdim=True)
