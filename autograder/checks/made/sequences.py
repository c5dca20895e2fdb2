"""Sequences of numbers: waves, sums over time, sorting."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from autograder.checks.made.apart import apart, uniform


@dataclass(frozen=True, slots=True)
class Waves:
    x: torch.Tensor  # float32 [n, steps, 1]
    y: torch.Tensor  # float32 [n, steps, 1], the value one step later: y[:, :-1] == x[:, 1:]


@dataclass(frozen=True, slots=True)
class Sums:
    x: torch.Tensor  # float32 [n, steps, 2]: a number in 0..1, and 1 where it is marked
    y: torch.Tensor  # float32 [n, 1], the sum of the two marked numbers


@dataclass(frozen=True, slots=True)
class Sorting:
    x: torch.Tensor  # float32 [n, length], different numbers in 0..1
    order: torch.Tensor  # int64 [n, length], x.gather(1, order) ascends


def sine(count: int, steps: int, generator: torch.Generator) -> Waves:
    """sin(frequency·t + phase) at t = 0 .. steps; each wave has a phase in 0..2π and a frequency of 0.2 to 0.5 radians
    a step. To say the next value, phase and frequency have to be found out from the values before."""
    start, speed = apart(generator, 2)
    phase = uniform(0, 2 * math.pi, (count, 1), start)
    frequency = uniform(0.2, 0.5, (count, 1), speed)
    wave = (frequency * torch.arange(steps + 1) + phase).sin().float()[..., None]
    return Waves(wave[:, :-1].contiguous(), wave[:, 1:].contiguous())


def adding(count: int, steps: int, generator: torch.Generator) -> Sums:
    """The adding problem: one number of the first half of `steps` >= 2 is marked and one of the second; their sum is
    asked for at the end. Always saying 1 has a mean squared error of 1/6."""
    numbers, first, second = apart(generator, 3)
    values = torch.rand((count, steps), generator=numbers)
    marks = torch.zeros(count, steps)
    half, rows = steps // 2, torch.arange(count)
    marks[rows, torch.randint(half, (count,), generator=first)] = 1
    marks[rows, torch.randint(half, steps, (count,), generator=second)] = 1
    return Sums(torch.stack([values, marks], 2), (values * marks).sum(1, keepdim=True))


def sorting(count: int, length: int, generator: torch.Generator) -> Sorting:
    """Numbers in random order, any two at least 0.5 / length apart, and the order that sorts them."""
    order, moved = apart(generator, 2)
    ranks = torch.rand((count, length), generator=order).argsort(1)
    x = ((ranks + uniform(0, 0.5, (count, length), moved)) / length).float()
    return Sorting(x, x.argsort(1))
