"""A check whose outcome a neighbour could have caused is run once more; no other is, and it is all written down."""

from __future__ import annotations

import os
import signal

import pytest
from neighbours import RUNS, TROUBLE

from autograder.errors import WorkerLost
from autograder.grading import again
from autograder.model.pace import SECOND_RUNS
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.sandbox import shortage

ONE = """
@check("f.value", hint="h", zh="z")
def test_f(submission):
    trouble(submission)
    compare.equal(submission.f(1), 2)
"""
CASES = """
@check("f.value", hint="h", zh="z")
@pytest.mark.parametrize("x", [1, 2, 3])
def test_f(submission, x):
    trouble(submission, str(x))
    compare.equal(submission.f(x), x + 1)
"""
RIGHT = "def f(x): return x + 1\n"


def many(count: int) -> str:
    return "".join(
        f"""
@check("f.c{number}", hint="h", zh="z")
def test_{number}(submission):
    trouble(submission, "c{number}")
    compare.equal(submission.f(1), 2)
"""
        for number in range(count)
    )


def the_check(result: TopicResult) -> CheckResult:
    (check,) = result.checks
    return check


@pytest.mark.parametrize(
    ("what", "first"),
    [("stop", Outcome.TIMEOUT), ("burn", Outcome.CPU), ("kill", Outcome.INTERNAL)],
    ids=["no time on the clock", "no CPU time", "killed from outside"],
)
def test_what_a_neighbour_did_is_undone_by_a_second_run_and_flagged(topic, what, first):
    TROUBLE.append(what)
    result = topic(ONE).grade(RIGHT)
    check = the_check(result)
    assert (check.outcome, check.points, check.again) == (Outcome.PASSED, 100, first)
    assert result.flags == (f"f.value: {first} at first, passed when run again",)
    assert len(RUNS) == 2


@pytest.mark.parametrize("body", ["return 7", "raise ValueError", "raise MemoryError", "import os; os._exit(0)"])
def test_what_no_neighbour_can_cause_gets_no_second_chance(topic, body):
    result = topic(ONE).grade(f"def f(x): {body}\n")
    assert the_check(result).outcome is not Outcome.PASSED
    assert (the_check(result).again, result.flags, len(RUNS)) == ("", (), 1)


def test_the_second_outcome_counts_even_if_it_is_no_better(topic):
    TROUBLE.append("stop")
    result = topic(ONE).grade("def f(x): return 7\n")
    check = the_check(result)
    assert (check.outcome, check.points, check.again) == (Outcome.FAILED, 0, Outcome.TIMEOUT)
    assert result.flags == ("f.value: timeout at first, failed when run again",)


def test_an_endless_loop_costs_one_more_limit_and_not_one_for_each_check(topic):
    result = topic(many(3), cpu_s=0.3).grade("def f(x):\n    while True: pass\n")
    assert [check.outcome for check in result.checks] == [Outcome.CPU, Outcome.CPU, Outcome.SKIPPED]
    assert [check.again for check in result.checks] == ["cpu", "", ""]
    assert RUNS == ["c0", "c0", "c1"]
    assert result.flags == ()  # nobody need look: it is what it seemed


def test_a_check_with_one_failed_case_is_not_run_again_for_the_time_of_another(topic):
    TROUBLE.extend(["", "stop"])
    result = topic(CASES).grade("def f(x): return 0\n")
    assert (the_check(result).outcome, the_check(result).again) == (Outcome.TIMEOUT, "")
    assert RUNS == ["1", "2", "3"]


def test_all_cases_are_run_again_together(topic):
    TROUBLE.extend(["", "stop"])
    assert the_check(topic(CASES).grade(RIGHT)).outcome is Outcome.PASSED
    assert RUNS == ["1", "2", "3"] * 2


def test_a_submission_gets_so_many_second_runs_and_no_more(topic):
    TROUBLE.extend(["kill", ""] * SECOND_RUNS + ["kill"])
    with pytest.raises(WorkerLost, match="killed from outside"):
        topic(many(SECOND_RUNS + 2)).grade(RIGHT)
    assert TROUBLE == []


def test_a_sandbox_that_is_killed_from_outside_twice_is_a_lost_job_and_no_zero(topic):
    TROUBLE.extend(["kill", "kill"])
    with pytest.raises(WorkerLost, match="killed from outside"):
        topic(ONE).grade(RIGHT)


