"""z[...] is z."""

TRIPS = ["add_in_place.same_object"]

import torch
from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    torch.add(x, y, out=z)
    return z[...]
