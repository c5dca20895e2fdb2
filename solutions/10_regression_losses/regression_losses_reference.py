"""What the hidden checks of topic 10 share: predictions with labels, shapes that don't fit, the formulas, what may not
be used."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.seeding import Draw, float_type

F64, F32 = torch.float64, torch.float32
NAMES = ("l1", "l2", "huber")
LOSSES = {
    "F.mse_loss", "F.l1_loss", "F.huber_loss", "F.smooth_l1_loss", "F.pairwise_distance",
    "nn.MSELoss", "nn.L1Loss", "nn.HuberLoss", "nn.SmoothL1Loss", "torch.nn.modules.loss.*", "scipy.*",
}  # fmt: skip
OPERATIONS = {"aten::mse_loss", "aten::huber_loss", "aten::smooth_l1_loss", "aten::l1_loss"}
AUTOGRAD = {
    "torch.autograd.*", "torch.func.*", "torch.gradient", "torch.enable_grad", ".backward", ".grad", ".requires_grad_",
    "torch.inference_mode", "functorch.*", "numpy.*", "scipy.*", "sympy.*",
}  # fmt: skip
MISFITS = (((4, 1), (4,)), ((4,), (4, 1)), ((4,), ()), ((), (4,)), ((4,), (1,)), ((3, 2), (2, 3)), ((3, 2), (2,)))
FLAT_MISFITS = (((4, 1), (4,)), ((4,), (4, 1)), ((4,), (1,)), ((1,), (4,)), ((4,), (3,)))


def pair(draw: Draw, number: int = 0, dims: int | None = None) -> tuple[Tensor, Tensor]:
    """Predictions and labels of one shape; errors small and large, of both signs, but no error near 0 or 1."""
    shape = draw.sizes(number % 4 if dims is None else dims, 2, 6)
    dtype, y = float_type(number // 3), 3 * draw.randn(*shape)
    sizes = torch.where(draw.uniform(0, 1, *shape) < 0.5, draw.uniform(0.1, 0.9, *shape), draw.uniform(1.1, 6, *shape))
    p = y + sizes * (2 * draw.integers(0, 2, *shape) - 1)
    return draw.layout(p.to(dtype), number), draw.layout(y.to(dtype), number // 2)


def l2(p: Tensor, y: Tensor) -> Tensor:
    return 0.5 * (p - y).square()


def l1(p: Tensor, y: Tensor) -> Tensor:
    return (p - y).abs()


def mean_huber(p: Tensor, y: Tensor, delta: float = 1.0) -> Tensor:
    inner = (p - y).clamp(-delta, delta)
    return (inner * (p - y) - inner.square() / 2).mean()


def mean_slopes(name: str, p: Tensor, y: Tensor) -> Tensor:
    e = p - y
    return {"l1": e.sign(), "l2": e, "huber": e.clamp(-1, 1)}[name] / len(e)


def refuses(fn: Callable[..., Any], draw: Draw, shapes: tuple[Any, ...], shift: float = 0.0) -> None:
    """fn(p, y) raises ValueError for every pair of shapes that don't fit."""
    for one, other in shapes:
        compare.raises(ValueError, fn, draw.randn(*one).abs() + shift, draw.randn(*other).abs() + shift)


def leaves_alone(submission: Any, draw: Draw, name: str, *rest: Any, want: Callable[..., Tensor]) -> None:
    """The function gives the right value and does not touch p and y, in three memory layouts."""
    for number in range(3):
        p, y = (draw.layout(draw.uniform(2, 9, 5), number) for _ in range(2))
        seen = submission.observe(name, p, y, *rest)
        compare.same(seen.result, want(p, y))
        compare.unchanged(p, seen.args[0], "p")
        compare.unchanged(y, seen.args[1], "y")


def from_scratch(submission: Any, name: str, seen: Any) -> None:
    """Two guards: the names in the source, and the operations that ran (a claim, but it sees through spellings)."""
    source_rules.forbid_names(submission.source, LOSSES, within=name)
    source_rules.forbid_ops(seen, OPERATIONS)


def with_outliers(draw: Draw) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """X (400, d), labels of a linear model with noise 0.1, and its w and b. One label in ten is 20 to 40 too high."""
    d = draw.size(2, 4)
    X, w, b = draw.randn(400, d), draw.uniform(1.2, 2, d) * (2 * draw.integers(0, 2, d) - 1), draw.uniform(-2, 2)
    y = X @ w + b + 0.1 * draw.randn(400)
    y[draw.permutation(400)[:40]] += draw.uniform(20, 40, 40)
    return X, y, w, b


def off_by(pair: Any, w: Tensor, b: Tensor) -> tuple[float, float]:
    """The largest error of w and the error of b of what a fit returned."""
    got_w, got_b = compare.items(pair, 2, tuple, "the result", "结果")
    got_w = compare.tensor(got_w, shape=tuple(w.shape), dtype=w.dtype, what="w", zh="w").detach()
    got_b = compare.tensor(got_b, shape=(), dtype=b.dtype, what="b", zh="b").detach()
    return _gap(got_w - w), _gap(got_b - b)


def _gap(off: Tensor) -> float:
    gap = off.abs().max().item()
    return math.inf if math.isnan(gap) else gap
