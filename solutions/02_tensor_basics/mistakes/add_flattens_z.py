"""Every tensor can be viewed as one long row."""

TRIPS = ["add_in_place.view_updates_base"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z.view(-1)[:] = (x + y).reshape(-1)
    return z
