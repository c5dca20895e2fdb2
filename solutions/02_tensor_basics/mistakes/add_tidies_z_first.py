"""contiguous() tidies z up and gives z back. (For a column it gives a copy.)"""

TRIPS = ["add_in_place.view_updates_base"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z = z.contiguous()
    z.copy_(x + y)
    return z
