"""Anything times 0 is 0, so z *= 0 clears z."""

TRIPS = ["add_in_place.overwrites_not_accumulates"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z *= 0
    z += x
    z += y
    return z
