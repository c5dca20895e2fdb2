"""Only the larger set must not be looped over."""

TRIPS = ["pairwise_distance.vectorised_opcount"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    columns = [(a - point).square().sum(dim=1).sqrt() for point in b]
    return torch.stack(columns, dim=1) if columns else a.new_zeros(len(a), 0)
