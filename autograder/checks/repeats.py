"""Training depends on luck. Two ways to judge it fairly: two of three seeds, and paired runs under the same seeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.checks.feedback import CheckFailure
from autograder.checks.figures import bound, figure_text
from autograder.checks.plain_values import number
from autograder.checks.seeding import Draw
from autograder.model.text import Text


def two_of_three(
    run: Callable[[int], Any], draw: Draw, *, passes: Callable[[float], bool] | None = None, what: str = "the run"
) -> list[float]:
    """The figures of the runs made, once two of three seeds succeed. `run(seed)` returns a figure, and fails by
    raising CheckFailure or by a figure that `passes` refuses. Otherwise the middle one of three failures counts, with
    its partial points; a third run is made only where it can change something."""
    figures: list[float] = []
    failures: list[CheckFailure] = []
    for _ in range(3):
        try:
            figures.append(_judged(run(draw.new_seed() % 2**31), passes, what))
        except CheckFailure as failure:
            failures.append(failure)
        if len(figures) == 2:
            return figures
        if len(failures) == 2 and failures[0].fraction == failures[1].fraction:
            break
    middle = sorted(failures, key=lambda failure: failure.fraction)[-1 if len(failures) == 2 else 1]
    raise CheckFailure(
        middle.summary + Text(" (Two of three seeds must succeed.)", "（三个随机种子中须有两个成功。）"),
        middle.values,
        reason=middle.reason,
        fraction=middle.fraction,
        measured=middle.measured,
    )


def _judged(value: Any, passes: Callable[[float], bool] | None, what: str) -> float:
    figure = number(value, what=what, zh="这次训练的结果")
    if passes is not None and not passes(figure):
        raise CheckFailure(
            Text(f"{what} gave {figure_text(figure)}, which is not enough.",
                 f"这次训练得到 {figure_text(figure)}，还不够。"),
            reason="training",
            measured={what: figure},
        )  # fmt: skip
    return figure


def paired_gain(  # noqa: PLR0913  # two runs, a threshold, two languages
    treated: Callable[[int], Any],
    plain: Callable[[int], Any],
    draw: Draw,
    *,
    at_least: float,
    runs: int = 3,
    what: str = "the gain",
    zh: str = "提升",
) -> float:
    """The mean of treated(seed) - plain(seed) over `runs` seeds, at least `at_least`. Both get the same seed, so the
    luck of a seed cancels."""
    gains = []
    for _ in range(runs):
        seed = draw.new_seed() % 2**31
        gains.append(number(treated(seed), what=what, zh=zh) - number(plain(seed), what=what, zh=zh))
    return bound(sum(gains) / len(gains), at_least, what, zh, lambda gain: gain >= at_least, Text("at least", "至少"))
