"""Pictures moved about. What comes in are images [n, h, w] of any float dtype; their dtype stays."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from autograder.checks.made.apart import apart, uniform


@dataclass(frozen=True, slots=True)
class Placed:
    images: torch.Tensor  # [n, 1, size, size]
    corner: torch.Tensor  # int64 [n, 2], row and column of the upper left pixel


@dataclass(frozen=True, slots=True)
class Turned:
    images: torch.Tensor  # [n, 1, size, size]
    angle: torch.Tensor  # [n], radians
    shift: torch.Tensor  # [n, 2], right and down, in pixels


def placed(images: torch.Tensor, generator: torch.Generator, *, size: int = 12) -> Placed:
    """Each image whole, at a random place on an empty canvas of `size` x `size` pixels."""
    count, height, width = images.shape
    down, right = apart(generator, 2)
    rows = torch.randint(size - height + 1, (count,), generator=down)
    columns = torch.randint(size - width + 1, (count,), generator=right)
    canvas = images.new_zeros(count, 1, size, size)
    one = torch.arange(count)[:, None, None]
    canvas[
        one, 0, (rows[:, None] + torch.arange(height))[:, :, None], (columns[:, None] + torch.arange(width))[:, None]
    ] = images
    return Placed(canvas, torch.stack([rows, columns], 1))


def every_shift(images: torch.Tensor, *, reach: int = 1) -> torch.Tensor:
    """Every image moved by -reach .. reach pixels down and right, [(2·reach+1)², n, h, w]; what leaves is lost, what
    comes in is 0. The middle one is the image itself. Nothing is random here."""
    steps = range(2 * reach + 1)
    _, height, width = images.shape
    wide = F.pad(images, (reach,) * 4)
    return torch.stack(
        [
            wide[:, reach * 2 - i : reach * 2 - i + height, reach * 2 - j : reach * 2 - j + width]
            for i in steps
            for j in steps
        ]
    )


def turned(
    images: torch.Tensor, generator: torch.Generator, *, size: int = 14, angle: float = 0.6, shift: float = 2.0
) -> Turned:
    """Each image in the middle of an empty canvas, turned by up to ±angle (counterclockwise is positive), then moved by
    up to ±shift pixels each way; in between pixels bilinear."""
    count, height, width = images.shape
    angles, moves = apart(generator, 2)
    turn = uniform(-angle, angle, (count,), angles).to(images.dtype)
    move = uniform(-shift, shift, (count, 2), moves).to(images.dtype)
    left, up = (size - width) // 2, (size - height) // 2
    canvas = F.pad(images[:, None], (left, size - width - left, up, size - height - up))
    cos, sin, way = turn.cos(), turn.sin(), 2 * move / size
    # affine_grid asks where each output pixel comes from: undo the shift, then the turn (its y axis points down)
    undo = torch.stack([torch.stack([cos, -sin], 1), torch.stack([sin, cos], 1)], 1)
    theta = torch.cat([undo, -(undo @ way[:, :, None])], 2)
    grid = F.affine_grid(theta, [count, 1, size, size], align_corners=False)
    return Turned(F.grid_sample(canvas, grid, align_corners=False), turn, move)
