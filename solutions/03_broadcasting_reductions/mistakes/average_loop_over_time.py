"""One window after the other, with running totals, is fast enough."""

TRIPS = ["moving_average.no_loop"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    totals = torch.nn.functional.pad(x.cumsum(dim=1), (1, 0))
    return torch.stack([(totals[:, i + k] - totals[:, i]) / k for i in range(x.shape[1] - k + 1)], dim=1)
