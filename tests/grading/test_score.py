"""Points under the rules of a course."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.score import course_total, late_days, score
from autograder.model.policy import LatePolicy, Policy, TopicPolicy
from autograder.model.result import CheckResult, Outcome, Score, TopicResult

DUE = datetime(2026, 3, 7, 23, 59, tzinfo=timezone(timedelta(hours=8)))
TEN_PERCENT = LatePolicy(per_day=0.1, grace_minutes=15, floor=0.5)


def result(points: float, outcome: Outcome = Outcome.FAILED) -> TopicResult:
    check = CheckResult("mean.value", "mean", outcome, points, 100.0, hidden=True)
    return TopicResult("ada", "statistics", "s", "c", "g", "cpu", 7, "wall", (check,))


def scored(points: float, late: timedelta, rules: LatePolicy = TEN_PERCENT) -> Score:
    return score(result(points), TopicPolicy(due=DUE), rules, DUE + late)


@pytest.mark.parametrize(
    ("late", "days"),
    [
        (timedelta(days=-3), 0),
        (timedelta(0), 0),
        (timedelta(minutes=15), 0),
        (timedelta(minutes=15, seconds=1), 1),
        (timedelta(days=1, minutes=15), 1),
        (timedelta(days=1, minutes=16), 2),
        (timedelta(days=30), 30),
    ],
)
def test_each_day_begun_after_the_grace_time_counts(late, days):
    assert late_days(DUE, TEN_PERCENT, DUE + late) == days


def test_times_of_different_zones_are_compared_as_moments():
    assert late_days(DUE, TEN_PERCENT, (DUE + timedelta(minutes=14)).astimezone(UTC)) == 0


def test_a_late_submission_loses_a_part_of_its_own_points():
    assert scored(80, timedelta(days=2)) == Score(80.0, 100.0, 2, 16.0, 64.0)


def test_lateness_never_takes_more_than_the_floor_leaves():
    assert scored(80, timedelta(days=60)).final == 40.0


def test_a_submission_whose_time_is_unknown_is_punctual():
    assert score(result(80), TopicPolicy(due=DUE), TEN_PERCENT, None).final == 80.0


def test_a_topic_without_a_due_date_is_never_late():
    assert score(result(80), TopicPolicy(), TEN_PERCENT, DUE).late_days == 0


def test_our_own_fault_gives_neither_points_nor_a_zero():
    assert score(result(0, Outcome.INTERNAL), TopicPolicy(due=DUE), TEN_PERCENT, DUE).final is None


@given(
    points=st.floats(0, 100),
    days=st.floats(-400, 400),
    rules=st.builds(LatePolicy, st.floats(0, 1), st.integers(0, 10_000), st.floats(0, 1)),
)
def test_lateness_only_takes_and_never_more_than_there_is(points, days, rules):
    got = scored(points, timedelta(days=days), rules)
    assert 0 <= got.final <= got.raw
    assert got.final >= rules.floor * got.raw - 1e-5
    if days <= 0:
        assert got.penalty == 0


def worth(final: float | None, maximum: float = 100.0) -> Score:
    return Score(final or 0.0, maximum, 0, 0.0, final)


def test_the_total_weighs_topics_by_their_weight_not_by_their_points():
    policy = Policy(topics={"a": TopicPolicy(weight=1), "b": TopicPolicy(weight=3)})
    assert course_total({"a": worth(100.0), "b": worth(5.0, 10.0)}, policy) == 62.5


def test_what_was_not_handed_in_counts_as_nothing():
    assert course_total({"a": worth(100.0), "b": None}, Policy()) == 50.0


def test_there_is_no_total_while_a_score_is_open():
    assert course_total({"a": worth(100.0), "b": worth(None)}, Policy()) is None


def test_there_is_no_total_without_weights():
    assert course_total({}, Policy()) is None
    assert course_total({"a": worth(1.0)}, Policy(topics={"a": TopicPolicy(weight=0)})) is None
