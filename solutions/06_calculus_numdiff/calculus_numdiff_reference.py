"""What the hidden checks of topic 6 share: functions with known slopes that watch their argument, forbidden names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32
AUTOGRAD = {
    "torch.autograd.*", "torch.func.*", "torch.gradient", "torch.enable_grad", ".backward", ".grad", ".requires_grad_",
    "functorch.*", "numpy.*", "scipy.*", "sympy.*",
}  # fmt: skip


def without_autograd(submission: Any, name: str) -> None:
    source_rules.forbid_names(submission.source, AUTOGRAD, within=name)


@dataclass
class Landscape:
    """f(p) = sum of w sin(p), plus half the square of the sum of c p. The check evaluates it, from numbers: there is
    no graph to go back through. What it is called with is kept in `points`."""

    w: Tensor
    c: Tensor
    points: list[Tensor] = field(default_factory=list)

    def __call__(self, p: Any) -> Tensor:
        given = compare.tensor(
            p, shape=tuple(self.w.shape), dtype=F64, what="what f is called with", zh="调用 f 时传入的参数"
        )
        point = compare.finite(given.detach(), "what f is called with", "调用 f 时传入的参数").clone()
        self.points.append(point)
        return self.at(point)

    def at(self, p: Tensor) -> Tensor:
        return (self.w * p.sin()).sum() + (self.c * p).sum() ** 2 / 2

    def slope(self, p: Tensor) -> Tensor:
        return self.w * p.cos() + self.c * (self.c * p).sum()


def landscape(draw: Draw, shape: tuple[int, ...]) -> Landscape:
    return Landscape(draw.randn(*shape), 0.3 * draw.randn(*shape))


def steps(shape: tuple[int, ...], h: float) -> list[Tensor]:
    """h e_i for every entry i, in order."""
    count = torch.Size(shape).numel()
    return [row.reshape(shape) for row in h * torch.eye(count, dtype=F64)]


def central(f: Callable[[Tensor], Tensor], x: Tensor, h: float) -> Tensor:
    """The central differences of f at x, in the shape of x; a row of outputs each if f gives vectors."""
    point = x.double()
    slopes = [(f(point + step) - f(point - step)) / (2 * h) for step in steps(tuple(x.shape), h)]
    return torch.stack(slopes)
