"""vmap is neither a loop nor a large tensor."""

TRIPS = ["pairwise_distance.memory_no_NMD"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    return torch.vmap(lambda point: (point - b).square().sum(dim=-1).sqrt())(a)
