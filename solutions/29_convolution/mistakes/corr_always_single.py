"""New tensors are float32, like all tensors."""

TRIPS = ["corr2d.value", "corr2d.non_square"]

import torch


def corr2d(x, k):
    h, w = k.shape
    if h > x.shape[0] or w > x.shape[1]:
        raise ValueError("the kernel does not fit")
    result = torch.zeros(x.shape[0] - h + 1, x.shape[1] - w + 1)
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            result[i, j] = (x[i : i + h, j : j + w] * k).sum()
    return result
