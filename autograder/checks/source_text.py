"""The Python files of a submission as text, decoded as the interpreter decodes them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType

_COOKIE = re.compile(rb"coding[:=][ \t]*([-\w.]+)")
# What text editors write. In others a file says one thing to a reader of its bytes and another to the interpreter:
# in UTF-7 "#+AAo-import ctypes" is a comment and, on the next line, an import.
_CODECS = {"utf-8", "utf-8-sig", "ascii", "iso8859-1", "iso8859-15", "cp1252", "gbk", "gb2312", "gb18030", "big5"}


class SourceText(str):
    """One file. `name`: what it is imported by, "" for the entry file; `package`: it is an __init__.py; `strange`: the
    encoding it declares if it is no usual one. The entry file knows the others: `modules` by name, and the names of
    those that are `compiled`, which could be imported but not read."""

    name: str = ""
    package: bool = False
    strange: str = ""
    modules: Mapping[str, SourceText] = MappingProxyType({})
    compiled: frozenset[str] = frozenset()


def source_text(files: Mapping[str, bytes], entry: str) -> SourceText:
    """The text of the file `entry`, with the other files beside it."""
    main = _decoded(files.get(entry, b""))
    others = {path: _decoded(data) for path, data in files.items() if path.endswith(".py") and path != entry}
    for path, text in others.items():
        text.name, text.package = _module(path), path.endswith("__init__.py")
    main.modules = {text.name: text for text in others.values()}
    main.compiled = frozenset(_module(path) for path in files if path.endswith((".pyc", ".so")))
    return main


def _module(path: str) -> str:
    """pkg/__init__.py is pkg; pkg/ops.py is pkg.ops; ops.cpython-311.so is ops."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    return ".".join(part for part in (*folder.split("/"), "" if stem == "__init__" else stem) if part)


def _decoded(data: bytes) -> SourceText:
    head = b"\n".join(data.split(b"\n", 2)[:2])
    named = {codec for found in _COOKIE.findall(head) if (codec := _codec(found.decode("ascii")))}
    known = len(named) == 1 and named <= _CODECS and named != {"utf-8"}
    text = SourceText(data.decode(named.pop() if known else "utf-8-sig", "replace"))
    text.strange = ", ".join(sorted(named)) if len(named) > 1 or not named <= _CODECS else ""
    return text


def _codec(name: str) -> str:
    """Python's own name of it; "" if there is none of that name, which the interpreter would refuse."""
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
