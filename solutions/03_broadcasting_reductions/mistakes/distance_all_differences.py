"""Broadcasting costs nothing: a[:, None] - b[None] is only a view."""

TRIPS = ["pairwise_distance.memory_no_NMD"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    return (a[:, None] - b[None]).square().sum(dim=-1).sqrt()
