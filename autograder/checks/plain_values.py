"""Compare plain values: numbers, strings, tuples, dictionaries. Types matter: True is not 1, and 1.0 is not 1.

Everything here may be handed whatever a student's code returned, and ends in a value or in a CheckFailure. The walk
follows the expected value, so it is as deep and as long as the check's author made it, never the student.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.checks.describing import described, is_array, is_tensor, show
from autograder.checks.differences import rough
from autograder.checks.feedback import CheckFailure
from autograder.model.text import Text

_PLAIN = (bool, int, float, complex, str, bytes, type(None), list, tuple, dict, set, slice, torch.Tensor, np.ndarray)
_MAX_ITEMS = 1_000_000


def both(got: Any, want: Any) -> Text:
    """What came back and what was expected, for visible checks."""
    return Text(f"got: {show(got)}\nexpected: {show(want)}", f"得到：{show(got)}\n应为：{show(want)}")


def wrong_type(got: Any, want: Text, subject: Text) -> CheckFailure:
    kind = described(got)
    missing = got is None
    return CheckFailure(
        Text(
            f"{subject.en} should be a {want.en}, but it is {'None' if missing else 'a ' + kind.en}."
            + (" Is a return statement missing?" if missing else ""),
            f"{subject.zh}应当是 {want.zh}，却是 {kind.zh}。" + ("是不是少了 return 语句？" if missing else ""),
        ),
        Text(f"got: {show(got)}", f"得到：{show(got)}"),
        reason="type",
    )


def is_type(got: Any, kind: Any, what: str = "the result", zh: str = "结果") -> Any:
    """`got` itself if it is a `kind` (a type, a tuple of types, or a class of the submission). True is not an int.

    Plain data is told by its real type. What a remote object says of itself is the student's claim."""
    kinds = kind if type(kind) is tuple else (kind,)
    if any(_is_kind(got, one) for one in kinds):
        return got
    names = " or ".join(_type_name(one) for one in kinds)
    raise wrong_type(got, Text(names, names.replace(" or ", " 或 ")), Text(what, zh))


def _is_kind(got: Any, kind: Any) -> bool:
    if type(kind) is type and kind in _PLAIN:
        return type(got) is kind or (kind is tuple and type(got) is torch.Size)
    if issubclass(type(kind), type) and issubclass(type(got), kind):
        return True
    return not issubclass(type(got), _PLAIN) and isinstance(got, kind)


def _type_name(kind: Any) -> str:
    return kind.__name__ if issubclass(type(kind), type) else "object of the class you were asked to write"


def equal(got: Any, want: Any, what: str = "the result", zh: str = "结果") -> None:
    """Exactly the plain value `want`, of exactly its types; a torch.Size counts as a tuple, nan equals nan."""
    subject = Text(what, zh)
    if not _same_kind(got, want):
        raise wrong_type(got, described_type(want), subject)
    if not _equal(got, want):
        raise CheckFailure(
            Text(f"{what} is a {described_type(want).en}, as it should be, but not the right one.",
                 f"{zh}的类型 {described_type(want).zh} 是对的，但值不对。"),
            both(got, want),
            reason="value",
        )  # fmt: skip


def described_type(want: Any) -> Text:
    """The kind of the expected value without its size, which may be part of the answer."""
    if is_tensor(want):
        return Text("tensor", "张量")
    if is_array(want):
        return Text("NumPy array", "NumPy 数组")
    name = {"NoneType": "None", "Size": "tuple", "str": "string"}.get(type(want).__name__, type(want).__name__)
    return Text(name, name)


def _same_kind(got: Any, want: Any) -> bool:
    if type(want) in (tuple, torch.Size):
        return type(got) in (tuple, torch.Size)
    return type(got) is type(want)


def _equal(got: Any, want: Any) -> bool:
    if not _same_kind(got, want):
        return False
    kind: Any = type(want)
    alike = _ALIKE.get(kind, _alike_tensors if is_tensor(want) else _alike_arrays if is_array(want) else _identical)
    return alike(got, want)


def _alike_sequences(got: Any, want: Any) -> bool:
    return len(got) == len(want) and all(_equal(one, other) for one, other in zip(got, want, strict=True))


