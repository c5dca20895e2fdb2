"""Changes that an author declares to be no mistakes: each must exist, and have a reason."""

from __future__ import annotations

import pytest

from autograder.course.discover import load_course
from autograder.course.equivalents import equivalents
from autograder.course.mutants import mutants
from autograder.errors import ConfigError

MASTER = "solutions/01_first_steps/first_steps.py"
FILE = "solutions/01_first_steps/equivalent.yml"
CHANGE = "double: scaled.contiguous() -> scaled"


def declared(course) -> dict[str, str]:
    topic = load_course(course.root).topics[0]
    return equivalents(topic, [mutant.key for mutant in mutants(course.read(MASTER))])


def faults_of(course, text: str) -> list[str]:
    course.write(FILE, text)
    with pytest.raises(ConfigError) as caught:
        declared(course)
    return [f"{fault.where.removeprefix(FILE)} {fault.what} {fault.hint}".strip() for fault in caught.value.faults]


def test_nothing_is_declared_where_there_is_no_file(course):
    assert declared(course) == {}


def test_a_change_is_declared_with_its_reason(course):
    course.write(FILE, f'- change: "{CHANGE}"\n  reason: it is contiguous already\n  task: double\n')
    assert declared(course) == {CHANGE: "it is contiguous already"}


def test_an_entry_that_matches_nothing_any_more_is_a_fault(course):
    (fault,) = faults_of(course, f'- {{change: "{CHANGE}d", reason: nobody can tell this}}')
    assert fault.startswith(f":1:12 no change of the solution is called '{CHANGE}d'")
    assert fault.endswith(f'did you mean "{CHANGE}"?')


def test_every_fault_of_the_file_is_told_at_once(course):
    text = f"""
        - change: "{CHANGE}"
          reason: so
          task: duoble
          line: 9
        - "{CHANGE}"
        - {{change: "{CHANGE}", reason: "这样改动之后结果不变"}}
    """
    assert [fault.partition(" ")[2].partition(" is called")[0] for fault in faults_of(course, text)] == [
        "unknown key `line` known here: change, reason, task",
        "say in words why no check can notice it",
        '"duoble" is no task did you mean "double"?',
        "an entry has `change` and `reason`, and `task` if you like",
        "no change of the solution",
    ]


def test_a_file_that_is_no_list_is_said(course):
    assert faults_of(course, "change: x\n") == [":1:1 this must be a list - {change: ..., reason: ...}"]
