"""Who is told that a check was run a second time."""

from __future__ import annotations

import io

import made_up_class as made
from page_reader import Page
from rich.console import Console

from autograder.model.result import CheckResult, Outcome
from autograder.reports.facts import RunFacts
from autograder.reports.gradebook import build
from autograder.reports.html_files import html_files
from autograder.reports.terminal import student_detail

SLUG = "softmax-regression"
RESCUED = made.check("value", "softmax", Outcome.PASSED, again="timeout")
CONFIRMED = made.check("large_logits", "softmax", Outcome.CPU, again="cpu")
PLAIN = made.check("gradcheck", "softmax", Outcome.CPU)


def pages(*checks: CheckResult, language: str = "en") -> tuple[str, str, str]:
    """The texts of the student's page, the staff's page of the student, and the class page."""
    entry = made.graded("ada", SLUG, checks, speed=0.5)
    gradebook = build(made.course(), [entry], RunFacts())
    files = dict(html_files(gradebook, [entry.result], language))
    return tuple(
        Page(files[name]).text for name in ("students/ada.html", "staff/students/ada.html", "staff/index.html")
    )


def test_a_student_hears_nothing_of_a_second_run_that_went_well():
    student, staff, _ = pages(RESCUED)
    assert "run twice" not in student.lower()
    assert "second time" not in student.lower()
    assert "time limit" not in student
    assert "Run a second time, which counts" in staff
    assert "The first time: time limit." in staff


def test_a_student_whose_loop_never_ends_reads_that_it_was_not_the_machine():
    student, _, _ = pages(CONFIRMED, PLAIN)
    assert student.count("It was run twice with the same end, so a busy machine was not the reason.") == 1
    assert "已运行两次" in pages(CONFIRMED, language="zh")[0]


def test_the_class_page_counts_second_runs():
    _, _, staff = pages(RESCUED, CONFIRMED, PLAIN)
    assert "Checks run a second time" in staff
    assert "1 came out differently" in staff
    assert "second time" not in pages(PLAIN)[2]


def test_staff_see_how_fast_the_machine_was_and_students_do_not():
    student, staff, _ = pages(PLAIN)
    assert "0.5 times the reference" in staff
    assert "times the reference" not in student


def test_the_terminal_says_it_too():
    entry = made.graded("ada", SLUG, (RESCUED,))
    gradebook = build(made.course(), [entry], RunFacts())
    console = Console(file=io.StringIO(), width=200)
    console.print(student_detail(gradebook, gradebook.rows[0], [entry.result]))
    assert isinstance(console.file, io.StringIO)
    assert "The first time: time limit." in console.file.getvalue()
