"""-1 in a shape is always found out."""

TRIPS = ["conv2d.empty_batch"]

import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    n, _, rows, columns = windows.shape[:4]
    result = windows.permute(0, 2, 3, 1, 4, 5).reshape(n, rows, columns, -1) @ w.flatten(1).T
    result = result.permute(0, 3, 1, 2)
    return result if b is None else result + b[:, None, None]
