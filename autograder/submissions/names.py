"""Names of students: which are accepted, and which two would pass for one person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from autograder.errors import UsageError

LONGEST = 80  # characters
LONGEST_BYTES = 240  # a file system's limit of 255 for one name, with room for a suffix
ALLOWED = "letters of any script, digits, single spaces inside, and . _ -"
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}

# Counted among letters and marks by Unicode, yet nothing is drawn for them.
INVISIBLE = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)}
INVISIBLE |= set(range(0xE0100, 0xE01F0))

# Letters of other scripts that look like a Latin one; enough to see through a name typed to pass for another.
LOOK_ALIKES = str.maketrans("авеёіјкмнорстухѕԁԛԝһαβεικνορτυχ", "abeeijkmhopctyxsdqwhabeikvoptux")


def clean_student(raw: str) -> str:
    """The name in its one stored form (NFC). Raises UsageError with what is wrong and what to write instead."""
    name = unicodedata.normalize("NFC", raw.strip())
    fault = _fault(name)
    if fault:
        raise UsageError(f"{fault}: {raw!a}", where="student name", now=f"use {ALLOWED}; at most {LONGEST}")
    return name


def _fault(name: str) -> str:
    if not name:
        return "the name is empty"
    if len(name) > LONGEST or len(name.encode("utf-8", "surrogatepass")) > LONGEST_BYTES:
        return f"longer than {LONGEST} characters"
    strange = next((char for char in name if not _allowed(char)), "")
    if strange:
        return f"the character {unicodedata.name(strange, f'U+{ord(strange):04X}')} is not allowed"
    if name[0] in ".-" or name[-1] == "." or "  " in name or not any(char.isalnum() for char in name):
        return "not usable as the name of a folder on every computer"
    if name.casefold().split(".")[0] in RESERVED:
        return "a reserved name on Windows"
    return ""


def _allowed(char: str) -> bool:
    category = unicodedata.category(char)
    return char in " ._-" or ((category[0] in "LM" or category == "Nd") and ord(char) not in INVISIBLE)


def key(name: str) -> str:
    """Equal for two names that differ only in case, width or how accents are typed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def look(name: str) -> str:
    """Equal for two names that a reader could hardly tell apart: `key`, with look-alike letters of other scripts."""
    return re.sub(r"[\s._-]+", "_", key(name).translate(LOOK_ALIKES))


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or an empty string."""
    import difflib

    by_key = {key(other): other for other in known}
    close = difflib.get_close_matches(key(name), list(by_key), n=1, cutoff=0.6)
    return by_key[close[0]] if close else ""
