"""Broadcasting and sum are the same as a matmul."""

TRIPS = ["conv1x1_matmul.one_matmul"]


def conv1x1(x, w):
    return (x[:, None] * w[None, :, :, None, None]).sum(2)
