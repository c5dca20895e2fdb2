"""Reads what a command printed as a terminal would: nothing may drive it, nothing may be unseen."""

from __future__ import annotations

import re
import unicodedata

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
UNDRAWN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0"
MOST_MARKS = 4


def faults(text: str, *, coloured: bool = False) -> list[str]:
    """What should not be in a terminal's input; with `coloured`, colours are fine, and no other sequence."""
    plain = COLOUR.sub("", text) if coloured else text
    found = {repr(char) for char in plain if char not in "\n\t" and _odd(char)}
    if re.search("M" * (MOST_MARKS + 1), "".join(unicodedata.category(char)[0] for char in plain)):
        found.add("piled marks")
    return sorted(found)


def _odd(char: str) -> bool:
    variation = "\ufe00" <= char <= "\ufe0f" or "\U000e0000" <= char <= "\U000e0fff"
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or char in UNDRAWN or variation