def _alike_dicts(got: Any, want: Any) -> bool:
    return _alike_sets(set(got), set(want)) and all(_equal(got[key], want[key]) for key in want)


def _alike_sets(got: Any, want: Any) -> bool:
    """Members count with their types, so that {1} is not {True}."""
    return len(got) == len(want) and {(type(one), one) for one in got} == {(type(one), one) for one in want}


def _alike_floats(got: float, want: float) -> bool:
    return got == want or (math.isnan(got) and math.isnan(want))


def _alike_tensors(got: torch.Tensor, want: torch.Tensor) -> bool:
    alike = got.shape == want.shape and got.dtype == want.dtype and got.device == want.device
    return alike and torch.equal(got.detach(), want.detach())


def _alike_arrays(got: np.ndarray, want: np.ndarray) -> bool:
    return got.shape == want.shape and got.dtype == want.dtype and bool((got == want).all())


def _identical(got: Any, want: Any) -> bool:
    return bool(got == want)


_ALIKE: dict[Any, Callable[[Any, Any], bool]] = {
    list: _alike_sequences,
    tuple: _alike_sequences,
    torch.Size: _alike_sequences,
    dict: _alike_dicts,
    set: _alike_sets,
    float: _alike_floats,
}


def number(  # a tolerance and two languages
    got: Any,
    want: float | None = None,
    rtol: float = 1e-7,
    atol: float = 1e-7,
    what: str = "the result",
    zh: str = "结果",
) -> float:
    """`got` as a float: a Python or NumPy number (never a bool, a tensor or a string), close to `want` if given.

    Without `want` any finite number will do: use it before calculating with something a student returned."""
    subject = Text(what, zh)
    kind = type(got)
    if kind is bool or not issubclass(kind, int | float | np.integer | np.floating):
        raise wrong_type(got, Text("number", "数"), subject)
    try:
        value = float(got)
    except OverflowError:
        value = math.inf
    if want is None and not math.isfinite(value):
        raise _not_finite(value, subject)
    if want is not None and not _close(value, float(want), rtol, atol):
        raise _wrong_number(value, float(want), subject)
    return value


def _close(got: float, want: float, rtol: float, atol: float) -> bool:
    if math.isnan(want):
        return math.isnan(got)
    return got == want or (math.isfinite(want) and abs(got - want) <= atol + rtol * abs(want))


def _wrong_number(got: float, want: float, subject: Text) -> CheckFailure:
    if not math.isfinite(got) and math.isfinite(want):
        failure = _not_finite(got, subject)
        return CheckFailure(failure.summary, both(got, want), reason="value")
    size = abs(got - want)
    known = math.isfinite(size) and size > 0
    return CheckFailure(
        Text(
            f"{subject.en} is not the number that was expected"
            + (f"; it differs by about {rough(size)}." if known else "."),
            f"{subject.zh}不是预期的数" + (f"，差约 {rough(size)}。" if known else "。"),
        ),
        both(got, want),
        reason="value",
    )


def _not_finite(value: float, subject: Text) -> CheckFailure:
    name = "nan" if math.isnan(value) else "infinite"
    zh = "nan" if math.isnan(value) else "无穷大"
    return CheckFailure(
        Text(f"{subject.en} is {name} where a finite number was expected.", f"{subject.zh}是 {zh}，本该是有限的数。"),
        reason="value",
    )


def items(
    got: Any, count: int | None = None, kind: type = tuple, what: str = "the result", zh: str = "结果"
) -> list[Any]:
    """The items of a tuple (or list, by `kind`), `count` of them if given: use it before unpacking."""
    is_type(got, kind, what, zh)
    if len(got) > _MAX_ITEMS or (count is not None and len(got) != count):
        wanted = Text("fewer", "更少的") if count is None else Text(str(count), str(count))
        raise CheckFailure(
            Text(f"{what} should hold {wanted.en} items, but it holds {len(got)}.",
                 f"{zh}应当有 {wanted.zh} 项，却有 {len(got)} 项。"),
            Text(f"got: {show(got)}", f"得到：{show(got)}"),
            reason="shape",
        )  # fmt: skip
    return list(got)
