"""Which checks a known mistake has to face."""

from __future__ import annotations

from autograder.course.stubs import Variant
from autograder.grading.mutation import Reach
from autograder.grading.scope import SLOW_S, faced, slow
from autograder.model.result import CheckResult, Outcome, TopicResult

NEEDS = {"add.value": (), "add.shape": ("add.value",), "train.loss": (), "train.accuracy": ("train.loss",)}
REACHES = {
    "add": Reach("add", ("add.value", "add.shape", "train.loss", "train.accuracy")),
    "train": Reach("train", ("train.loss", "train.accuracy")),
}


def mistake(*trips: str, also: tuple[str, ...] = ()) -> Variant:
    return Variant("mistake", "wrong", "", trips, also)


def solution(**cpu_s: float) -> TopicResult:
    checks = tuple(
        CheckResult(
            name, name.partition(".")[0], Outcome.PASSED, 1, 1, True, cpu_s=cpu_s.get(name.partition(".")[2], 0)
        )
        for name in NEEDS
    )
    return TopicResult("ada", "sums", "", "", "", "cpu", 1, "wall", checks)


def test_a_mistake_faces_what_depends_on_the_functions_it_changes():
    assert faced(mistake("train.loss"), frozenset({"train"}), REACHES, frozenset(), NEEDS) == (
        "train.loss",
        "train.accuracy",
    )


def test_nothing_is_left_out_where_it_can_not_be_told_what_changes():
    for places in (None, frozenset({"unknown"}), frozenset({"add"})):
        assert faced(mistake("add.value"), places, REACHES, frozenset(), NEEDS) == ()


def test_what_a_mistake_names_is_faced_with_all_that_must_pass_before():
    places, late = frozenset({"train"}), frozenset({"train.accuracy"})
    assert faced(mistake("train.loss"), places, REACHES, late, NEEDS) == ("train.loss",)
    assert faced(mistake("train.accuracy"), places, {"train": Reach("", ())}, late, NEEDS) == (
        "train.loss",
        "train.accuracy",
    )
    assert "add.value" in faced(mistake("train.loss", also=("add.shape",)), places, REACHES, late, NEEDS)


def test_a_slow_check_waits_for_the_mistakes_that_name_it_if_there_are_any():
    result = solution(loss=SLOW_S / 2, accuracy=SLOW_S * 2)
    assert slow(result, [mistake("add.value")]) == set()
    assert slow(result, [mistake("add.value"), mistake("train.accuracy", "train.loss")]) == {"train.accuracy"}
    late = slow(result, [mistake("train.accuracy")])
    assert faced(mistake("add.value"), frozenset({"add"}), REACHES, late, NEEDS) == (
        "add.value",
        "add.shape",
        "train.loss",
    )
