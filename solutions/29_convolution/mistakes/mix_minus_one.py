"""-1 in a shape is always found out."""

TRIPS = ["conv1x1_matmul.empty_batch"]


def conv1x1(x, w):
    return (w @ x.reshape(x.shape[0], x.shape[1], -1)).reshape(x.shape[0], w.shape[0], x.shape[2], x.shape[3])
