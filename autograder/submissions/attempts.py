"""Which of several hand-ins for one topic counts: the latest; the same files again change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from autograder.model.submission import Submission
from autograder.submissions import problems
from autograder.submissions.collection import Earlier


def choose_attempts(found: Iterable[Submission]) -> tuple[list[Submission], list[Earlier]]:
    """One submission per student and topic, in the order first found, and the attempts before it, oldest first."""
    by_key: dict[tuple[str, str], list[Submission]] = {}
    for submission in found:
        by_key.setdefault((submission.student, submission.topic), []).append(submission)
    chosen: list[Submission] = []
    earlier: list[Earlier] = []
    for several in by_key.values():
        attempts = _without_repeats(_in_order(several))
        latest, before = attempts[-1], attempts[:-1]
        if before and any(one.submitted_at is None for one in attempts):
            said = problems.other_source([one.source for one in before], latest.source)
            latest = replace(latest, problems=(*latest.problems, said))
        chosen.append(latest)
        earlier += [
            Earlier(one.student, one.topic, one.attempt, one.digest, one.submitted_at, one.source) for one in before
        ]
    return chosen, earlier


def _in_order(several: list[Submission]) -> list[Submission]:
    """By time where all have one, else as they were found."""
    if all(one.submitted_at for one in several):
        several = sorted(several, key=lambda one: (one.submitted_at, one.attempt))
    return several


def _without_repeats(several: Sequence[Submission]) -> list[Submission]:
    """Equal files handed in again are the first hand-in: it must not become late by being repeated.

    What is left is numbered upward.
    """
    kept: list[Submission] = []
    for one in several:
        if not kept or kept[-1].digest != one.digest:
            kept.append(one)
    for number in range(1, len(kept)):
        kept[number] = replace(kept[number], attempt=max(kept[number].attempt, kept[number - 1].attempt + 1))
    return kept
