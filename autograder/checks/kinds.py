"""What kind of value came back: a tensor, a number, a tuple of two? Types matter: True is not an int.

Plain data is told by `type()`. A remote object answers `isinstance` with what the student's process claims it to be.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks.describing import described, is_array, is_tensor, shown
from autograder.checks.feedback import CheckFailure
from autograder.model.text import Text

_PLAIN = (bool, int, float, complex, str, bytes, type(None), list, tuple, dict, set, slice, torch.Tensor, np.ndarray)
_MOST = 1_000_000  # items


def both(got: Any, want: Any) -> Text:
    """What came back and what was expected, for visible checks."""
    one, other = shown(got), shown(want)
    return Text(f"got: {one.en}\nexpected: {other.en}", f"得到：{one.zh}\n应为：{other.zh}")


def came(got: Any) -> Text:
    """What came back, for visible checks."""
    value = shown(got)
    return Text(f"got: {value.en}", f"得到：{value.zh}")


def with_article(noun: str) -> str:
    return noun if noun == "None" else f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def after_chinese(zh: str) -> str:
    """For use after a Chinese word: with a space before what is not Chinese."""
    return f" {zh}" if zh[:1].isascii() else zh


def wrong_type(got: Any, want: Text, subject: Text) -> CheckFailure:
    kind, missing = described(got), got is None and want.en != "None"
    return CheckFailure(
        Text(
            f"{subject.en} should be {with_article(want.en)}, but it is {with_article(kind.en)}."
            + (" Is a return statement missing?" if missing else ""),
            f"{subject.zh}应当是{after_chinese(want.zh)}，却是{after_chinese(kind.zh)}。"
            + ("是不是少了 return 语句？" if missing else ""),
        ),
        came(got),
        reason="type",
    )


def is_type(got: Any, kind: Any, what: str = "the result", zh: str = "结果") -> Any:
    """`got` itself if it is a `kind`: a type, a class of the submission, or a tuple of these."""
    kinds = kind if type(kind) is tuple else (kind,)
    if any(_is_kind(got, one) for one in kinds):
        return got
    names = [_type_name(one) for one in kinds]
    raise wrong_type(got, Text(" or ".join(names), " 或 ".join(names)), Text(what, zh))


def _is_kind(got: Any, kind: Any) -> bool:
    plain = issubclass(type(kind), type)
    if kind in (bool, int, float, complex):
        return type(got) is kind
    if plain and issubclass(type(got), kind):
        return True
    return not issubclass(type(got), _PLAIN) and not (plain and issubclass(kind, _PLAIN)) and isinstance(got, kind)


def _type_name(kind: Any) -> str:
    if not issubclass(type(kind), type):
        return "object of the class you were asked to write"
    return {"NoneType": "None", "str": "string", "Tensor": "tensor"}.get(kind.__name__, kind.__name__)


def type_of(want: Any) -> Text:
    """The kind of an expected value, without its size, which may be part of the answer."""
    if is_tensor(want):
        return Text("tensor", "张量")
    if is_array(want):
        return Text("NumPy array", "NumPy 数组")
    name = "tuple" if type(want) is torch.Size else _type_name(type(want))
    return Text(name, name)


def same_kind(got: Any, want: Any) -> bool:
    """Of the same plain type; a torch.Size counts as a tuple, a Parameter as a tensor."""
    for kind in (tuple, torch.Tensor):
        if issubclass(type(want), kind):
            return issubclass(type(got), kind)
    return type(got) is type(want)


def items(
    got: Any, count: int | None = None, kind: Any = tuple, what: str = "the result", zh: str = "结果"
) -> list[Any]:
    """The items of a tuple (or of a list, by `kind`), `count` of them if given: use it before unpacking."""
    is_type(got, kind, what, zh)
    if len(got) > _MOST or (count is not None and len(got) != count):
        wanted = Text("fewer", "更少的") if count is None else Text(str(count), str(count))
        raise CheckFailure(
            Text(
                f"{what} should hold {wanted.en} item{'' if count == 1 else 's'}, but it holds {len(got)}.",
                f"{zh}应当有 {wanted.zh} 项，却有 {len(got)} 项。",
            ),
            came(got),
            reason="shape",
        )
    return list(got)
