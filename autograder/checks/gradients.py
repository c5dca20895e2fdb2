"""Are the gradients right? Judged on the grader's side, against a reference differentiated here.

The backward pass of a student's function is computed by the student's process, so it can lie: be right only for
one-hot output gradients, or only for the tiny steps of a numerical check. `match` therefore compares with the
reference's own gradient, for random output gradients at fresh random points, with calls that want a value and calls
that want a gradient in one shuffled order. `gradcheck` stands beside it, never instead.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.describing import clean, is_tensor
from autograder.checks.feedback import CheckFailure
from autograder.checks.seeding import Draw
from autograder.errors import StudentError
from autograder.model.text import Text

Function = Callable[..., Any]
Tensors = tuple[torch.Tensor, ...]
_MANY = 5000  # input elements above which gradcheck uses random projections


@dataclass(slots=True)
class _Point:
    """One random point: the arguments, which of them are differentiated, and what came of both functions there."""

    inputs: tuple[Any, ...]
    places: tuple[int, ...]
    name: str
    value: Any = None
    got: list[Tensors] = field(default_factory=list)
    want: list[Tensors] = field(default_factory=list)
    want_value: Any = None
    outputs: Any = None


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
    """`fn` has the values and the gradients of `reference` (with order=2 the second derivatives too).

    `make_inputs(draw)` gives the arguments, one tensor or a tuple. Those with requires_grad are differentiated; if
    none has it, every floating-point tensor is."""
    points = [_point(make_inputs, draw.child(f"point {n}")) for n in range(draws)]
    for point in points:
        _ask_reference(reference, point, draw, order)
    steps = [(point, step) for point in points for step in (_ask_value, _ask_gradient)]
    draw.random.shuffle(steps)
    for point, step in steps:
        step(fn, point, draw, order)
    for point in points:
        compare.same(point.value, point.want_value, rtol=rtol, atol=atol)
        compare.same(point.outputs, point.want_value, rtol=rtol, atol=atol)
    for point in points:
        _compare_gradients(point, rtol, atol)


def _point(make_inputs: Callable[[Draw], Any], draw: Draw) -> _Point:
    made = make_inputs(draw)
    inputs = tuple(made) if isinstance(made, tuple | list) else (made,)
    marked = tuple(i for i, x in enumerate(inputs) if is_tensor(x) and x.requires_grad)
    floats = tuple(i for i, x in enumerate(inputs) if is_tensor(x) and (x.is_floating_point() or x.is_complex()))
    if not floats:
        raise ValueError("make_inputs gave no floating-point tensor to differentiate")
    return _Point(inputs, marked or floats, str(draw.new_seed()))


def _leaves(point: _Point, copy: bool) -> tuple[tuple[Any, ...], Tensors]:
    """The arguments as fresh leaves, and those that are differentiated. A copy keeps the reference out of reach."""
    args = list(point.inputs)
    for place, value in enumerate(args):
        if is_tensor(value):
            plain = value.detach()
            args[place] = (plain.clone() if copy else plain).requires_grad_(place in point.places)
    return tuple(args), tuple(args[place] for place in point.places)


def _ask_reference(reference: Function, point: _Point, draw: Draw, order: int) -> None:
    args, leaves = _leaves(point, copy=True)
    outputs = reference(*args)
    point.want_value = _detached(outputs)
    point.want = _derivatives(_flat(outputs), leaves, draw.child(point.name), order)


def _ask_value(fn: Function, point: _Point, draw: Draw, order: int) -> None:
    args, _ = _leaves(point, copy=False)
    with torch.no_grad():
        point.value = fn(*args)


def _ask_gradient(fn: Function, point: _Point, draw: Draw, order: int) -> None:
    args, leaves = _leaves(point, copy=False)
    outputs = fn(*args)
    point.outputs = _detached(outputs)
    flat = _flat(outputs)
    wanted = _flat(point.want_value)
    if len(flat) != len(wanted) or any(a.shape != b.shape for a, b in zip(flat, wanted, strict=True)):
        return  # the comparison of values says what is wrong
    point.got = _guarded(lambda: _derivatives(flat, leaves, draw.child(point.name), order))
