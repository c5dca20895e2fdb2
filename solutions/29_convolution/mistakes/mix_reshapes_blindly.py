"""reshape(-1, C) puts the channels of a pixel into one row."""

TRIPS = ["conv1x1_matmul.channel_order", "conv1x1_matmul.value", "conv1x1_matmul.example"]


def conv1x1(x, w):
    n, c, height, width = x.shape
    return (x.reshape(n * height * width, c) @ w.T).reshape(n, height, width, w.shape[0]).movedim(3, 1)
