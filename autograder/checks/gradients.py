"""Are the gradients right? `match` judges them against a reference; `gradcheck` by finite differences; `of` gives them.

`gradcheck` alone can be fooled by the student's process, which computes the backward pass: use `match` first.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.derivatives import ask, flat, judging, leaf, no_gradient
from autograder.checks.describing import is_tensor
from autograder.checks.feedback import CheckFailure
from autograder.checks.matching import Function, match
from autograder.model.text import Text

__all__ = ["gradcheck", "match", "of"]

_LARGEST = 100_000  # elements of a result; the memory gradcheck needs is these times those of the inputs
_MANY = 5000  # input elements above which gradcheck uses random projections


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
    given = tuple(inputs) if isinstance(inputs, tuple | list) else (inputs,)
    args = tuple(_float64(value) if is_tensor(value) else value for value in given)
    size = sum(value.numel() for value in args if is_tensor(value))
    numeric = torch.autograd.gradcheck if order == 1 else torch.autograd.gradgradcheck
    with (
        warnings.catch_warnings(),
        torch.enable_grad(),
        judging("the gradient does not agree with finite differences of the values.", "梯度与函数值的差分不一致。"),
    ):
        warnings.simplefilter("ignore")
        numeric(_checked(fn), args, eps=eps, rtol=rtol, atol=atol, fast_mode=size > _MANY if fast is None else fast)


def _float64(value: torch.Tensor) -> torch.Tensor:
    """A leaf. Finite differences in float32 are noise: that would be the author's mistake."""
    if value.is_floating_point() and value.dtype != torch.float64:
        raise ValueError(f"gradcheck needs float64 inputs, not {value.dtype}")
    return leaf(value.detach().clone())


def _checked(fn: Function) -> Function:
    """The function's results, known to be tensors that carry gradient; results that carry none are left out."""
    carrying: list[int] = []  # found at the first call, so that every call gives the same ones

    def outputs(*args: Any) -> tuple[torch.Tensor, ...]:
        result = ask(fn, args, grad=torch.is_grad_enabled())
        found = flat(result)
        if not found:
            compare.tensor(result)
        if sum(out.numel() for out in found) > _LARGEST:
            raise CheckFailure(Text("the result holds far too many values.", "结果包含的值太多。"), reason="shape")
        if not carrying:
            carrying.extend(place for place, out in enumerate(found) if out.requires_grad)
        if not carrying:
            raise no_gradient()
        return tuple(found[place] for place in carrying)

    return outputs


def of(fn: Function, *inputs: torch.Tensor, grad_output: torch.Tensor | None = None) -> tuple[torch.Tensor, ...]:
    """The gradients of fn(*inputs) with respect to every floating-point input, zeros where nothing flows back.

    `grad_output` weighs the elements of the result and gives its shape; without it, ones."""
    args = [leaf(value) for value in inputs]
    leaves = [value for value in args if value.requires_grad]
    result = compare.tensor(ask(fn, args), shape=None if grad_output is None else tuple(grad_output.shape))
    if not result.requires_grad:
        raise no_gradient()
    weight = torch.ones_like(result) if grad_output is None else grad_output
    with judging("autograd could not go back through the result.", "autograd 无法从结果反向传播。"):
        grads = torch.autograd.grad(result, leaves, weight, allow_unused=True)
    return tuple(torch.zeros_like(x) if grad is None else grad for x, grad in zip(leaves, grads, strict=True))
