"""What the trail keeps of a row of another table: its values, the long ones as their SHA-256."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from autograder.signing.canonical import digest
from autograder.store.schema import key, meta, receipt, result, run, submission

Facts = dict[str, Any]  # {"table": "result", "id": 7, "points": 45.0, ...}

VOUCHED: dict[str, Table] = {str(table.name): table for table in (meta, key, run, submission, receipt, result)}
_NAMED = {"meta": "key"}  # the column that names a row, where it is not `id`
_LONG = {"meta": {"value"}, "run": {"options"}, "submission": {"source", "details"}, "receipt": {"data"}}
_LONG |= {"result": {"data"}}
_OWN = {"result": {"trail", "key", "signature"}}  # they point at the trail and at this


def facts(table: str, row: Mapping[str, Any]) -> Facts:
    """The facts of a row, or of the columns of it that are given; the column that names it must be."""
    name = name_column(table)
    found: Facts = {"table": table, "id": row[name]}
    for column, value in row.items():
        if column != name and column not in _OWN.get(table, ()):
            found[column] = fingerprint(value) if column in _LONG.get(table, ()) and value is not None else value
    return found


def name_column(table: str) -> str:
    return _NAMED.get(table, "id")


def fingerprint(value: object) -> str:
    """SHA-256 of a text or of packed bytes; of what is packed, not of how."""
    if isinstance(value, bytes):
        try:
            return digest(zlib.decompress(value))
        except zlib.error:
            return digest(b"not packed " + value)
    return digest(str(value).encode("utf-8", "surrogatepass"))


def column_text(given: str) -> str:
    """`given` as a database can hold it: no lone surrogates and no NUL. The packed result keeps the original."""
    return given.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\0")
