"""The caller has z already, so nothing needs to be returned."""

TRIPS = ["add_in_place.same_object", "add_in_place.example"]

import torch
from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> None:
    torch.add(x, y, out=z)
