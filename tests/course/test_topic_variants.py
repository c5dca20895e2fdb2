"""The versions of a topic's file that prove its checks."""

from __future__ import annotations

import pytest

from autograder.course.discover import load_course
from autograder.course.stubs import variants
from autograder.errors import ConfigError

SOLUTION = "solutions/01_first_steps"
MISTAKE = f"{SOLUTION}/mistakes/adds_two.py"


def made(course):
    return variants(load_course(course.root).topics[0])


def faults_of(course) -> str:
    with pytest.raises(ConfigError) as caught:
        made(course)
    return "\n".join(map(str, caught.value.faults))


def test_stub_solution_accepted_ways_and_mistakes_come_in_this_order(course):
    course.write(f"{SOLUTION}/mistakes/a_first_one.py", '"""Believes\nless."""\nTRIPS = ("halve.value",)\nALSO = []\n')
    stub, solution, accepted, first, mistake = made(course)
    assert [(one.kind, one.name) for one in (stub, solution, accepted, first, mistake)] == [
        ("stub", "stub"),
        ("solution", "solution"),
        ("accepted", "by_adding"),
        ("mistake", "a_first_one"),
        ("mistake", "adds_two"),
    ]
    assert stub.source.count("raise NotImplementedError") == 2
    assert "return x + x" in accepted.source
    assert "return x.div(2).clone()" in accepted.source
    assert (mistake.trips, mistake.also, mistake.belief) == (
        ("double.value",),
        (),
        "Believes that doubling adds two.",
    )
    assert first.belief == "Believes less."


def test_a_mistake_must_say_what_was_believed_and_what_it_trips(course):
    course.write(MISTAKE, "def double(x):\n    return x\n")
    assert faults_of(course) == f"{MISTAKE}:1:1: the docstring is missing (it says what the student believed)"
    course.write(MISTAKE, '"""Believes."""\n\n\ndef double(x):\n    return x\n')
    assert faults_of(course) == f'{MISTAKE}:1:1: TRIPS is missing (TRIPS = ["task.check"]: the checks that must fail)'


def test_a_mistake_that_names_an_unknown_check_gets_a_near_name(course):
    course.replace(MISTAKE, 'TRIPS = ["double.value"]', 'TRIPS = ["double.valeu"]\nALSO = [name]')
    assert faults_of(course) == (
        f'{MISTAKE}:4:1: ALSO must be a list of check ids written out (ALSO = ["task.check"])\n'
        f'{MISTAKE}:3:1: TRIPS names "double.valeu", which is no check (did you mean "double.value"?)'
    )


def test_a_variant_that_replaces_nothing_is_a_fault(course):
    course.replace(MISTAKE, "def double", "def duoble")
    assert faults_of(course) == f'{MISTAKE}:1:1: "duoble" replaces nothing of the solution (did you mean "double"?)'


def test_the_faults_of_all_variants_come_at_once(course):
    course.write(MISTAKE, "def double(:\n")
    course.write(f"{SOLUTION}/accepted/by_adding.py", "def doubel(x):\n    return x\n")
    assert faults_of(course).split(": ")[0] == f"{SOLUTION}/accepted/by_adding.py:1:1"
    assert f"{MISTAKE}:1:12: not Python: invalid syntax" in faults_of(course)
