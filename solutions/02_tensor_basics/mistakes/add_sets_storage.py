"""set_ sets the values of z. (It ties z to another strip.)"""

TRIPS = ["add_in_place.same_memory", "add_in_place.view_updates_base"]

from torch import Tensor


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    return z.set_(x + y)
