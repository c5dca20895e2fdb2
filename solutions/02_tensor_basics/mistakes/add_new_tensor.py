"""z = x + y puts the sum into z."""

TRIPS = ["add_in_place.same_memory", "add_in_place.value", "add_in_place.view_updates_base", "add_in_place.example"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z = x + y
    return z
