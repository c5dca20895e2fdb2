"""What becomes of mutants, counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.mutants import Mutant
from autograder.grading.mutation import TopicMutation, Tried, false_claims, in_order, judge, limits_for, reach
from autograder.grading.words import BROKEN
from autograder.model.course import Task, Topic
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.text import Text

TASKS = (Task("softmax", 60.0, Text()), Task("train", 40.0, Text()))
TOPIC = Topic("softmax-regression", 13, Text(), (), TASKS, Path(), Path())


def result(reason: str = "", cpu_s: float = 0.1, **outcomes: str) -> TopicResult:
    checks = tuple(
        CheckResult(
            name.replace("__", "."), name.partition("__")[0], Outcome(outcome), 0, 1, True, reason=reason, cpu_s=cpu_s
        )
        for name, outcome in outcomes.items()
    )
    return TopicResult("ada", TOPIC.slug, "", "", "", "cpu", 1, "wall", checks)


def mutant(key: str = "softmax: a -> b") -> Mutant:
    return Mutant("softmax", 7, "a", "b", key, "")


def tried(caught: int, survived: int, task: str = "softmax", equivalent: int = 0) -> list[Tried]:
    made = [Tried(mutant(), task, "softmax.value", "failed") for _ in range(caught)]
    return made + [Tried(mutant(), task)] * survived + [Tried(mutant(), task, reason="the same number")] * equivalent


def test_a_mutant_is_caught_by_the_first_check_that_fails():
    got = judge(mutant(), "softmax", result(softmax__shape="passed", softmax__value="failed"))
    assert (got.caught_by, got.outcome, got.survived) == ("softmax.value", "failed", False)
    assert judge(mutant(), "softmax", result(softmax__shape="passed")).survived


def test_what_no_check_reaches_survives_without_being_run():
    assert judge(mutant(), "", None).survived


def test_a_mutant_of_no_function_belongs_to_the_task_whose_check_caught_it():
    assert judge(mutant(), "", result(train__value="cpu")).task == "train"


@pytest.mark.parametrize(("outcome", "reason"), [("failed", BROKEN), ("internal", "internal")])
def test_a_check_that_died_of_a_mutant_is_noted(outcome, reason):
    assert judge(mutant(), "", result(reason, train__value=outcome)).broke
    assert not judge(mutant(), "", result("value", train__value="failed")).broke


def test_a_function_belongs_to_the_task_of_its_name_or_to_the_one_that_needs_it_most():
    hollow = result(softmax__a="failed", softmax__b="passed", train__a="failed", train__b="skipped")
    assert reach(TOPIC, "softmax", hollow).task == "softmax"
    assert reach(TOPIC, "Model.fit", hollow).task == "train"
    assert reach(TOPIC, "Model.fit", hollow).checks == ("softmax.a", "train.a", "train.b")
    assert reach(TOPIC, "Model.train", hollow).task == "train"
    assert reach(TOPIC, "unused", result(softmax__a="passed")).checks == ()
    assert reach(TOPIC, "unused", result(softmax__a="passed")).task == ""


def test_equivalent_mutants_do_not_count():
    whole = TopicMutation("t", tuple(tried(19, 1, equivalent=30))).whole
    assert (whole.made, whole.caught, whole.survived, whole.equivalent, whole.share) == (50, 19, 1, 30, 0.95)


def test_less_than_95_percent_is_not_enough():
    assert TopicMutation("t", tuple(tried(19, 1))).enough
    assert not TopicMutation("t", tuple(tried(18, 1))).enough
    assert TopicMutation("t", ()).enough
    assert not TopicMutation("t", tuple(tried(19, 1)), faults=("a fault",)).enough


def test_tasks_are_counted_apart_and_shown_in_their_order():
    mutation = TopicMutation("t", tuple(tried(1, 1, "train") + tried(1, 0, "") + tried(4, 0)))
    assert [(tally.task, tally.share) for tally in in_order(TOPIC, mutation)] == [
        ("softmax", 1),
        ("train", 0.5),
        ("", 1),
    ]


def test_a_mutant_that_is_declared_equivalent_and_caught_is_a_false_claim():
    caught = judge(mutant(), "softmax", result(softmax__value="failed"), reason="the same")
    missed = judge(mutant(), "softmax", result(softmax__value="passed"), reason="the same")
    assert false_claims([caught, missed]) == [
        "equivalent.yml: 'softmax: a -> b' is not equivalent: softmax.value catches it"
    ]
    assert TopicMutation("t", (caught, missed)).whole.equivalent == 2


def test_mutants_get_less_time_than_students_but_never_less_than_the_solution_needs():
    assert limits_for(result(a__b="passed", cpu_s=0.01), 10.0) == 2.0
    assert limits_for(result(a__b="passed", cpu_s=0.3), 10.0) == 6.0
    assert limits_for(result(a__b="passed", cpu_s=4.0), 10.0) == 10.0
