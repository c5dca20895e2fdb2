"""Notebooks behind the wall: cell by cell, an error in one is only that one's, and lines are said as cells."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from autograder.model.result import Outcome

sys.path.append(str(Path(__file__).parents[1] / "submissions"))  # notebooks.py

from notebooks import notebook

from autograder.submissions.notebook_script import script

CHECKS = """
@check("f.value", hint="double it", zh="加倍")
def test_value(submission):
    compare.equal(submission.f(3), 6)

@check("g.value", hint="halve it", zh="减半")
def test_other(submission):
    compare.equal(submission.g(6), 3)
"""
DOUBLE = "def f(x):\n    return 2 * x"
HALVE = "def g(x):\n    return x // 2"


@pytest.fixture
def graded(toy):
    topic = toy(CHECKS)

    def grade(*cells: str):
        result = topic.grade(script(notebook(*cells), "toy.ipynb").text)
        return {check.check: check for check in result.checks}, [text.en for text in result.problems]

    return grade


def test_definitions_are_found_wherever_they_stand_and_magics_do_no_harm(graded):
    checks, notes = graded("%matplotlib inline\nimport torch", HALVE, "!pip install x\n1 + 1", DOUBLE)
    assert {check.outcome for check in checks.values()} == {Outcome.PASSED}
    assert notes == []


def test_an_error_in_one_cell_is_told_and_the_rest_goes_on(graded):
    checks, notes = graded(
        DOUBLE, "import no_such_module", "x = (", "display(f)\nget_ipython()\nraise ValueError('mine')", HALVE
    )
    assert {check.outcome for check in checks.values()} == {Outcome.PASSED}
    assert notes == [
        "Code cell 2 stopped: ModuleNotFoundError: No module named 'no_such_module' (line 1 of code cell 2). The other "
        "cells were run.",
        "Code cell 4 stopped: ValueError: mine (line 3 of code cell 4). The other cells were run.",
    ]


def test_the_last_definition_counts_and_an_exit_ends_only_its_cell(graded):
    checks, notes = graded("def f(x):\n    return 0", HALVE, DOUBLE, "exit()")
    assert {check.outcome for check in checks.values()} == {Outcome.PASSED}
    assert notes[0].startswith("Code cell 4 stopped: ")


def test_a_failing_call_names_cell_and_line(graded):
    checks, _ = graded("import math", "def f(x):\n    y = 1\n    return y / 0", HALVE)
    assert "in line 3 of code cell 2" in checks["f.value"].message.en
    assert "第 2 个代码单元格的第 3 行" in checks["f.value"].message.zh
    assert "line 3 of code cell 2, in f" in checks["f.value"].values.en
    assert 'File "' not in checks["f.value"].values.en


def test_a_name_that_no_cell_defines_fails_its_checks_only(graded):
    checks, _ = graded(HALVE)
    assert (checks["f.value"].outcome, checks["g.value"].outcome) == (Outcome.FAILED, Outcome.PASSED)


def test_a_cell_that_never_ends_is_an_import_that_never_ends(toy):
    topic = toy(CHECKS, cpu_s=0.5)
    result = topic.grade(script(notebook(DOUBLE, "while True: pass"), "toy.ipynb").text)
    assert {check.outcome for check in result.checks} == {Outcome.CPU}


FORGER = Path(__file__).with_name("forger.py").read_text(encoding="utf-8").partition("def served")[0]


@pytest.mark.parametrize(
    ("answer", "violation"),
    [
        ("text('no pair')", "a loaded notebook"),
        ("pair(table(), listed(), listed())", "a loaded notebook"),
        ("pair(table(), listed(NONE))", "a failed cell"),
        ("pair(table(), listed(pair(integer(LARGEST), listed())))", "a failed cell"),
        ("pair(table(), listed(pair(integer(7), listed())))", "a failed cell"),
        ("pair(table(), listed(pair(integer(1), listed())))", "the report of a failed cell"),
        ("pair(table(), listed(pair(integer(1), listed(*[text('x')] * 4))))", "the report of a failed cell"),
        ("pair(table(f=integer(1)), listed())", "names of the module"),
    ],
)
def test_a_cell_that_answers_for_the_guest_loses_everything_and_nothing_else_happens(toy, answer, violation):
    cell = f"{FORGER}\nreply(1, {answer})\nimport time\ntime.sleep(60)"
    result = toy(CHECKS).grade(script(notebook(cell), "toy.ipynb").text)
    assert {check.outcome for check in result.checks} == {Outcome.CRASH}
    assert f"protocol violation: {violation}" in result.flags
    assert result.points == 0


def test_what_a_cell_says_is_cut_and_cannot_be_a_flood(toy):
    result = toy(CHECKS).grade(script(notebook("raise ValueError('x' * 10**6)", DOUBLE, HALVE), "toy.ipynb").text)
    assert result.points == 100
    assert len(result.problems[0].en) < 500
