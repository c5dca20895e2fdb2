"""What the hidden checks of topic 27 share: numbers that came back, and half a cosine wave."""

from __future__ import annotations

import math
from typing import Any

from autograder.checks import compare


def rate(got: Any) -> float:
    """Known to be a finite number."""
    return compare.number(got, what="the learning rate", zh="学习率")


def same(got: Any, want: float, what: str = "the learning rate", zh: str = "学习率") -> None:
    compare.number(got, want, 1e-9, 1e-12, what=what, zh=zh)


def wave(u: float, high: float, low: float) -> float:
    return low + (high - low) * math.cos(math.pi * u / 2) ** 2
