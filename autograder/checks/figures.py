"""A measured figure against the one that is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.checks.feedback import CheckFailure
from autograder.checks.plain_values import number
from autograder.model.text import Text


def bound(  # one place for both directions
    value: Any, threshold: float, what: str, zh: str, good: Callable[[float], bool], words: Text
) -> float:
    """`value` as a float if `good` says so; CheckFailure otherwise. nan and infinity never reach `good`."""
    figure = number(value, what=what, zh=zh)
    if good(figure):
        return figure
    shown, wanted = figure_text(figure), figure_text(threshold)
    raise CheckFailure(
        Text(f"{what} is {shown}; {words.en} {wanted} is needed.", f"{zh}是 {shown}，{words.zh}需要 {wanted}。"),
        reason="training",
        measured={what: figure},
    )


def figure_text(figure: float) -> str:
    return f"{figure:.4g}"
