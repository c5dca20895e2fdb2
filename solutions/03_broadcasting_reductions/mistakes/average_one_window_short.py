"""T values have T - k windows of width k."""

TRIPS = ["moving_average.value", "moving_average.example"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    totals = torch.nn.functional.pad(x.cumsum(dim=1), (1, 0))
    return ((totals[:, k:] - totals[:, :-k]) / k)[:, :-1]
