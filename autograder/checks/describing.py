"""Values in words. `describe` never shows a value, only what kind it is; `show` shows it, short and clean.

What a student's code returned is untrusted: it may be huge, deep, cyclic in spirit, or full of control characters.
Both functions accept anything, never raise, and bound what they write. Kinds are read with `type()`, because a remote
object chooses what `isinstance` says about it.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from typing import Any

from autograder.model.text import Text

LIMIT = 2000  # characters of one text
_FEW = 24  # elements of a tensor, items of a list, that are shown one by one
_DEPTH = 4


def clean(text: str, limit: int = LIMIT) -> str:
    """The text without control characters (newlines stay), cut to `limit` characters."""
    cut = text if len(text) <= limit else text[: limit - 2] + " …"
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in cut)


def describe(value: Any) -> str:
    """What kind of value this is, in English, without showing it: "float64 tensor of shape (3, 5)"."""
    return described(value).en


def described(value: Any) -> Text:
    """As `describe`, in both languages."""
    if value is None:
        return Text("None", "None")
    if is_tensor(value):
        dtype, shape = str(value.dtype).removeprefix("torch."), size_text(value.shape)
        return Text(f"{dtype} tensor of shape {shape}", f"形状为 {shape} 的 {dtype} 张量")
    if is_array(value):
        shape = size_text(value.shape)
        return Text(f"{value.dtype} NumPy array of shape {shape}", f"形状为 {shape} 的 {value.dtype} NumPy 数组")
    kind = type(value)
    if kind is str:
        return Text(f"string of {_count(value, 'character')}", f"长度为 {len(value)} 的字符串")
    if kind in (list, tuple, dict, set):
        return Text(f"{kind.__name__} of {_count(value, 'item')}", f"含 {len(value)} 项的 {kind.__name__}")
    name = kind_name(value)
    return Text(name, name)


def kind_name(value: Any) -> str:
    """The name of a plain value's type; anything else is "object"."""
    kind = type(value)
    if kind.__module__ in ("builtins", "numpy"):
        return kind.__name__[:40]
    if is_tensor(value):
        return "tensor"
    known = ("dtype", "device", "Size", "Generator")
    return kind.__name__ if kind.__module__ in ("torch", "torch._C") and kind.__name__ in known else "object"


def show(value: Any) -> str:
    """The value itself, in English, at most a few hundred characters. For visible checks only."""
    return shown(value).en


def shown(value: Any) -> Text:
    """As `show`, in both languages."""
    return Text(clean(_show(value, _DEPTH, "en"), 400), clean(_show(value, _DEPTH, "zh"), 400))


def is_tensor(value: Any) -> bool:
    torch = sys.modules.get("torch")  # where torch is not loaded there are no tensors, and it need not be
    return torch is not None and issubclass(type(value), torch.Tensor)


def is_array(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and issubclass(type(value), numpy.ndarray)


def size_text(shape: Any) -> str:
    """A shape as students write it: (3, 5). None is any size."""
    sizes = ["any" if size is None else integer_text(size) for size in shape]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"


def _count(value: Any, unit: str) -> str:
    return f"{len(value)} {unit}{'' if len(value) == 1 else 's'}"


def integer_text(value: int) -> str:
    """Python refuses to write integers of more than 4300 digits."""
    return str(value) if value.bit_length() <= 256 else f"an integer of {value.bit_length()} bits"


def _show(value: Any, depth: int, language: str) -> str:
    if is_tensor(value) or is_array(value):
        return _elements(value, language)
    kind: Any = type(value)
    if kind in _BRACKETS:
        return _items(value, _BRACKETS[kind], depth, language)
    if kind in _WRITERS:
        return _WRITERS[kind](value)
    return str(value)[:80] if kind.__module__ in ("numpy", "torch") else f"<{kind_name(value)}>"


def _quoted(value: Any) -> str:
    return repr(value[:80]) + ("…" if len(value) > 80 else "")


def _general(value: Any) -> str:
    return f"{value:.10g}"


_WRITERS: dict[Any, Callable[[Any], str]] = {
    type(None): str,
    bool: str,
    int: integer_text,
    float: _general,
    complex: _general,
    str: _quoted,
    bytes: _quoted,
}
_BRACKETS: dict[Any, str] = {list: "[]", tuple: "()", set: "{}", dict: "{}"}


def _items(value: Any, brackets: str, depth: int, language: str) -> str:
    few = list(itertools.islice(value.items() if type(value) is dict else value, _FEW))
    parts = [_show(item, depth - 1, language) if depth else "…" for item in few]
    return (
        brackets[0] + ", ".join(parts[: _FEW if depth else 1]) + (", …" if len(value) > len(few) else "") + brackets[1]
    )


def _elements(value: Any, language: str) -> str:
    flat = value.detach().reshape(-1) if is_tensor(value) else value.reshape(-1)
    total = len(flat)
    numbers = [_show(number, 1, language) for number in flat[:_FEW].tolist()]
    listed = f"[{', '.join(numbers)}{', …' if total > _FEW else ''}]"
    return f"{described(value).to(language)}{'：' if language == 'zh' else ': '}{listed}"
