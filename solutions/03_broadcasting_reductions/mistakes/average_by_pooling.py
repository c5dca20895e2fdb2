"""Average pooling is a moving average."""

TRIPS = ["moving_average.by_cumsum"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    if not x.numel():
        return x.new_zeros(len(x), x.shape[1] - k + 1)
    return torch.nn.functional.avg_pool1d(x.unsqueeze(1), k, 1).squeeze(1)
