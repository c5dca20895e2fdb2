"""z.copy_(x) and then z + y leaves the sum in z."""

TRIPS = ["add_in_place.value", "add_in_place.example"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z.copy_(x)
    z + y
    return z
