"""z has been written, so a copy of it is as good an answer as z."""

TRIPS = ["add_in_place.same_object"]

import torch
from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    torch.add(x, y, out=z)
    return z.clone()
