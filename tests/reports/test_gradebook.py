"""What the gradebook says of a class."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import made_up_class as made
import pytest

from autograder.model.course import Course
from autograder.model.policy import Policy, TopicPolicy
from autograder.model.result import Outcome
from autograder.reports.facts import Graded, RunFacts
from autograder.reports.gradebook import Gradebook, build
from autograder.reports.outcomes import LOOKS

COURSE = made.course()
PASSED, FAILED, INTERNAL = Outcome.PASSED, Outcome.FAILED, Outcome.INTERNAL


def entry(student: str, topic: str, outcome: Outcome = PASSED, days: int = 0, **changes: object) -> Graded:
    checks = (made.check("a", "softmax"), made.check("b", "softmax", outcome))
    return made.graded(student, topic, checks, days, **changes)


def book(*entries: Graded, course: Course = COURSE, **run: object) -> Gradebook:
    return build(course, entries, RunFacts(**run))  # type: ignore[arg-type]


def weighted(**weights: float) -> Course:
    rules = {slug: TopicPolicy(weights.get(slug.replace("-", "_"), 0.0)) for slug in made.OUTLINE}
    return replace(COURSE, policy=Policy(topics=rules))


def test_students_stand_by_name_and_topics_in_course_order():
    found = book(entry("zoë", "autograd-torch"), entry("Ada", "tensor-basics"), entry("bob", "tensor-basics"))
    assert [row.student for row in found.rows] == ["Ada", "bob", "zoë"]
    assert [cell.topic for cell in found.rows[0].cells] == list(made.OUTLINE)


def test_the_total_weighs_topics_and_counts_what_is_missing_as_nothing():
    course = weighted(tensor_basics=3, autograd_torch=1)
    found = book(entry("ada", "tensor-basics"), course=course)
    assert found.rows[0].total.share == pytest.approx(0.75)
    assert found.rows[0].total.points == 20.0


def test_without_any_weight_there_is_no_total():
    assert book(entry("ada", "tensor-basics"), course=weighted()).rows[0].total.share is None


def test_our_own_failure_is_no_zero_and_keeps_the_total_open():
    row = book(entry("ada", "tensor-basics", INTERNAL)).rows[0]
    assert row.cells[0].final is None
    assert row.cells[0].held
    assert row.total.held == 1
    assert row.total.final is None


def test_a_late_penalty_is_taken_and_remembered():
    cell = book(entry("ada", "tensor-basics", days=2)).rows[0].cells[0]
    assert (cell.final, cell.late_days) == (16.0, 2)


def test_a_result_of_other_checks_than_the_course_has_now_is_marked():
    digests = {"tensor-basics": "new"}
    entries = (entry("ada", "tensor-basics", checks_digest="old"), entry("bob", "tensor-basics", checks_digest="new"))
    assert [row.cells[0].drifted for row in book(*entries, digests=digests).rows] == [True, False]


def test_whoever_is_on_the_roster_and_handed_nothing_in_is_missing():
    found = book(entry("ada", "tensor-basics"), roster=("ada", "bob"))
    assert {cell.student for cell in found.missing} == {"ada", "bob"}
    assert len([cell for cell in found.missing if cell.student == "bob"]) == 6


def test_nobody_is_missing_before_the_due_date():
    before = datetime(2026, 3, 1, tzinfo=made.CHINA)
    assert book(roster=("bob",), made_at=before).missing == ()


def test_whoever_hands_in_without_being_on_the_roster_is_listed():
    assert book(entry("eve", "tensor-basics"), roster=("ada",)).unknown == ("eve",)
    assert book(entry("eve", "tensor-basics")).unknown == ()


def test_a_stub_as_it_came_is_not_started_rather_than_failed():
    checks = tuple(made.check(name, "softmax", FAILED, reason="not-started") for name in "ab")
    skipped = made.check("c", "softmax", Outcome.SKIPPED, reason="prerequisite")
    found = book(made.graded("ada", "tensor-basics", (*checks, skipped)))
    assert found.rows[0].cells[0].state == "not-started"


def test_results_of_topics_that_the_course_lacks_are_left_out():
    assert book(entry("ada", "alchemy")).rows == ()


def test_the_last_result_of_a_student_and_topic_counts():
    found = book(entry("ada", "tensor-basics", FAILED), entry("ada", "tensor-basics", PASSED))
    assert found.rows[0].cells[0].final == 20.0


def test_the_made_up_class_holds_every_outcome(gradebook: Gradebook):
    assert set(gradebook.states) == set(LOOKS) - {"skipped", "not-here"}
    assert set(gradebook.isolation) == {"wall", "none (--unsafe)"}
