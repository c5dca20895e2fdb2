"""The page of a proof: every variant against every check, and what is not as it should be."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from page_reader import Page

from autograder.model.course import Task, Topic
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports.proof import MutationLine
from autograder.reports.proof_view import Graded, ProvenTopic, TopicView, Unnoticed, proof_page, proof_view

TASKS = (Task("softmax", 60.0, Text("Softmax", "归一化")), Task("train", 40.0, Text("Training", "训练")))
TOPIC = Topic("softmax-regression", 13, Text("Softmax regression", "归一化回归"), (), TASKS, Path(), Path())
CHECKS = ("softmax.value", "softmax.shift", "train.loss")
LETTERS = {"p": Outcome.PASSED, "f": Outcome.FAILED, "s": Outcome.SKIPPED, "i": Outcome.INTERNAL}


def graded(kind: str, outcomes: str, name: str = "", **promises: object) -> Graded:
    """A variant; `outcomes` has one letter for each check."""
    checks = tuple(
        CheckResult(check, check.partition(".")[0], LETTERS[letter], 0, 1, check != CHECKS[0], cpu_s=0.25)
        for check, letter in zip(CHECKS, outcomes, strict=True)
    )
    result = TopicResult("ada", TOPIC.slug, "", "", "", "cpu", 1, "wall", checks, cpu_s=0.75)
    return Graded(kind, name or kind, 1, result, **promises)  # type: ignore[arg-type]


RUNS = (
    graded("stub", "fff"),
    graded("solution", "ppp"),
    graded("accepted", "ppp", "in_numpy"),
    graded("mistake", "ffp", "no_shift", trips=("softmax.value",), belief="Believes that <b>exp</b> never overflows."),
    graded("mistake", "ppf", "summed_loss", trips=("train.loss",)),
    graded("garbage", "fff", "none"),
)
PROVEN = ProvenTopic(TOPIC, proven=True, faults=(), runs=RUNS)
MUTANTS = (
    MutationLine(TOPIC.slug, "softmax", 10, 8, 1, 1, 8 / 9),
    MutationLine(TOPIC.slug, "", 10, 8, 1, 1, 8 / 9, enough=False),
)


def view(*topics: ProvenTopic) -> TopicView:
    first: TopicView = proof_view(Text("Course"), topics or (PROVEN,), "0.1", "en")["topics"][0]
    return first


def page(*topics: ProvenTopic, language: str = "en") -> Page:
    return Page(proof_page(Text("Course", "课程"), topics or (PROVEN,), "0.1 torch 2.13", language))


def marks(run: Graded, task: int = 0) -> list[tuple[str, str]]:
    shown = view(replace(PROVEN, runs=(*RUNS, run))).tasks[task].rows
    return list(shown[-1].cells)


def test_every_variant_stands_against_the_checks_of_its_task():
    softmax, train = view().tasks
    assert softmax.checks == (("value", False), ("shift", True))
    assert [row.label for row in softmax.rows] == ["stub", "solution #1", "in_numpy #1", "no_shift"]
    assert [row.label for row in train.rows] == ["stub", "solution #1", "in_numpy #1", "summed_loss"]
    assert [row.opens for row in softmax.rows] == ["", "", "accepted", "mistakes"]
    assert (softmax.others, train.others) == (1, 1)
    assert softmax.rows[-1].cpu == "500 ms"


def test_what_a_mistake_says_it_trips_looks_unlike_what_it_trips_besides():
    assert view().tasks[0].rows[-1].cells == (("●", "hit"), ("○", "too"))


@pytest.mark.parametrize(
    ("run", "task", "cell"),
    [
        (graded("mistake", "ppp", "m", trips=("softmax.value",)), 0, ("✗", "wrong")),  # promised and not kept
        (graded("mistake", "fpf", "m", trips=("train.loss",)), 0, ("✗", "wrong")),  # of another task
        (graded("mistake", "fpf", "m", trips=("train.loss",), also=("softmax.value",)), 0, ("○", "too")),
        (graded("mistake", "spf", "m", trips=("softmax.shift",)), 0, ("»", "fine")),
        (graded("mistake", "ipp", "m", trips=("softmax.value",)), 0, ("!", "ours")),
        (graded("accepted", "fpp", "m"), 0, ("✗", "wrong")),
        (graded("stub", "ppp"), 0, ("✗", "wrong")),
    ],
)
def test_what_is_not_as_it_should_be_is_marked(run, task, cell):
    assert marks(run, task)[0] == cell


def test_mutants_are_shown_by_task_and_those_that_nobody_noticed_by_line():
    missed = (Unnoticed("softmax", 40, "softmax: a -> b"), Unnoticed("", 3, "EPS = 1 -> EPS = 2", "nothing uses it"))
    shown = page(replace(PROVEN, mutation=MUTANTS, unnoticed=missed))
    for text in ("88.9 %", "8 / 9", "< 95 %", "line 40 softmax: a -> b", "line 3", "equivalent: nothing uses it"):
        assert text in shown.text
    assert "of 10 mutants caught" in shown.text
    assert "mutants" not in page().text


def test_faults_stand_above_the_tasks_which_are_then_open():
    shown = page(replace(PROVEN, proven=False, faults=("softmax.value <i>broke</i>",)), replace(PROVEN))
    assert "softmax.value <i>broke</i>" in shown.text
    assert "not proven" in shown.text
    assert sum("open" in each for each in shown.attributes("details")) == 2
    assert "1 / 2 topics proven" in shown.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_sound_and_says_everything_in_one_language(language):
    shown = page(replace(PROVEN, mutation=MUTANTS), language=language)
    assert shown.faults == []
    assert len(set(shown.ids)) == len(shown.ids)
    assert ("Training" in shown.text, "训练" in shown.text) == (language == "en", language == "zh")
    assert "Believes that <b>exp</b> never overflows." in shown.text


def test_the_page_has_the_policy_of_all_pages_and_no_style_of_its_own():
    source = proof_page(Text("Course"), (PROVEN,), "0.1", "en")
    assert re.search(r"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;sha256-", source)
    assert "style=" not in source
    assert "<script" not in source
