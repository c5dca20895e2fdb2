"""The sum can be formed in x first: no new memory, and it is copied to z at once."""

TRIPS = ["add_in_place.inputs_unchanged"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    x.add_(y)
    return z.copy_(x)
