"""Adding two tensors and looking at the sum is the safest way."""

TRIPS = ["broadcast_shape.from_scratch"]

import torch


def _zeros(shape: tuple[int, ...]) -> torch.Tensor:
    return torch.zeros(shape)


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    try:
        return tuple((_zeros(a) + _zeros(b)).shape)
    except RuntimeError as error:
        raise ValueError(str(error)) from error
