"""Which checks a known mistake has to face, so that a proof asks every question once and none in vain.

A check that passes although a function of the solution does nothing but raise does not depend on it, so a mistake in
that function can't change what it says. A check that takes long is run for the mistakes that promise to trip it; what
a mistake of another function does to it besides, after so many seconds, proves nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from autograder.course.stubs import Variant
from autograder.grading.mutation import Reach
from autograder.model.result import TopicResult

SLOW_S = 0.1  # CPU seconds of the solution: from here on a check waits for the mistakes that name it


def slow(solution: TopicResult, mistakes: Iterable[Variant]) -> frozenset[str]:
    """The checks that take long and that some mistake promises to trip."""
    promised = {name for mistake in mistakes for name in mistake.trips}
    return frozenset(each.check for each in solution.checks if each.cpu_s > SLOW_S and each.check in promised)


def faced(
    mistake: Variant,
    places: frozenset[str] | None,
    reaches: Mapping[str, Reach],
    late: frozenset[str],
    needs: Mapping[str, Sequence[str]],
) -> tuple[str, ...]:
    """The checks for one mistake, in the order of the topic; empty: all of them.

    `places`: the functions it changes, None if that can't be told; `reaches`: what depends on which function; `late`:
    the slow checks; `needs`: every check of the topic with those that must pass before it.
    """
    if places is not None and places <= set(reaches):
        felt = {name for place in places for name in reaches[place].checks}
    else:
        felt = set(needs)
    wanted = {*mistake.trips, *mistake.also, *(felt - late)}
    waiting = list(wanted)
    while waiting:
        more = set(needs.get(waiting.pop(), ())) - wanted
        wanted |= more
        waiting += more
    return tuple(name for name in needs if name in wanted) if wanted < set(needs) else ()
