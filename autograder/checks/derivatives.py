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
_MOST = 10_000  # tensors in one result


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


def random_like(tensor: torch.Tensor, draw: Draw) -> torch.Tensor:
    """Dense and of both signs: a backward pass that is right only for one-hot or for all-one output gradients shows."""
    real = draw.randn(*tensor.shape, dtype=torch.float64)
    if tensor.is_complex():
        return torch.complex(real, draw.randn(*tensor.shape)).to(tensor.device, tensor.dtype)
    return real.to(tensor.device, tensor.dtype)


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
        if not pairs:
            results.append([None] * len(leaves))
            current = results[-1]
            continue
        sources, weights = zip(*pairs, strict=True)
        grads = torch.autograd.grad(
            sources, leaves, weights, create_graph=step + 1 < order, retain_graph=True, allow_unused=True
        )
        results.append(list(grads))
        current = grads
    return results


@contextmanager
def students_backward() -> Iterator[None]:
    """What autograd itself refuses in a student's graph is a wrong gradient. What the student's code raised, and the
    end of the sandbox, pass through untouched."""
    try:
        yield
    except (CheckFailure, StudentError, SandboxEnded):
        raise
    except (RuntimeError, TypeError, ValueError, IndexError) as error:
        raise CheckFailure(
            Text(
                "autograd could not go back through the result.",
                "autograd 无法从结果反向传播。",
            ),
            Text(f"\n{clean(str(error), 500)}"),
            reason="gradient",
        ) from None


def no_gradient(what: Text) -> CheckFailure:
    return CheckFailure(
        Text(
            f"{what.en} has no gradient: somewhere the calculation leaves autograd. Look for .detach(), .data, .item(),"
            " NumPy, torch.no_grad(), or a new tensor made from numbers.",
            f"{what.zh}没有梯度：计算在某处脱离了 autograd。请检查 .detach()、.data、.item()、NumPy、torch.no_grad()，"
            "或用数值新建的张量。",
        ),
        reason="gradient",
    )


def call(fn: Callable[..., Any], args: Sequence[Any]) -> Any:
    """The result of fn with gradient recorded, whatever the caller switched off."""
    with torch.enable_grad():
        return fn(*args)
