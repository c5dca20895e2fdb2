"""z[:] = x + y writes into every tensor z. (A single number has no dimension to slice.)"""

TRIPS = ["add_in_place.single_number"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z[:] = x + y
    return z
