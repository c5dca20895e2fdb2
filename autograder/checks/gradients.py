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
from autograder.checks.derivatives import Gradients, call, derivatives, flat, no_gradient, students_backward
from autograder.checks.describing import clean, is_tensor
from autograder.checks.feedback import CheckFailure
from autograder.checks.seeding import Draw
from autograder.errors import SandboxEnded, StudentError
from autograder.model.text import Text

Function = Callable[..., Any]
_MANY = 5000  # input elements above which gradcheck uses random projections
_RESULT = Text("the result", "结果")


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

    def leaves(self, copy: bool) -> tuple[tuple[Any, ...], tuple[torch.Tensor, ...]]:
        """The arguments as fresh leaves in their own memory layout, and those of them that are differentiated."""
        args = list(self.inputs)
        for place, value in enumerate(args):
            if is_tensor(value):
                plain = value.detach().clone() if copy else value.detach()
                args[place] = plain.requires_grad_(place in self.places)
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
        point.want = call(reference, args)
        point.want_grads = derivatives(flat(point.want), leaves, point.draw, order)
    steps = [(ask, point) for point in points for ask in (_ask_value, _ask_gradient)]
    draw.child("order").random.shuffle(steps)
    for ask, point in steps:
        ask(fn, point)
    for point in points:
        for value in point.values:
            compare.same(value, point.want, rtol=rtol, atol=atol)
    for point in points:
        _judge(point, rtol, atol)


def _point(make_inputs: Callable[[Draw], Any], draw: Draw, order: int) -> _Point:
    made = make_inputs(draw)
    inputs = tuple(made) if isinstance(made, tuple | list) else (made,)
    marked = tuple(n for n, x in enumerate(inputs) if is_tensor(x) and x.requires_grad)
    floats = tuple(n for n, x in enumerate(inputs) if is_tensor(x) and (x.is_floating_point() or x.is_complex()))
    if not floats:
        raise ValueError("make_inputs gave no floating-point tensor to differentiate")
    return _Point(inputs, marked or floats, draw.child("directions"), order)


def _ask_value(fn: Function, point: _Point) -> None:
    args, _ = point.leaves(copy=False)
    with torch.no_grad():
        point.values.append(fn(*args))


def _ask_gradient(fn: Function, point: _Point) -> None:
    args, leaves = point.leaves(copy=False)
    result = call(fn, args)
    point.values.append(result)
    outputs, wanted = flat(result), flat(point.want)
    if [out.shape for out in outputs] != [out.shape for out in wanted]:
        return  # the comparison of values will say what is wrong
    if any(want.requires_grad and not out.requires_grad for out, want in zip(outputs, wanted, strict=True)):
        point.fault = no_gradient(_RESULT)
        return
    kept = [out if want.requires_grad else out.detach() for out, want in zip(outputs, wanted, strict=True)]
    try:
        with students_backward():
            point.grads = derivatives(kept, leaves, point.draw, point.order)
    except (CheckFailure, StudentError) as fault:
        point.fault = fault


def _judge(point: _Point, rtol: float | None, atol: float | None) -> None:
    if point.fault is not None:
        raise point.fault
    for order, (got, want) in enumerate(zip(point.grads, point.want_grads, strict=True)):
        kind = Text("gradient", "梯度") if order == 0 else Text("second derivative", "二阶导数")
        for place, one, other in zip(point.places, got, want, strict=True):
            subject = Text(f"the {kind.en} with respect to argument {place + 1}", f"对第 {place + 1} 个参数的{kind.zh}")
            _same_gradient(one, other, point.inputs[place], subject, (rtol, atol))


def _same_gradient(
    got: torch.Tensor | None,
    want: torch.Tensor | None,
    like: torch.Tensor,
    subject: Text,
    tolerance: tuple[float | None, float | None],
) -> None:
    wanted = torch.zeros_like(like) if want is None else want.detach()
    if got is None and bool(wanted.any()):
        raise CheckFailure(
            Text(f"{subject.en} is missing: nothing flows back to it.", f"{subject.zh}不存在：没有梯度传回去。"),
            reason="gradient",
        )
    given = torch.zeros_like(wanted) if got is None else got
    try:
        compare.same(given, wanted, rtol=tolerance[0], atol=tolerance[1], what=subject.en, zh=subject.zh)
    except CheckFailure as failure:
        raise CheckFailure(failure.summary, failure.values, reason="gradient") from None


def gradcheck(  # noqa: PLR0913  # the knobs of torch's own gradcheck
    fn: Function,
    inputs: torch.Tensor | Sequence[Any],
    *,
    order: int = 1,
    eps: float = 1e-6,
    rtol: float = 1e-3,
    atol: float = 1e-5,
    fast: bool | None = None,
) -> None:
    """`fn` agrees with finite differences at `inputs` (float64, away from kinks). Never the only check."""
    args = tuple(inputs) if isinstance(inputs, tuple | list) else (inputs,)
    args = tuple(_leaf(value) for value in args)
    size = sum(value.numel() for value in args if is_tensor(value))
    numeric = torch.autograd.gradcheck if order == 1 else torch.autograd.gradgradcheck
    try:
        with warnings.catch_warnings(), torch.enable_grad():
            warnings.simplefilter("ignore")
            numeric(_checked(fn), args, eps=eps, rtol=rtol, atol=atol, fast_mode=size > _MANY if fast is None else fast)
    except (CheckFailure, StudentError, SandboxEnded):
        raise
    except (RuntimeError, TypeError, ValueError, IndexError) as error:  # GradcheckError is a RuntimeError
        raise CheckFailure(
            Text("the gradient does not agree with finite differences of the values.", "梯度与函数值的差分不一致。"),
            Text(clean(str(error), 800)),
            reason="gradient",
        ) from None


def _leaf(value: Any) -> Any:
    """Floating-point tensors become leaves. An input that torch's gradcheck can't take is the author's mistake."""
    if not is_tensor(value) or not value.is_floating_point():
        return value
    if value.dtype != torch.float64:
        raise ValueError(f"gradcheck needs float64 inputs, not {value.dtype}")
    return value.detach().clone().requires_grad_(True)


def _checked(fn: Function) -> Function:
    """The function with its results known to be tensors that carry gradient, the rest left out."""

    def outputs(*args: Any) -> tuple[torch.Tensor, ...]:
        result = fn(*args)
        found = flat(result)
        if not found:
            compare.tensor(result)
            raise compare.wrong_type(result, Text("tensor", "张量"), _RESULT)
        carrying = tuple(out for out in found if out.requires_grad)
        if not carrying:
            raise no_gradient(_RESULT)
        return carrying

    return outputs


def of(fn: Function, *inputs: torch.Tensor, grad_output: torch.Tensor | None = None) -> tuple[torch.Tensor, ...]:
    """The gradients of fn(*inputs) with respect to every floating-point input, zeros where nothing flows back.

    A result that is not one number needs `grad_output` of its shape; without it, ones."""
    args = [x.detach().requires_grad_(x.is_floating_point() or x.is_complex()) for x in inputs]
    leaves = [x for x in args if x.requires_grad]
    result = compare.tensor(call(fn, args), shape=None if grad_output is None else tuple(grad_output.shape))
    if not result.requires_grad:
        raise no_gradient(_RESULT)
    weight = torch.ones_like(result) if grad_output is None else grad_output
    with students_backward():
        grads = torch.autograd.grad(result, leaves, weight, allow_unused=True)
    return tuple(torch.zeros_like(x) if g is None else g for x, g in zip(leaves, grads, strict=True))
