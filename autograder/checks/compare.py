"""Is it the tensor that was expected, and if not: type, shape, dtype, device, nan, then value, in this order.

Every function takes what a student's code returned, whatever it is, and returns quietly or raises CheckFailure.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import differences, ideas
from autograder.checks.describing import is_array, is_tensor, show, size_text
from autograder.checks.feedback import CheckFailure
from autograder.checks.plain_values import both, equal, is_type, items, number, wrong_type
from autograder.checks.properties import finite, raises, require, unchanged
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

Shape = tuple[int | None, ...]


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


_Tolerance = tuple[float | None, float | None, float]


def _same(got: Any, want: Any, tolerance: _Tolerance, subject: Text) -> None:
    if is_tensor(want):
        _same_tensor(tensor(got, what=subject.en, zh=subject.zh), want, tolerance, subject)
    elif is_array(want):
        if not is_array(got):
            raise wrong_type(got, Text("NumPy array", "NumPy 数组"), subject)
        _same_tensor(_from_array(got), _from_array(want), tolerance, subject)
    elif type(want) in (list, tuple, torch.Size):
        for place, (one, other) in enumerate(zip(items(got, len(want), _kind(want), *_both(subject)), want)):  # noqa: B905
            _same(one, other, tolerance, Text(f"{subject.en}[{place}]", f"{subject.zh}[{place}]"))
    elif type(want) is dict:
        _same_dict(got, want, tolerance, subject)
    elif issubclass(type(want), float | np.floating):
        rtol, atol = _resolve(torch.float64, tolerance)
        number(got, float(want), rtol, atol, *_both(subject))
    else:
        equal(got, want, *_both(subject))


def _both(subject: Text) -> tuple[str, str]:
    return subject.en, subject.zh


def _kind(want: Any) -> type:
    return list if type(want) is list else tuple


def _resolve(dtype: torch.dtype, tolerance: _Tolerance) -> tuple[float, float]:
    rtol, atol, scale = tolerance
    default_rtol, default_atol = differences.tolerance(dtype)
    return default_rtol if rtol is None else rtol, (default_atol if atol is None else atol) * scale


def _from_array(array: np.ndarray) -> torch.Tensor:
    """torch has no strings and no structured types; such an array equals nothing that a check expects."""
    if array.dtype.kind not in "biufc" or array.dtype.itemsize > 16:
        return torch.empty(array.shape, dtype=torch.bool)
    return torch.from_numpy(np.array(array, order="C"))  # a copy: the received one may be read-only


def _same_dict(got: Any, want: dict[Any, Any], tolerance: _Tolerance, subject: Text) -> None:
    is_type(got, dict, *_both(subject))
    if len(got) != len(want) or any(key not in got for key in want):
        raise CheckFailure(
            Text(f"{subject.en} has other keys than expected.", f"{subject.zh}的键与预期不同。"),
            both(list(got), list(want)),
            reason="value",
        )
    entry = Text(f"an entry of {subject.en}", f"{subject.zh}中的一项")
    for key, value in want.items():  # keys are not named: they may come from a hidden input
        _same(got[key], value, tolerance, entry)


def tensor(  # what a tensor is, and two languages
    got: Any,
    *,
    shape: Shape | None = None,
    dtype: torch.dtype | tuple[torch.dtype, ...] | None = None,
    device: torch.device | str | None = None,
    what: str = "the result",
    zh: str = "结果",
) -> torch.Tensor:
    """`got`, known to be a tensor of this shape (None: any size there), dtype (one of a tuple) and device.

    Use it before calculating with what a student returned."""
    subject = Text(what, zh)
    if not is_tensor(got):
        raise wrong_type(got, Text("tensor", "张量"), subject)
    if shape is not None and not _fits(got.shape, shape):
        raise wrong_shape(got, shape, subject)
    allowed = dtype if isinstance(dtype, tuple) else (dtype,)
    if dtype is not None and got.dtype not in allowed:
        raise _wrong("dtype", str(got.dtype)[6:], " or ".join(str(one)[6:] for one in allowed), subject)
    if device is not None and got.device.type != torch.device(device).type:
        raise _wrong("device", got.device.type, torch.device(device).type, subject)
    result: torch.Tensor = got
    return result


def _fits(got: torch.Size, want: Shape) -> bool:
    return len(got) == len(want) and all(size in (None, have) for have, size in zip(got, want, strict=True))


def wrong_shape(got: torch.Tensor, want: Shape, subject: Text, idea: ideas.Idea = ideas.NONE) -> CheckFailure:
    have = size_text(got.shape)
    wanted = size_text(want) if None not in want else f"({', '.join('any' if s is None else str(s) for s in want)})"
    return CheckFailure(
        Text(f"{subject.en} has shape {have}, expected {wanted}.", f"{subject.zh}的形状是 {have}，应为 {wanted}。")
        + idea[0],
        Text(f"got: {show(got)}", f"得到：{show(got)}") + idea[1],
        reason="shape",
    )


def _wrong(kind: str, got: str, want: str, subject: Text, more: Text = Text()) -> CheckFailure:  # noqa: B008
    zh = {"dtype": "数据类型", "device": "设备"}[kind]
    return CheckFailure(
        Text(f"{subject.en} has {kind} {got}, expected {want}.", f"{subject.zh}的{zh}是 {got}，应为 {want}。") + more,
        reason=kind,
    )


_VALUES_RIGHT = Text(" Its values are right.", "数值是对的。")


def _same_tensor(got: torch.Tensor, want: torch.Tensor, tolerance: _Tolerance, subject: Text) -> None:
    rtol, atol = _resolve(want.dtype, tolerance)
    if got.device.type != want.device.type:
        raise _wrong("device", got.device.type, want.device.type, subject)
    if got.shape != want.shape:
        raise wrong_shape(got, tuple(want.shape), subject, ideas.for_shape(got, want, rtol, atol))
    if got.dtype != want.dtype:
        loose = (max(rtol, 1e-6), max(atol, 1e-6))
        right = want.numel() and differences.differs(got, want, *loose) is None
        more = _VALUES_RIGHT if right else Text()
        raise _wrong("dtype", str(got.dtype)[6:], str(want.dtype)[6:], subject, more)
    difference = differences.differs(got, want, rtol, atol)
    if difference is not None:
        idea = ideas.for_values(got, want, rtol, atol)
        raise CheckFailure(
            differences.say(difference, subject) + idea[0],
            differences.say_values(difference, got, want) + idea[1],
            reason="nan" if difference.nans else "value",
        )
