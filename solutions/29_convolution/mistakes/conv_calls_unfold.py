"""F.unfold only copies numbers, so it is no convolution."""

TRIPS = ["conv2d.no_builtin"]
ALSO = ["learn_kernel.lenet_no_builtin"]

import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    rows = (x.shape[2] + 2 * padding - w.shape[2]) // stride + 1
    columns = (x.shape[3] + 2 * padding - w.shape[3]) // stride + 1
    if x.shape[0] == 0:
        return x.new_zeros(0, w.shape[0], rows, columns)
    windows = F.unfold(x, w.shape[2:], padding=padding, stride=stride)
    result = (w.flatten(1) @ windows).reshape(x.shape[0], w.shape[0], rows, columns)
    return result if b is None else result + b[:, None, None]
