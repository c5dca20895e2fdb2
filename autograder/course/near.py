"""Near names: what a misspelled word was probably meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Collection


def near(name: str, known: Collection[str]) -> str:
    """`did you mean "softmax"?`, or what there is, when that is short enough to help."""
    match = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    match = match or [each for each in known if len(name) > 2 and each.startswith(name)]
    if match:
        return f'did you mean "{match[0]}"?'
    return f"known here: {', '.join(known)}" if 0 < len(known) <= 12 else ""
