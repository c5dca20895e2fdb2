"""cumsum(0) runs along the first axis of a series."""

TRIPS = ["moving_average.value", "moving_average.example"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    totals = torch.nn.functional.pad(x.cumsum(dim=0), (1, 0))
    return (totals[:, k:] - totals[:, :-k]) / k
