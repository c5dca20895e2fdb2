"""A file name for every student: readable, legal on every file system, and never the same for two of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_SIMPLE = re.compile(r"[a-z0-9][a-z0-9_-]{0,47}\Z")
_RESERVED = {"con", "prn", "aux", "nul", "index", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}
_LONGEST = 32  # characters kept of a name that is not simple; at four bytes each still far below 255


def file_names(students: Iterable[str]) -> dict[str, str]:
    """Student -> file name without ending.

    A simple lower-case name stays as it is. Any other gets `.` and a piece of its hash, because file systems may
    ignore case and Unicode normalisation; a simple name has no `.`, so nobody can choose a name that collides.
    """
    everyone = sorted(set(students))
    length = 8
    while True:
        names = {student: _file_name(student, length) for student in everyone}
        if len({_folded(name) for name in names.values()}) == len(names):
            return names
        length += 8


def _file_name(student: str, length: int) -> str:
    if _SIMPLE.match(student) and student not in _RESERVED:
        return student
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:length]
    kept = "".join(c if c.isalnum() else "-" for c in unicodedata.normalize("NFC", student))
    readable = re.sub("-+", "-", kept)[:_LONGEST].strip("-")
    if readable.casefold() in _RESERVED:  # Windows reserves "con.anything" too
        readable = f"student-{readable}"
    return f"{readable or 'student'}.{digest}"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
