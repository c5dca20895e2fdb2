"""Derivatives of whatever a function returned, with every way to go wrong turned into a CheckFailure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch

from autograder.checks.describing import clean, is_tensor
from autograder.checks.feedback import CheckFailure
from autograder.checks.seeding import Draw
from autograder.errors import SandboxEnded, StudentError
from autograder.model.text import Text

Gradients = list[torch.Tensor | None]
RESULT = Text("the result", "结果")
_MOST = 10_000  # tensors in one result
_REFUSALS = (RuntimeError, TypeError, ValueError, AttributeError, LookupError)


def flat(result: Any) -> list[torch.Tensor]:
    """The tensors of a result in order, however it is nested."""
    found: list[torch.Tensor] = []
    waiting = [result]
    while waiting and len(found) < _MOST:
        value = waiting.pop()
        if is_tensor(value):
            found.append(value)
        elif type(value) in (list, tuple):
            waiting.extend(reversed(value))
        elif type(value) is dict:
            waiting.extend(reversed(list(value.values())))
    return found


def leaf(value: torch.Tensor, wanted: bool = True) -> torch.Tensor:
    """The same memory and layout as a new leaf; integers never require gradient."""
    return value.detach().requires_grad_(wanted and (value.is_floating_point() or value.is_complex()))


def random_like(tensor: torch.Tensor, draw: Draw) -> torch.Tensor:
    """Dense and of both signs: a backward pass that is right only for one-hot or for all-one output gradients shows."""
    real = draw.randn(*tensor.shape)
    values = torch.complex(real, draw.randn(*tensor.shape)) if tensor.is_complex() else real
    return values.to(tensor.device, tensor.dtype)


def derivatives(
    outputs: Sequence[torch.Tensor], leaves: Sequence[torch.Tensor], draw: Draw, order: int
) -> list[Gradients]:
    """The gradients of <outputs, random> with respect to the leaves, and for order 2 those of <gradients, random>.
    None where nothing flows back."""
    results: list[Gradients] = []
    current: Sequence[torch.Tensor | None] = outputs
    for step in range(order):
        # each place has its own draw, so that both functions get the same directions whatever they leave out
        pairs = [
            (out, random_like(out, draw.child(f"{step}/{place}")))
            for place, out in enumerate(current)
            if out is not None and out.requires_grad
        ]
        grads: Sequence[torch.Tensor | None] = [None] * len(leaves)
        if pairs:
            sources, weights = zip(*pairs, strict=True)
            more = step + 1 < order
            grads = torch.autograd.grad(
                sources, leaves, weights, create_graph=more, retain_graph=True, allow_unused=True
            )
        results.append(list(grads))
        current = grads
    return results


@contextmanager
def judging(en: str, zh: str) -> Iterator[None]:
    """Inside, whatever a student's value does not allow is a CheckFailure with this sentence. What the student's code
    raised, and the end of the sandbox, pass through untouched; so does our own failure."""
    try:
        yield
    except (CheckFailure, StudentError, SandboxEnded):
        raise
    except _REFUSALS as error:  # torch's GradcheckError is a RuntimeError
        said = clean(f"{type(error).__name__}: {error}", 800)
        raise CheckFailure(Text(en, zh), Text(said, said), reason="gradient") from None


def ask(fn: Callable[..., Any], args: Sequence[Any], *, grad: bool = True) -> Any:
    """The result of the student's function. `fn` may be the check's own few steps around it, such as a sum, which a
    wrong result can make impossible."""
    with torch.set_grad_enabled(grad), judging("the result can't be used for this step.", "结果不能用于这一步计算。"):
        return fn(*args)


def no_gradient(what: Text = RESULT) -> CheckFailure:
    return CheckFailure(
        Text(
            f"{what.en} has no gradient: somewhere the calculation leaves autograd. Look for .detach(), .data, .item(),"
            " NumPy, torch.no_grad(), or a new tensor made from numbers.",
            f"{what.zh}没有梯度：计算在某处脱离了 autograd。请检查 .detach()、.data、.item()、NumPy、torch.no_grad()，"
            "或用数值新建的张量。",
        ),
        reason="gradient",
    )
