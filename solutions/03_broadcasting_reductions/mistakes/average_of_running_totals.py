"""cumsum divided by the step is the average so far."""

TRIPS = ["moving_average.value", "moving_average.example"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    steps = torch.arange(1, x.shape[1] + 1, dtype=x.dtype)
    return (x.cumsum(dim=1) / steps)[:, k - 1 :]
