"""Things that only come out on average: a population to sample from, and arms of unknown worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from autograder.checks.made.apart import apart, normal


@dataclass(frozen=True, slots=True)
class Population:
    """Drawings of two kinds, told apart by how many edges they have: "class 1 if edges >= threshold" is the family of
    classifiers, and none of them is perfect."""

    edges: torch.Tensor  # int64 [n], 0 .. 50
    y: torch.Tensor  # int64 [n], 0 or 1, half each

    def error(self, thresholds: torch.Tensor) -> torch.Tensor:
        """The share of the population that each threshold [k] gets wrong, float64 [k]."""
        wrong = (self.edges[None] >= thresholds[:, None]).long() != self.y[None]
        return wrong.double().mean(1)


def population(count: int, generator: torch.Generator, *, overlap: float = 6.0) -> Population:
    """`count` drawings; the plain kind (0) has 20 edges on average, the elaborate kind (1) 30, both with sd `overlap`,
    cut off at 0 and 50."""
    order, size = apart(generator, 2)
    y = (torch.arange(count) % 2)[torch.randperm(count, generator=order)]
    edges = (20 + 10 * y + overlap * normal((count,), size)).round().clamp(0, 50).long()
    return Population(edges, y)


def rewards(worth: Sequence[float], pulls: int, generator: torch.Generator) -> torch.Tensor:
    """What each arm of a bandit would pay at each pull: float32 [pulls, arms] of 0 and 1, where arm k pays 1 with
    probability worth[k]. The usual example is worth (0.2, 0.5, 0.75)."""
    (own,) = apart(generator, 1)
    return torch.bernoulli(torch.tensor(worth).expand(pulls, len(worth)), generator=own)
