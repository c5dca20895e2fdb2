"""A picture that a topic drew of a student's result."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.model.text import Text


@dataclass(frozen=True, slots=True)
class Picture:
    """`png` is empty where nothing could draw it: the extra `plots` is not installed."""

    name: str  # "learning-curve"; also the file's name, so letters, digits and hyphens only
    title: Text  # one sentence: what to see in it
    png: bytes = b""
    width: int = 0  # in pixels, as it should be shown; the file has more
    height: int = 0
