"""A smoothed series is as long as the series: it begins with shorter windows."""

TRIPS = ["moving_average.value", "moving_average.example"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    totals = torch.nn.functional.pad(x.cumsum(dim=1), (k, 0))
    return (totals[:, k:] - totals[:, :-k]) / k