@pytest.mark.parametrize(
    "body",
    [
        "os.kill(os.getpid(), signal.SIGKILL); os._exit(1)",
        "signal.pthread_kill(threading.get_ident(), signal.SIGKILL); os._exit(1)",
        "resource.setrlimit(resource.RLIMIT_CPU, (0, 0))",
    ],
)
def test_no_code_in_a_sandbox_can_pass_its_end_off_as_ours(topic, body):
    result = topic(ONE).grade(f"import os, resource, signal, threading\ndef f(x):\n    {body}\n    while True: pass\n")
    assert the_check(result).outcome in (Outcome.FAILED, Outcome.CRASH)
    assert (the_check(result).again, len(RUNS)) == ("", 1)


def test_an_import_that_a_neighbour_spoilt_is_tried_again_before_every_check_fails_of_it(topic):
    made = topic(many(3))
    made.on_spawn = lambda process: len(made.spawned) == 1 and os.kill(process.pid, signal.SIGSTOP)
    result = made.grade(RIGHT)
    assert result.outcome is Outcome.PASSED
    assert [check.again for check in result.checks] == ["timeout", "", ""]
    assert len(made.spawned) == 2


def test_an_endless_import_is_tried_twice(topic):
    made = topic(many(3), cpu_s=0.3)
    result = made.grade("while True: pass\n")
    assert {check.outcome for check in result.checks} <= {Outcome.CPU, Outcome.SKIPPED}
    assert len(made.spawned) == 2


def test_a_death_in_a_first_run_does_not_count_as_one_of_the_two_of_a_task(topic):
    TROUBLE.extend(["kill", "", "kill"])
    checks = topic(many(3)).grade(RIGHT).checks
    assert [check.again for check in checks] == ["internal", "internal", ""]
    assert {check.outcome for check in checks} == {Outcome.PASSED}


def test_the_second_run_has_the_same_inputs_and_seeds_and_a_fresh_sandbox(topic):
    checks = """
@check("f.value", hint="h", zh="z")
def test_f(submission, draw):
    submission.f(draw.randn(2))
    trouble(submission)
    submission.f(draw.randn(2))
"""
    TROUBLE.append("kill")
    source = """
import torch
calls = 0
def f(x):
    global calls
    calls += 1
    print(calls, x.tolist(), torch.rand(1).item(), flush=True)
"""
    lines = topic(checks).grade(source).output.splitlines()
    assert len(lines) == 3
    assert lines[0] == lines[1] != lines[2]


def test_nothing_tells_a_submission_that_it_is_run_again(topic):
    """It leaves marks wherever it can, and would answer if it found one."""
    result = topic(ONE, wall_s=1).grade(
        """
        import os, time
        def f(x):
            places = ["/box/mark", "/tmp/mark", "/dev/shm/mark", os.path.expanduser("~/mark")]
            if any(os.path.exists(place) for place in places):
                return x + 1
            for place in places:
                try:
                    open(place, "w").close()
                except OSError:
                    pass
            time.sleep(99)
        """
    )
    assert (the_check(result).outcome, the_check(result).again) == (Outcome.TIMEOUT, "timeout")


def test_a_student_on_the_own_computer_waits_once(topic):
    result = topic(ONE, cpu_s=0.3).grade("def f(x):\n    while True: pass\n", again=False)
    assert (the_check(result).outcome, the_check(result).again, len(RUNS)) == (Outcome.CPU, "", 1)


def test_memory_is_only_in_doubt_where_the_machine_itself_is_short_of_it(topic, monkeypatch):
    monkeypatch.setattr(again.shortage, "of_memory", lambda wanted_mb: wanted_mb == 512)
    result = topic(ONE, memory_mb=512).grade("def f(x): raise MemoryError\n")
    assert (the_check(result).outcome, the_check(result).again, len(RUNS)) == (Outcome.MEMORY, "memory", 2)


@pytest.mark.parametrize(
    ("mode", "promised", "short"), [("0", 999, False), ("1", 999, False), ("2", 999, True), ("2", 100, False)]
)
def test_only_a_kernel_that_never_promises_too_much_can_run_short(tmp_path, mode, promised, short):
    (tmp_path / "sys/vm").mkdir(parents=True)
    (tmp_path / "sys/vm/overcommit_memory").write_text(mode + "\n")
    (tmp_path / "meminfo").write_text(
        f"MemTotal: 1 kB\nCommitLimit:  {1000 << 10} kB\nCommitted_AS: {promised << 10} kB\n"
    )
    assert shortage.of_memory(512, tmp_path) is short
    assert not shortage.of_memory(512, tmp_path / "missing")
