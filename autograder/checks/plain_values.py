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

from autograder.checks.describing import is_array, is_tensor
from autograder.checks.differences import rough
from autograder.checks.feedback import CheckFailure
from autograder.checks.kinds import both, same_kind, type_of, wrong_type
from autograder.model.text import Text


def equal(got: Any, want: Any, what: str = "the result", zh: str = "结果") -> None:
    """Exactly the plain value `want`, of exactly its types; a torch.Size counts as a tuple, nan equals nan."""
    kind = type_of(want)
    if not same_kind(got, want):
        raise wrong_type(got, kind, Text(what, zh))
    if not _equal(got, want):
        raise CheckFailure(
            _wrong_value(got, kind, Text(what, zh)),
            both(got, want),
            reason="value",
        )


def _wrong_value(got: Any, kind: Text, subject: Text) -> Text:
    """That it is wrong gives a bool away anyway, so of a bool it is said."""
    if type(got) is bool:
        return Text(f"{subject.en}: it is {got}, not {not got}.", f"{subject.zh}：是 {got}，应为 {not got}。")
    return Text(
        f"{subject.en}: the type ({kind.en}) is right, the value is not.",
        f"{subject.zh}：类型（{kind.zh}）是对的，但值不对。",
    )


def _equal(got: Any, want: Any) -> bool:
    if not same_kind(got, want):
        return False
    kind: Any = type(want)
    alike = _ALIKE.get(kind, _alike_tensors if is_tensor(want) else _alike_arrays if is_array(want) else _identical)
    return alike(got, want)


def _alike_sequences(got: Any, want: Any) -> bool:
    return len(got) == len(want) and all(_equal(one, other) for one, other in zip(got, want, strict=True))


def _alike_dicts(got: Any, want: Any) -> bool:
    if len(got) != len(want):
        return False
    return _alike_sets(set(got), set(want)) and all(_equal(got[key], want[key]) for key in want)


def _alike_sets(got: Any, want: Any) -> bool:
    """Members count with their types, so that {1} is not {True}."""
    return len(got) == len(want) and {(type(one), one) for one in got} == {(type(one), one) for one in want}


def _alike_floats(got: float, want: float) -> bool:
    return got == want or (math.isnan(got) and math.isnan(want))


def _alike_complex(got: complex, want: complex) -> bool:
    return _alike_floats(got.real, want.real) and _alike_floats(got.imag, want.imag)


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
    complex: _alike_complex,
}


def number(  # a tolerance and two languages
    got: Any,
    want: float | None = None,
    rtol: float = 1e-7,
    atol: float = 1e-7,
    *,
    what: str = "the result",
    zh: str = "结果",
) -> float:
    """`got` as a float: a Python or NumPy number (never a bool, a tensor or a string), close to `want` if given.

    Without `want` any finite number will do: use it before calculating with something a student returned."""
    subject, kind = Text(what, zh), type(got)
    if kind is bool or not issubclass(kind, int | float | np.integer | np.floating):
        raise wrong_type(got, Text("plain number", "普通的数（不是张量）"), subject)
    try:
        value = float(got)
    except OverflowError:
        value = math.inf
    if want is None:
        if not math.isfinite(value):
            raise CheckFailure(_not_finite(value, subject), reason="nan" if math.isnan(value) else "value")
    elif not _close(value, float(want), rtol, atol):
        raise _wrong_number(got, value, float(want), subject)
    return value


def _close(got: float, want: float, rtol: float, atol: float) -> bool:
    if math.isnan(want):
        return math.isnan(got)
    return got == want or (math.isfinite(want) and abs(got - want) <= atol + rtol * abs(want))


def _wrong_number(got: Any, value: float, want: float, subject: Text) -> CheckFailure:
    size = abs(value - want)
    if not math.isfinite(value) and math.isfinite(want):
        said = _not_finite(value, subject)
    else:
        known = math.isfinite(size) and size > 0
        said = Text(
            f"{subject.en} is not the number that was expected"
            + (f"; it differs by about {rough(size)}." if known else "."),
            f"{subject.zh}不是预期的数" + (f"，差约 {rough(size)}。" if known else "。"),
        )
    return CheckFailure(said, both(got, want), reason="nan" if math.isnan(value) else "value")


def _not_finite(value: float, subject: Text) -> Text:
    name = Text("nan", "nan") if math.isnan(value) else Text("infinite", "无穷大")
    return Text(
        f"{subject.en} is {name.en} where a finite number was expected.",
        f"{subject.zh}是 {name.zh}，本该是有限的数。",
    )
