"""What is taken from a submission by somebody else is not its outcome: the job ends as lost, and is tried again."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from autograder.errors import IsolationError, WorkerLost

CHECKS = """
@check("f.first", hint="h", zh="z")
def test_first(submission):
    compare.equal(submission.f(), 1)

@check("g.second", hint="h", zh="z")
def test_second(submission):
    compare.equal(submission.g(), 2)
"""
SOURCE = "def f(): return 1\ndef g(): return 2\n"


def spawning(toy, then: Callable[[object], None]) -> SimpleNamespace:
    """A source of sandboxes that does something to each before it is used."""

    real = toy.zygote

    def spawn(limits: object) -> object:
        process = real.spawn(limits)
        then(process)
        return process

    return SimpleNamespace(spawn=spawn)


def kill(process) -> None:
    os.kill(process.pid, signal.SIGKILL)


def test_a_sandbox_killed_from_outside_is_a_lost_job_and_no_crash(toy):
    course = toy(CHECKS)
    course.zygote = spawning(course, kill)
    with pytest.raises(WorkerLost, match="killed from outside"):
        course.grade(SOURCE)


def test_a_sandbox_killed_from_outside_between_two_calls_is_a_lost_job(toy):
    course = toy("""
    import os, signal

    @check("f.first", hint="h", zh="z")
    def test_first(submission):
        compare.equal(submission.f(), 1)
        os.kill(object.__getattribute__(submission, "_host").process.pid, signal.SIGKILL)
        submission.f()
    """)
    with pytest.raises(WorkerLost, match="killed from outside"):
        course.grade(SOURCE)


def test_our_own_kill_at_a_limit_stays_the_limit(toy):
    course = toy(CHECKS, cpu_s=0.3)
    assert course.grade("def f():\n    while True: pass\ndef g(): return 2\n").outcome == "cpu"


def test_the_kernels_kill_at_the_limit_of_cpu_time_is_that_limit(toy, monkeypatch):
    monkeypatch.setattr("autograder.sandbox.host.Host._watch", lambda _: 0.05)  # the grader is stuck and doesn't look
    course = toy(CHECKS, cpu_s=0.01)  # the kernel's own limit stands at a hundred times that
    assert course.grade("def f():\n    while True: pass\ndef g(): return 2\n").outcome == "cpu"


@pytest.mark.parametrize(
    "fault",
    [
        WorkerLost("it ended", where="zygote"),
        IsolationError("no"),
        OSError(errno.EMFILE, "Too many open files"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        MemoryError(),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_sandbox_that_can_not_be_had_is_a_lost_job_and_no_result(toy, fault):
    def refuse(_: object) -> object:
        raise fault

    course = toy(CHECKS)
    course.zygote = SimpleNamespace(spawn=refuse)
    with pytest.raises(type(fault)):
        course.grade(SOURCE)


@pytest.mark.parametrize("raised", ["MemoryError()", "OSError(24, 'Too many open files')", "OSError(12, 'no memory')"])
def test_the_same_exceptions_raised_by_a_student_are_the_students(toy, raised):
    outcome = toy(CHECKS).grade(f"def f(): raise {raised}\ndef g(): return 2\n").outcome
    assert outcome in ("failed", "memory", "files")


def test_a_fault_in_a_check_is_that_checks_alone(toy):
    course = toy(
        CHECKS
        + """
@check("g.broken", hint="h", zh="z")
def test_broken(submission):
    open("/no/such/file")
"""
    )
    checks = course.checks(SOURCE)
    assert [str(checks[name].outcome) for name in ("f.first", "g.second", "g.broken")] == [
        "passed",
        "passed",
        "internal",
    ]
