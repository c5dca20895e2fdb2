"""An operation that is found by a computed name is not forbidden by name."""

TRIPS = ["pairwise_distance.from_scratch"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    name = "".join(["c", "dist"])
    return getattr(torch, name)(a, b)
