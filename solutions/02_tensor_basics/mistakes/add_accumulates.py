"""z += x + y is the in-place way of writing z = x + y."""

TRIPS = ["add_in_place.overwrites_not_accumulates", "add_in_place.example"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z += x + y
    return z
