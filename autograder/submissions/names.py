"""Names of students: which are accepted, and which known one is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from autograder.errors import UsageError
from autograder.submissions.look_alikes import UNDRAWN, look

LONGEST = 80  # characters
LONGEST_BYTES = 240  # a file system's limit of 255 for one name, with room for a suffix
ALLOWED = "letters of any script, digits, single spaces inside, and . _ -"
PILED = re.compile("M{5}")  # in the categories of its characters: they would cover the lines above and below
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


def clean_student(raw: str) -> str:
    """The name in its one stored form (NFC). Raises UsageError with what is wrong and what to write instead."""
    name = unicodedata.normalize("NFC", raw.strip())
    fault = _fault(name)
    if fault:
        shown = ascii(raw if len(raw) <= 2 * LONGEST else raw[: 2 * LONGEST] + "…")
        raise UsageError(f"{fault}: {shown}", where="student name", now=f"use {ALLOWED}; at most {LONGEST}")
    return name


def _fault(name: str) -> str:
    if not name:
        return "the name is empty"
    if len(name) > LONGEST or len(name.encode("utf-8", "surrogatepass")) > LONGEST_BYTES:
        return f"longer than {LONGEST} characters"
    strange = next((char for char in name if not _allowed(char)), "")
    if strange:
        return f"the character {unicodedata.name(strange, f'U+{ord(strange):04X}')} is not allowed"
    piled = PILED.search("".join(unicodedata.category(char)[0] for char in name))
    if piled or name[0] in ".-" or name[-1] == "." or "  " in name or not any(char.isalnum() for char in name):
        return "not usable as the name of a folder on every computer"
    if name.casefold().split(".")[0] in RESERVED:
        return "a reserved name on Windows"
    return ""


def _allowed(char: str) -> bool:
    category = unicodedata.category(char)
    return char in " ._-" or ((category[0] in "LM" or category == "Nd") and ord(char) not in UNDRAWN)


def key(name: str) -> str:
    """Equal for two names that differ only in case, width or how accents are typed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or an empty string."""
    import difflib

    drawn = {look(other): other for other in known}
    close = difflib.get_close_matches(look(name), list(drawn), n=1, cutoff=0.6)
    return drawn[close[0]] if close else ""
