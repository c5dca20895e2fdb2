"""z.data is the memory of z, so assigning to it fills the memory."""

TRIPS = ["add_in_place.same_memory"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z.data = x + y
    return z
