"""Counting and copying element by element: slow, and right."""

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    product = 1
    for size in shape:
        product *= size
    if product != n:
        raise ValueError(f"{shape} holds {product} numbers, not {n}")
    grid = torch.empty(shape, dtype=dtype)
    for position in range(n):
        index, rest = [], position
        for size in reversed(shape):
            index.append(rest % size)
            rest //= size
        grid[tuple(reversed(index))] = position
    return grid


def image_to_vector(img: Tensor) -> Tensor:
    n, height, width, _ = img.shape
    vectors = torch.zeros(n, 3 * height * width, dtype=img.dtype)
    for colour in range(3):
        for i in range(height):
            start = colour * height * width + i * width
            vectors[:, start : start + width] = img[:, i, :, colour]
    return vectors


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    if z.dim() == 0:
        z.fill_(x.item() + y.item())
        return z
    for part, left, right in zip(z, x, y, strict=True):
        add_in_place(part, left, right)
    return z


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if len(xs) == 0:
        raise ValueError("nothing to put into a batch")
    longest, width, dtype = max(x.shape[0] for x in xs), xs[0].shape[1], xs[0].dtype
    numbers = [x.tolist() + [[pad] * width] * (longest - x.shape[0]) for x in xs]
    batch = torch.tensor(numbers, dtype=dtype).reshape(len(xs), longest, width)
    return batch, torch.tensor([x.shape[0] for x in xs], dtype=torch.int64)
