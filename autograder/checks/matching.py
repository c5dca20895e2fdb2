"""Compare the gradients of a student's function with those of a reference, in a way that can't be foreseen.

The backward pass of a student's function is computed by the student's process, so it can lie: be right only for
one-hot output gradients, or only for the tiny steps of a numerical check. So the reference is differentiated here, the
output gradients are random and dense, the points are fresh, and calls that want a value and calls that want a gradient
come in one shuffled order. Values are judged before gradients.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.derivatives import Gradients, ask, derivatives, flat, judging, leaf, no_gradient
from autograder.checks.describing import is_tensor
from autograder.checks.feedback import CheckFailure
from autograder.checks.seeding import Draw
from autograder.errors import StudentError
from autograder.model.text import Text

Function = Callable[..., Any]
_Tolerance = tuple[float | None, float | None]


@dataclass(slots=True)
class _Point:
    """One random point: the arguments, which of them are differentiated, and what came of both functions there."""

    inputs: tuple[Any, ...]
    places: tuple[int, ...]
    draw: Draw
    order: int
    want: Any = None
    want_grads: list[Gradients] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    grads: list[Gradients] = field(default_factory=list)
    fault: CheckFailure | StudentError | None = None  # of the backward pass; values are judged first

    def leaves(self, copy: bool = False) -> tuple[tuple[Any, ...], tuple[torch.Tensor, ...]]:
        """The arguments as fresh leaves, and those of them that are differentiated. The student gets them in their own
        memory layout; the reference works on copies."""
        args = list(self.inputs)
        for place, value in enumerate(args):
            if is_tensor(value):
                args[place] = leaf(value.detach().clone() if copy else value, place in self.places)
        return tuple(args), tuple(args[place] for place in self.places)


def match(  # noqa: PLR0913  # the contract of every differentiable task
    fn: Function,
    reference: Function,
    make_inputs: Callable[[Draw], Any],
    draw: Draw,
    *,
    draws: int = 3,
    order: int = 1,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """`fn` has the values and the gradients of `reference`, and with order=2 the second derivatives.

    `make_inputs(draw)` gives the arguments: one tensor, or a tuple that may hold anything. Tensors with requires_grad
    are differentiated; if none has it, every floating-point tensor is. Tolerances as in `compare.same`."""
    points = [_point(make_inputs, draw.child(f"point {n}"), order) for n in range(draws)]
    for point in points:
        args, leaves = point.leaves(copy=True)
        with torch.enable_grad():
            point.want = reference(*args)
            point.want_grads = derivatives(flat(point.want), leaves, point.draw, order)
    steps = [(step, point) for point in points for step in (_ask_value, _ask_gradient)]
    draw.child("order").random.shuffle(steps)
    for step, point in steps:
        step(fn, point)
    for point in points:
        for value in point.values:
            compare.same(value, point.want, rtol=rtol, atol=atol)
    for point in points:
        _judge(point, (rtol, atol))


def _point(make_inputs: Callable[[Draw], Any], draw: Draw, order: int) -> _Point:
    made = make_inputs(draw)
    inputs = tuple(made) if isinstance(made, tuple | list) else (made,)
    marked = tuple(n for n, x in enumerate(inputs) if is_tensor(x) and x.requires_grad)
    floats = tuple(n for n, x in enumerate(inputs) if is_tensor(x) and (x.is_floating_point() or x.is_complex()))
    if not floats:
        raise ValueError("make_inputs gave no floating-point tensor to differentiate")
    return _Point(inputs, marked or floats, draw.child("directions"), order)


def _ask_value(fn: Function, point: _Point) -> None:
    point.values.append(ask(fn, point.leaves()[0], grad=False))


def _ask_gradient(fn: Function, point: _Point) -> None:
    args, leaves = point.leaves()
    result = ask(fn, args)
    point.values.append(result)
    outputs, wanted = flat(result), flat(point.want)
    if [out.shape for out in outputs] != [out.shape for out in wanted]:
        return  # the comparison of values will say what is wrong
    if any(want.requires_grad and not out.requires_grad for out, want in zip(outputs, wanted, strict=True)):
        point.fault = no_gradient()
        return
    kept = [out if want.requires_grad else out.detach() for out, want in zip(outputs, wanted, strict=True)]
    try:
        with judging("autograd could not go back through the result.", "autograd 无法从结果反向传播。"):
            point.grads = derivatives(kept, leaves, point.draw, point.order)
    except (CheckFailure, StudentError) as fault:
        point.fault = fault


def _judge(point: _Point, tolerance: _Tolerance) -> None:
    if point.fault is not None:
        raise point.fault
    for order, (got, want) in enumerate(zip(point.grads, point.want_grads, strict=True)):
        kind = Text("second derivative", "二阶导数") if order else Text("gradient", "梯度")
        for place, one, other in zip(point.places, got, want, strict=True):
            subject = Text(f"the {kind.en} with respect to argument {place + 1}", f"对第 {place + 1} 个参数的{kind.zh}")
            _same_gradient(one, torch.zeros_like(point.inputs[place]) if other is None else other, subject, tolerance)


def _same_gradient(got: torch.Tensor | None, want: torch.Tensor, subject: Text, tolerance: _Tolerance) -> None:
    if got is None and bool(want.any()):
        raise CheckFailure(
            Text(f"{subject.en} is missing: nothing flows back to it.", f"{subject.zh}不存在：没有梯度传回去。"),
            reason="gradient",
        )
    given = torch.zeros_like(want) if got is None else got
    try:
        compare.same(given, want, rtol=tolerance[0], atol=tolerance[1], what=subject.en, zh=subject.zh)
    except CheckFailure as failure:
        raise CheckFailure(failure.summary, failure.values, reason="gradient") from None
