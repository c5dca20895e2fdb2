"""Is it what was expected, and if not: type, device, shape, dtype, nan, then value, in this order.

This is what check authors import. Every function takes what a student's code returned, whatever it is, and returns
quietly or raises CheckFailure.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import differences, ideas
from autograder.checks.describing import is_array, is_tensor
from autograder.checks.feedback import CheckFailure
from autograder.checks.kinds import both, is_type, items, wrong_type
from autograder.checks.plain_values import equal, number
from autograder.checks.properties import finite, raises, require, unchanged
from autograder.checks.tensors import name, on_device, tensor, wrong_dtype, wrong_shape
from autograder.checks.views import View, view
from autograder.model.text import Text

__all__ = [
    "CheckFailure",
    "View",
    "equal",
    "finite",
    "is_type",
    "items",
    "number",
    "raises",
    "require",
    "same",
    "tensor",
    "unchanged",
    "view",
]

_Tolerance = tuple[float | None, float | None, float]  # rtol, atol, scale
_VALUES_RIGHT = Text(" Its values are right.", "数值是对的。")


def same(  # noqa: PLR0913  # a tolerance and two languages
    got: Any,
    want: Any,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    what: str = "the result",
    zh: str = "结果",
    scale: float = 1.0,
) -> None:
    """`got` equals `want`: a tensor, an array, a number, a plain value, or tuples, lists and dicts of these.

    The default tolerance follows the dtype of `want`: float64 1e-7, float32 rtol 1e-4 and atol 1e-5, halves 2e-2,
    integers and booleans exactly. `scale` multiplies atol, for results whose size grows (sqrt(k/64) for sums of k).
    nan equals only nan."""
    _same(got, want, (rtol, atol, scale), Text(what, zh))


def _same(got: Any, want: Any, tolerance: _Tolerance, subject: Text) -> None:
    if is_tensor(want):
        _same_tensor(tensor(got, what=subject.en, zh=subject.zh), want, tolerance, subject)
    elif is_array(want):
        if not is_array(got):
            raise wrong_type(got, Text("NumPy array", "NumPy 数组"), subject)
        _same_tensor(_from_array(got), _from_array(want), tolerance, subject)
    elif type(want) in (list, tuple, torch.Size):
        kind = list if type(want) is list else tuple
        pairs = zip(items(got, len(want), kind, subject.en, subject.zh), want, strict=True)
        for place, (one, other) in enumerate(pairs):
            _same(one, other, tolerance, Text(f"{subject.en}[{place}]", f"{subject.zh}[{place}]"))
    elif type(want) is dict:
        _same_dict(got, want, tolerance, subject)
    elif issubclass(type(want), float | np.floating):
        rtol, atol = _resolve(torch.float64, tolerance)
        number(got, float(want), rtol, atol, what=subject.en, zh=subject.zh)
    elif type(want) is complex and type(got) is complex:
        _same_tensor(torch.tensor(got), torch.tensor(want), tolerance, subject)
    else:
        equal(got, want, what=subject.en, zh=subject.zh)


def _resolve(dtype: torch.dtype, tolerance: _Tolerance) -> tuple[float, float]:
    rtol, atol, scale = tolerance
    default_rtol, default_atol = differences.tolerance(dtype)
    return default_rtol if rtol is None else rtol, (default_atol if atol is None else atol) * scale


def _from_array(array: np.ndarray) -> torch.Tensor:
    """A copy, for the received one is read-only and may be in another byte order. What torch can't hold (strings,
    records) becomes booleans, which equal no numbers."""
    if array.dtype.kind not in "biufc" or array.dtype.itemsize > 16:
        return torch.zeros(array.shape, dtype=torch.bool)
    return torch.from_numpy(np.array(array, dtype=array.dtype.newbyteorder("="), order="C"))


def _same_dict(got: Any, want: dict[Any, Any], tolerance: _Tolerance, subject: Text) -> None:
    is_type(got, dict, subject.en, subject.zh)
    if len(got) != len(want) or any(key not in got for key in want):
        raise CheckFailure(
            Text(f"{subject.en} has other keys than expected.", f"{subject.zh}的键与预期不同。"),
            both(list(got), list(want)),
            reason="value",
        )
    entry = Text(f"an entry of {subject.en}", f"{subject.zh}中的一项")
    for key, value in want.items():  # keys are not named: they may come from a hidden input
        _same(got[key], value, tolerance, entry)


def _same_tensor(got: torch.Tensor, want: torch.Tensor, tolerance: _Tolerance, subject: Text) -> None:
    rtol, atol = _resolve(want.dtype, tolerance)
    on_device(got, want.device, subject)
    if got.shape != want.shape:
        raise wrong_shape(got, want.shape, subject, ideas.for_shape(got, want, rtol, atol))
    if got.dtype != want.dtype:
        loose = (max(rtol, 1e-6), max(atol, 1e-6))
        right = want.numel() > 0 and differences.differs(got, want, *loose) is None
        raise wrong_dtype(got, name(want.dtype), subject, _VALUES_RIGHT if right else Text())
    difference = differences.differs(got, want, rtol, atol)
    if difference is not None:
        idea = ideas.for_values(got, want, rtol, atol)
        raise CheckFailure(
            differences.say(difference, subject) + idea[0],
            differences.say_values(difference, got, want) + idea[1],
            reason="nan" if difference.nans else "value",
        )
