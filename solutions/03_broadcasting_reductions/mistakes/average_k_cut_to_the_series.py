"""A window that is too wide is made as wide as the series."""

TRIPS = ["moving_average.bad_k_raises"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    k = min(max(k, 1), x.shape[1])
    totals = torch.nn.functional.pad(x.cumsum(dim=1), (1, 0))
    return (totals[:, k:] - totals[:, :-k]) / k
