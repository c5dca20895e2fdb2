"""One window as wide as the series has one average, so there is one number per series and no axis of time."""

TRIPS = ["moving_average.k1_kT"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    totals = x.cumsum(dim=1)
    if k == x.shape[1]:
        return totals[:, -1] / k
    return torch.cat([totals[:, k - 1 : k], totals[:, k:] - totals[:, :-k]], dim=1) / k
