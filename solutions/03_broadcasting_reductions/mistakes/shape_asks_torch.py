"""torch has a function for it, and knowing the library is the task."""

TRIPS = ["broadcast_shape.from_scratch"]

import torch


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    try:
        return tuple(torch.broadcast_shapes(a, b))
    except RuntimeError as error:
        raise ValueError(str(error)) from error
