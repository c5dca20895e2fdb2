"""The first window is the total at k - 1; the others are differences. (Of nothing, where there is only one.)"""

TRIPS = ["moving_average.k1_kT"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    totals = x.cumsum(dim=1)
    rest = [(totals[:, i + k] - totals[:, i]).unsqueeze(1) for i in range(0)]
    later = totals[:, k:] - totals[:, : -k if k < x.shape[1] else None]
    return torch.cat([totals[:, k - 1 : k], later, *rest], dim=1) / k
