"""Properties that are not a comparison with one expected value: raising, leaving inputs alone, being finite."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.checks.describing import described, is_array, is_tensor, show
from autograder.checks.feedback import CheckFailure, exception_name
from autograder.checks.kinds import after_chinese, with_article, wrong_type
from autograder.checks.plain_values import equal
from autograder.errors import StudentError
from autograder.model.text import Text

Kinds = type[BaseException] | tuple[type[BaseException], ...]


def raises(kind: Kinds, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> StudentError:
    """The exception that the student's function raised, one of `kind`. An unwritten function passes nothing: a
    NotImplementedError counts only where it is asked for by name."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    names = Text(" or ".join(one.__name__ for one in kinds), " 或 ".join(one.__name__ for one in kinds))
    try:
        result = fn(*args, **kwargs)
    except StudentError as error:
        if isinstance(error, NotImplementedError) and NotImplementedError not in kinds:
            raise
        if isinstance(error, kinds):
            return error
        other = exception_name(error)
        raise CheckFailure(
            Text(f"it should raise {names.en}, but it raised {other.en}.",
                 f"应当抛出 {names.zh}，却抛出了{after_chinese(other.zh)}。"),
            Text(f"it said: {error}", f"它说：{error}"),
            reason="exception",
        ) from None  # fmt: skip
    came = described(result)
    raise CheckFailure(
        Text(
            f"it should raise {names.en}, but it returned {with_article(came.en)}.",
            f"应当抛出 {names.zh}，却返回了{after_chinese(came.zh)}。",
        ),
        Text(f"it returned: {show(result)}", f"它返回了：{show(result)}"),
        reason="no-exception",
    )


def unchanged(before: Any, after: Any, name: str) -> None:
    """The argument `name` is after the call exactly what it was before: shape, dtype and every value."""
    try:
        if is_tensor(before):
            _unchanged_tensor(before, after)
        else:
            equal(after, before)
    except CheckFailure:
        raise CheckFailure(
            Text(f"the argument {name} is not the same after the call. This function must leave it alone:"
                 " work on a new tensor, or on a clone.",
                 f"调用之后，参数 {name} 变了。这个函数不应改动它：请在新的张量或 clone 上计算。"),
            Text(f"before: {show(before)}\nafter: {show(after)}", f"调用前：{show(before)}\n调用后：{show(after)}"),
            reason="changed",
        ) from None  # fmt: skip


def _unchanged_tensor(before: torch.Tensor, after: Any) -> None:
    same = is_tensor(after) and after.shape == before.shape and after.dtype == before.dtype
    if not same or not bool(torch.eq(_bits(before), _bits(after)).all()):
        raise CheckFailure(Text("changed"))


def _bits(tensor: torch.Tensor) -> torch.Tensor:
    """Values in which nan equals nan."""
    plain = tensor.detach()
    if plain.dtype.is_complex:
        plain = torch.view_as_real(plain.resolve_conj())
    return plain.double().nan_to_num(nan=math.pi * 1e300) if plain.dtype.is_floating_point else plain


def finite(got: Any, what: str = "the result", zh: str = "结果") -> torch.Tensor:
    """`got`, known to be a tensor without nan and infinity."""
    if not is_tensor(got):
        raise wrong_type(got, Text("tensor", "张量"), Text(what, zh))
    result: torch.Tensor = got
    good = torch.isfinite(result.detach())
    if bool(good.all()):
        return result
    nans, total = int(torch.isnan(result.detach()).sum()), result.numel()
    infinities = total - int(good.sum()) - nans
    raise CheckFailure(
        Text(f"{what} must be finite, but of its {total} values {nans} are nan and {infinities} infinite.",
             f"{zh}应当全是有限的数，但 {total} 个值中有 {nans} 个 nan、{infinities} 个无穷大。"),
        Text(f"got: {show(result)}", f"得到：{show(result)}"),
        reason="nan",
    )  # fmt: skip


def require(condition: Any, en: str, zh: str, *, reason: str = "property", values: Text = Text()) -> None:  # noqa: B008
    """Any other property, with its sentence in both languages. nan, and what is no truth value, counts as false."""
    if not _true(condition):
        raise CheckFailure(Text(en, zh), values, reason=reason)


def _true(condition: Any) -> bool:
    """Only what is made to be true or false: whether an object or a list is there at all proves nothing."""
    if is_tensor(condition) or is_array(condition):
        condition = condition.item() if math.prod(condition.shape) == 1 else None
    kind = type(condition)
    if kind is float and math.isnan(condition):
        return False
    return (kind in (bool, int, float) or issubclass(kind, np.bool_)) and bool(condition)
