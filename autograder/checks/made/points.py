"""Points in the plane, or in d dimensions, with a class each."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from autograder.checks.made.apart import apart, normal, uniform


@dataclass(frozen=True, slots=True)
class Points:
    """Points in random order; the classes are as balanced as the count allows."""

    x: torch.Tensor  # float32 [n, d]
    y: torch.Tensor  # int64 [n], 0 .. classes-1


@dataclass(frozen=True, slots=True)
class Separable:
    """Two classes with a hyperplane between them: y·(x·w + b) >= margin for every point, and = margin for two.

    These two lie opposite each other, so no other hyperplane has a wider margin.
    """

    x: torch.Tensor  # float64 [n, d]
    y: torch.Tensor  # int64 [n], -1 or 1, each at least once
    w: torch.Tensor  # float64 [d], of length 1
    b: torch.Tensor  # float64 []
    margin: float


def xor(per_corner: int, generator: torch.Generator, *, spread: float = 0.0) -> Points:
    """4·per_corner points at the corners of the unit square, moved by normal noise of sd `spread`; y = (a != b)."""
    order, noise = apart(generator, 2)
    corners = torch.cartesian_prod(torch.arange(2), torch.arange(2)).repeat(per_corner, 1)
    x = corners + spread * normal((len(corners), 2), noise)
    return _shuffled(x, (corners[:, 0] != corners[:, 1]).long(), order)


def moons(count: int, generator: torch.Generator, *, noise: float = 0.1) -> Points:
    """Two half circles of radius 1 that reach into each other: class 0 around (0, 0), class 1 upside down around
    (1, 0.5). Along each the points are spread evenly at random; `noise` is the sd across."""
    order, place, moved = apart(generator, 3)
    y = torch.arange(count) % 2
    angle = uniform(0, math.pi, (count,), place)
    side = 1.0 - 2.0 * y
    x = torch.stack([y + side * angle.cos(), 0.5 * y + side * angle.sin()], 1)
    return _shuffled(x + noise * normal((count, 2), moved), y, order)


def spirals(per_arm: int, arms: int, generator: torch.Generator, *, noise: float = 0.02, turns: float = 0.75) -> Points:
    """`arms` spirals that start near the origin and wind `turns` times around it out to radius 1, one class each.
    `noise` is the sd of the points across their arm."""
    order, place, moved = apart(generator, 3)
    y = torch.arange(arms).repeat(per_arm)
    radius = uniform(0.1, 1.0, (len(y),), place)
    angle = 2 * math.pi * (turns * radius + y / arms)
    x = radius[:, None] * torch.stack([angle.cos(), angle.sin()], 1)
    return _shuffled(x + noise * normal((len(y), 2), moved), y, order)


def blobs(per_class: int, centres: torch.Tensor, generator: torch.Generator, *, spread: float = 1.0) -> Points:
    """`per_class` points around each row of `centres` [k, d], normal with sd `spread` in every direction."""
    order, moved = apart(generator, 2)
    y = torch.arange(len(centres)).repeat(per_class)
    return _shuffled(centres.double()[y] + spread * normal((len(y), centres.shape[1]), moved), y, order)


def separable(
    count: int, width: int, margin: float, generator: torch.Generator, *, depth: float = 2.0, offset: float = 1.0
) -> Separable:
    """`count` >= 2 points in `width` dimensions with a known margin, half of each class. They lie between `margin` and
    `margin + depth` from the hyperplane, which passes at distance `offset` from the origin."""
    order, tilt, place, away = apart(generator, 4)
    w = normal((width,), tilt)
    w = w / w.norm()
    b = torch.tensor(-offset, dtype=torch.float64)
    y = 1 - 2 * (torch.arange(count) % 2)
    distance = margin + uniform(0, depth, (count,), away)
    distance[:2] = margin
    along = normal((count, width), place)
    along[1] = along[0]
    along = along - (along @ w)[:, None] * w
    x = along + (y * distance - b)[:, None] * w
    shuffle = torch.randperm(count, generator=order)
    return Separable(x[shuffle], y[shuffle], w, b, margin)


def _shuffled(x: torch.Tensor, y: torch.Tensor, order: torch.Generator) -> Points:
    shuffle = torch.randperm(len(y), generator=order)
    return Points(x[shuffle].float(), y[shuffle])
