"""Which topics the test suite proves this time: a third, another one with every commit, and all that have changed.

AUTOGRADER_PROVE=all proves every topic; a list such as AUTOGRADER_PROVE=softmax-regression,training-loop just those.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

THIRDS = 3
VARIABLE = "AUTOGRADER_PROVE"


def topics(root: Path) -> list[str]:
    """Every topic of the course, by its folder."""
    folders = sorted((root / "exercises").glob("[0-9][0-9]_*"))
    return [folder.name[3:].replace("_", "-") for folder in folders]


def chosen(root: Path) -> list[str]:
    """The topics to prove, in the order of the course."""
    every, wanted = topics(root), os.environ.get(VARIABLE, "")
    if wanted == "all":
        return every
    if wanted:
        return wanted.split(",")
    number = turn(root)
    if number is None:  # no history: nothing says what has changed
        return every
    due = {*third(every, number), *changed(root)}
    return [slug for slug in every if slug in due]


def third(every: Sequence[str], number: int) -> list[str]:
    """Every third topic; three turns one after the other have them all."""
    return [slug for place, slug in enumerate(every) if place % THIRDS == number % THIRDS]


def turn(root: Path) -> int | None:
    """Whose turn it is: how many commits there are; the day of the last one where the history is cut off. None where
    there is no repository."""
    shallow = _git(root, "rev-parse", "--is-shallow-repository")
    if not shallow:
        return None
    said = _git(root, "log", "-1", "--format=%ct") if shallow == ["true"] else _git(root, "rev-list", "--count", "HEAD")
    number = int(said[0]) if said else 0
    return number // 86_400 if shallow == ["true"] else number


def changed(root: Path) -> set[str]:
    """Topics that the last commit touched, and those that differ from it now."""
    before = "HEAD~1" if _git(root, "rev-parse", "--verify", "--quiet", "HEAD~1") else "HEAD"
    paths = _git(root, "diff", "--name-only", before) + _git(root, "ls-files", "--others", "--exclude-standard")
    found = (re.match(r"(?:exercises|solutions)/\d\d_([a-z0-9_]+)/", path) for path in paths)
    return {match[1].replace("_", "-") for match in found if match}


def said(root: Path) -> str:
    """The choice in one line."""
    every, now = topics(root), chosen(root)
    which = "every topic" if now == every else f"{len(now)} of {len(every)} topics: {', '.join(now) or 'none'}"
    return f"course proof: {which}" + ("" if now == every else f"; {VARIABLE}=all proves every one")


def _git(root: Path, *words: str) -> list[str]:
    """The lines that git says; none if it can't."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []
