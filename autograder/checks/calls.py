"""Describe a call for a message: `softmax(float64 tensor of shape (3, 5), dim=int)`; values where they may show."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks.feedback import describe, show

_LONGEST = 300


def describe_call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, values: bool) -> str:
    """The call with its arguments: by type, shape and dtype; with `values` short arguments are written out."""
    parts = [_argument(arg, values) for arg in args]
    parts += [f"{key}={_argument(value, values)}" for key, value in kwargs.items()]
    text = f"{name}({', '.join(parts)})"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 4] + "...)"


def _argument(value: Any, values: bool) -> str:
    if isinstance(value, torch.Tensor):
        if values and value.numel() <= 12:
            return " ".join(repr(value.detach()).split())
        return describe(value)
    if value is None or isinstance(value, (torch.dtype, torch.device)):
        return str(value)
    if callable(value):
        return getattr(value, "__name__", "a function").replace("<lambda>", "a function")
    return show(value)[:80] if values else type(value).__name__
