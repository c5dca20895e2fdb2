"""The commands of an author, as typed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from autograder.cli import author
from autograder.errors import UsageError


def typed(course, command, *words):
    """The result of a command in the folder of a course."""
    return CliRunner().invoke(command, [*words, "--course", str(course.root)], catch_exceptions=True)


def test_release_says_what_was_compared(course, tmp_path):
    answer = typed(course, author.release, str(tmp_path / "students"))
    assert answer.exit_code == 0
    assert answer.stdout == (
        f"student edition written: {tmp_path / 'students'}\n"
        "  2 topics, 18 files, 209 lines\n"
        "  proof: none of 3 answer lines, none of 12 lines of hidden checks,\n"
        "         other solutions, known mistakes and notes; no staff file, no link, no compiled code\n"
    )


def test_release_answers_in_json(course, tmp_path):
    typed(course, author.release, str(tmp_path / "students"))
    answer = json.loads(typed(course, author.release, str(tmp_path / "students"), "--json").stdout)
    assert answer["replaced"] is True
    assert answer["proof"]["files"] == 18


def test_new_names_its_files_and_the_next_step(course):
    answer = typed(course, author.new, "weight-decay", "--number", "21", "--title-zh", "权重衰减")
    assert answer.exit_code == 0
    assert "exercises/21_weight_decay/README.md\n" in answer.stdout
    assert answer.stdout.endswith("grading.yml\n")
    assert "autograder verify weight-decay" in answer.stderr
    assert 'title: {en: "Weight decay", zh: "权重衰减"}' in course.read("exercises/21_weight_decay/topic.yml")
    listed = json.loads(typed(course, author.new, "dropout", "--json").stdout)
    assert listed["topic"] == "dropout"
    assert "solutions/22_dropout/dropout.py" in listed["files"]


def test_stubs_are_checked_and_written(course):
    assert typed(course, author.stubs, "--check").exit_code == 0
    course.replace("solutions/01_first_steps/first_steps.py", "Half of x.", "One half of x.")
    answer = typed(course, author.stubs, "--check")
    assert answer.exit_code == 1
    assert answer.stdout.startswith("exercises/01_first_steps/first_steps.py:12:1: the stub is out of step")
    assert len(json.loads(typed(course, author.stubs, "--check", "--json").stdout)["faults"]) == 1
    assert typed(course, author.stubs).stdout == "exercises/01_first_steps/first_steps.py\n"
    assert json.loads(typed(course, author.stubs, "--json").stdout) == {"written": []}


@pytest.mark.parametrize("command", [author.stubs, author.new, author.release])
def test_a_folder_that_is_no_course_is_said(command, tmp_path):
    words = [] if command is author.stubs else [str(tmp_path / "x")]
    answer = CliRunner().invoke(command, [*words, "--course", str(tmp_path)])
    assert isinstance(answer.exception, UsageError)
    assert "there is no grading.yml here" in str(answer.exception)


def test_the_commands_are_there_before_anything_heavy_is_imported():
    code = "import sys, autograder.cli.author; print({'pydantic', 'yaml', 'torch', 'rich'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "set()\n"
