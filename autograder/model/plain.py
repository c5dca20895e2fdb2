"""Model values to plain JSON data and back, by their type hints. Unknown or missing keys are errors."""

from __future__ import annotations

import base64
import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

_SCALARS = frozenset({str, int, float, bool, type(None)})  # most of what there is, so looked for first


def to_plain(value: Any) -> Any:  # noqa: PLR0911  # one line per kind of value
    """Dicts, lists, strings, numbers: ready for `json.dumps`. Bytes become base64, times ISO 8601."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = ((name, getattr(value, name)) for name in _hints(type(value)))
        return {name: part if type(part) in _SCALARS else to_plain(part) for name, part in parts}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: Any, data: Any) -> Any:
    """The value of type `kind` that `to_plain` turned into `data`. Raises TypeError or ValueError on anything else."""
    origin = typing.get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass(typing.cast(type, kind), data)
    if origin is tuple:
        item = typing.get_args(kind)[0]
        return tuple(from_plain(item, part) for part in data)
    if origin in (dict, Mapping):
        of = typing.get_args(kind)[1]
        return {key: from_plain(of, part) for key, part in data.items()}
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        return from_plain(next(arm for arm in typing.get_args(kind) if arm is not type(None)), data)
    return _scalar(kind, data)


def _dataclass(kind: type, data: Any) -> Any:
    hints = _hints(kind)
    if not isinstance(data, dict) or not data.keys() <= hints.keys():
        raise TypeError(f"not a {kind.__name__}: {str(data)[:200]}")
    parts = {name: part if type(part) is hints[name] else from_plain(hints[name], part) for name, part in data.items()}
    return kind(**parts)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _scalar(kind: Any, data: Any) -> Any:
    if kind is bytes:
        return base64.b64decode(data, validate=True)
    if kind is datetime:
        return datetime.fromisoformat(data)
    if kind is Path:
        return Path(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if kind is Any or (isinstance(kind, type) and isinstance(data, kind)):
        return data
    raise TypeError(f"expected {kind}, got {type(data).__name__}")
