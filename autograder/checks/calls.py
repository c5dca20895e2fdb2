"""Describe a call for a message: `softmax(float64 tensor of shape (3, 5), dim=int)`; values where they may show."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks.describing import described, shown
from autograder.checks.views import View
from autograder.model.text import Text

_LONGEST = 300
_LONGEST_ARGUMENT = 80


def describe_call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, values: bool) -> Text:
    """The call with its arguments: by type, shape and dtype; with `values` short arguments are written out."""
    parts = [_argument(arg, values) for arg in args]
    parts += [Text(f"{key}=", f"{key}=") + _argument(value, values) for key, value in kwargs.items()]
    return Text(_call(name, [part.en for part in parts]), _call(name, [part.zh for part in parts]))


def _call(name: str, parts: list[str]) -> str:
    text = f"{name}({', '.join(parts)})"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 4] + " …)"


def _argument(value: Any, values: bool) -> Text:
    if type(value) is View:
        value = value.base[value.index]
    if isinstance(value, torch.Tensor):
        return _plain(" ".join(repr(value.detach()).split())) if values and value.numel() <= 12 else described(value)
    if value is None or isinstance(value, (torch.dtype, torch.device)):
        return _plain(str(value))
    if callable(value):
        name = getattr(value, "__name__", "<lambda>")
        return Text("a function", "一个函数") if name == "<lambda>" else _plain(name)
    return _short(value) if values else _plain(type(value).__name__)


def _short(value: Any) -> Text:
    """The value written out; of one that is too long, what it is or how it begins."""
    text = shown(value)
    if max(len(text.en), len(text.zh)) <= _LONGEST_ARGUMENT:
        return text
    if type(value) in (list, tuple, dict, set):
        return described(value)
    return Text(*(each[: _LONGEST_ARGUMENT - 2] + " …" for each in (text.en, text.zh)))


def _plain(text: str) -> Text:
    return Text(text, text)
