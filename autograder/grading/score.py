"""From a result to a score: arithmetic only."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta

from autograder.model.policy import LatePolicy, Policy, TopicPolicy
from autograder.model.result import Outcome, Score, TopicResult

DAY = timedelta(days=1)
DIGITS = 6  # points are shown with two digits; this only removes the dust of binary fractions


def score(result: TopicResult, topic: TopicPolicy, late: LatePolicy, submitted_at: datetime | None) -> Score:
    """The result under the course's rules. A submission whose time is unknown passes for punctual. `final` is None
    while the result is `internal`, because a person must look first."""
    raw = result.points
    days = late_days(topic.due, late, submitted_at)
    penalty = min(raw * late.per_day * days, raw * (1 - late.floor))
    final = None if result.outcome == Outcome.INTERNAL else round(raw - penalty, DIGITS)
    return Score(round(raw, DIGITS), round(result.max_points, DIGITS), days, round(penalty, DIGITS), final)


def late_days(due: datetime | None, late: LatePolicy, submitted_at: datetime | None) -> int:
    """Days begun after the due date and its grace time; 0 when it was in time, or when either time is unknown."""
    if due is None or submitted_at is None:
        return 0
    over = submitted_at - due - timedelta(minutes=late.grace_minutes)
    return max(0, math.ceil(over / DAY))


def course_total(scores: Mapping[str, Score | None], policy: Policy) -> float | None:
    """Percent of the course: the topics' fractions by their weights. A topic with None, nothing handed in, counts as 0;
    the total is None while one of the scores is not final, or if nothing has weight."""
    if any(found is not None and found.final is None for found in scores.values()):
        return None
    weights = sum(policy.of(slug).weight for slug in scores)
    if weights <= 0:
        return None
    earned = sum(policy.of(slug).weight * _fraction(found) for slug, found in scores.items())
    return round(100 * earned / weights, DIGITS)


def _fraction(found: Score | None) -> float:
    if found is None or found.final is None or found.maximum <= 0:
        return 0.0
    return found.final / found.maximum
