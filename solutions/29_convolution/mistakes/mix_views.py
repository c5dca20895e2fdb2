"""view is the fast reshape."""

TRIPS = ["conv1x1_matmul.noncontiguous"]


def conv1x1(x, w):
    n, c, height, width = x.shape
    return (w @ x.view(n, c, height * width)).view(n, w.shape[0], height, width)
