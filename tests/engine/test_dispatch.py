"""Every submission gets one result, whatever happens to the processes that grade it."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import replace

import pytest

from autograder.engine.dispatch import Kind, run_jobs
from autograder.engine.ledger import StoreLedger
from autograder.engine.seam import grader_version
from autograder.errors import AutograderError, IsolationError, StoreError
from autograder.model.submission import Problem
from autograder.model.text import Text
from autograder.store.rows import Claim, Identity
from autograder.store.store import Store

NOW = "2026-03-01T12:00:00+00:00"


def test_every_job_is_graded_once(room, make_job):
    room.grade([make_job(f"s{number}") for number in range(12)])
    assert room.outcomes == {f"s{number}": "passed" for number in range(12)}
    assert set(room.started.values()) == {1}
    assert room.count == {Kind.STARTED: 12, Kind.FINISHED: 12}


def test_what_has_a_result_costs_nothing(room, make_job):
    jobs = [make_job("ada"), make_job("bo")]
    room.grade(jobs)
    room.grade(jobs)
    assert room.started == {"ada": 1, "bo": 1}
    assert room.count[Kind.SKIPPED] == 2


def test_a_regrade_on_purpose_runs_again_and_keeps_history(room, make_job):
    room.grade([make_job("ada")])
    room.grade([make_job("ada")], redo=True)
    assert room.started == {"ada": 2}
    assert len(room.store.history("ada", "statistics")) == 2


@pytest.mark.parametrize("fault", ["die", "fail", "garbage", "not-json", "other-job"])
def test_a_fault_that_passes_is_tried_again_and_leaves_no_trace_in_the_points(room, make_job, fault):
    room.grade([make_job("ada", f"{fault} 2"), make_job("bo")])
    assert room.outcomes == {"ada": "passed", "bo": "passed"}
    assert room.started == {"ada": 3, "bo": 1}
    assert room.store.current("ada")[0].tries == 3
    assert room.count[Kind.RETRIED] == 2


@pytest.mark.parametrize("fault", ["die", "fail", "garbage", "not-json", "other-job"])
def test_a_poison_job_becomes_internal_after_three_tries_and_blocks_nobody(room, make_job, fault):
    room.grade([make_job("poison", fault), *(make_job(f"s{number}") for number in range(5))])
    assert room.started["poison"] == 3
    (result,) = room.store.current("poison")
    assert [(check.task, check.outcome, check.points, check.max_points) for check in result.checks] == [
        ("mean", "internal", 0.0, 10.0),
        ("spread", "internal", 0.0, 20.0),
    ]
    assert "on our side" in result.checks[0].message.en
    assert [room.outcomes[f"s{number}"] for number in range(5)] == ["passed"] * 5


def test_the_staff_learn_how_a_worker_was_lost(room, make_job):
    room.grade([make_job("ada", "die")])
    detail = room.store.current("ada")[0].checks[0].detail
    assert "ended (signal 9)" in detail
    assert "about to die" in detail


def test_a_hung_worker_is_given_up_at_its_ceiling(room, make_job, monkeypatch):
    monkeypatch.setattr("autograder.engine.dispatch.ceiling_s", lambda _: 0.6)
    room.grade([make_job("ada", "hang 1"), make_job("bo")])
    assert room.outcomes == {"ada": "passed", "bo": "passed"}
    assert "no answer for 0.6 seconds" in next(event.why for event in room.events if event.kind == Kind.RETRIED)


def test_our_own_failure_is_graded_anew_by_the_next_run(room, make_job):
    job = make_job("ada", "die 3")
    room.grade([job])
    assert room.outcomes == {"ada": "internal"}
    room.log.write_text("")
    other = make_job("ada", "die 3")
    room.grade([other])
    assert room.started == {"ada": 3}


def test_a_broken_upload_is_not_run_and_still_counts(room, make_job):
    problem = Problem(
        "wrong-name", Text("The file must be called statistics.py.", "文件名必须是 statistics.py。"), fatal=True
    )
    room.grade([make_job("ada", problems=(problem,))])
    assert room.started == {}
    (result,) = room.store.current("ada")
    assert [(check.check, check.outcome, check.reason) for check in result.checks] == [
        ("mean.submission", "failed", "wrong-name"),
        ("spread.submission", "failed", "wrong-name"),
    ]
    assert result.checks[0].message == problem.text
    assert (result.points, result.max_points) == (0.0, 30.0)


def test_two_broken_uploads_are_two_results(room, make_job):
    for code in ("empty", "bomb"):
        room.grade([make_job("ada", problems=(Problem(code, Text(code), fatal=True),))])
    assert [row.result.checks[0].reason for row in room.store.history("ada", "statistics")] == ["empty", "bomb"]


def test_a_machine_without_the_wall_ends_the_run_with_the_reason(room, make_job):
    with pytest.raises(IsolationError, match="no user namespaces here"):
        room.grade([make_job("ada"), make_job("bo")], room.engine(mode="refuse"))
    assert room.outcomes == {}
    assert room.store.release_dead() == 0  # nothing is left claimed


def test_a_worker_that_never_starts_ends_the_run_and_accuses_nobody(room, make_job, monkeypatch):
    monkeypatch.setattr("autograder.engine.local.STARTS", 2)
    with pytest.raises(AutograderError, match=r"don't start(.|\n)*libtorch\.so(.|\n)*autograder doctor"):
        room.grade([make_job("ada")], room.engine(mode="crash"))
    assert room.outcomes == {}


def test_a_worker_that_fails_to_start_once_uses_up_no_tries(room, make_job):
    room.grade([make_job("ada")], room.engine(1, mode="die-once"))
    assert room.store.current("ada")[0].tries == 1


def test_a_machine_that_falls_short_of_something_for_a_moment_loses_nothing(room, make_job):
    room.grade([make_job("ada", "die 1"), make_job("bo")], room.engine(1, mode="short-later"))
    assert room.outcomes == {"ada": "passed", "bo": "passed"}
    assert [room.store.current(name)[0].tries for name in ("ada", "bo")] == [2, 1]


def test_a_machine_that_is_short_of_something_from_the_start_says_so_at_once(room, make_job):
    with pytest.raises(IsolationError, match="raise the limit on open files"):
        room.grade([make_job("ada")], room.engine(1, mode="short"))
    assert room.outcomes == {}


def test_stopping_finishes_what_runs_and_starts_nothing_more(room, make_job):
    room.stop_after = 2
    room.grade([make_job(f"s{number}", "slow 0.1") for number in range(30)])
    assert 2 <= room.count[Kind.FINISHED] <= 5
    assert len(room.outcomes) == room.count[Kind.FINISHED] == sum(room.started.values())
    room.stop_after = None
    room.grade([make_job(f"s{number}", "slow 0.1") for number in range(30)])
    assert len(room.outcomes) == 30
    assert set(room.started.values()) == {1}


def test_a_store_that_fails_ends_the_run_and_the_rest_can_be_graded_later(room, make_job, monkeypatch):
    jobs = [make_job(f"s{number}") for number in range(8)]
    save = Store.save

    def full(self, result, *args, **options):
        if result.student == "s4":
            raise StoreError("the disk is full")
        return save(self, result, *args, **options)

    monkeypatch.setattr(Store, "save", full)
    with pytest.raises(StoreError, match="the disk is full"):
        room.grade(jobs)
    monkeypatch.undo()
    room.grade(jobs)
    assert room.outcomes == {f"s{number}": "passed" for number in range(8)}


def test_two_runs_at_once_share_the_work(room, make_job):
    jobs = [make_job(f"s{number}", "jitter 0.1") for number in range(24)]
    engine = room.engine(1)

    def other() -> None:
        with Store.open(room.store.path) as store, room.engine(1) as working:
            run_jobs(jobs, working, StoreLedger(store, store.start_run({}, NOW), grader_version(), lambda: NOW))

    thread = threading.Thread(target=other)
    thread.start()
    room.grade(jobs, engine)
    thread.join()
    assert len(room.outcomes) == 24
    assert set(room.started.values()) == {1}


def test_what_another_run_is_grading_is_waited_for(room, make_job):
    job = make_job("ada")
    with Store.open(room.store.path) as other:
        assert other.claim(Identity.expected(job, grader_version()), other.start_run({}, NOW), NOW) == Claim.MINE
        timer = threading.Timer(0.5, other.close)
        timer.start()
        room.grade([job])  # ends because the other run dies and its claim is freed
        timer.join()
    assert room.count[Kind.WAITING] >= 1
    assert room.outcomes == {"ada": "passed"}


class Recording:
    """An engine that answers nothing useful, to see how much it is asked at a time."""

    def __init__(self, slots: int) -> None:
        self.most, self._slots = 0, slots
        self._open: list[Future] = []

    def slots(self) -> int:
        return self._slots

    def submit(self, _spec: dict, **_: float) -> Future:
        future: Future = Future()
        self._open.append(future)
        self.most = max(self.most, sum(not one.done() for one in self._open))
        threading.Timer(0.02, future.set_result, [{}]).start()
        return future

    def at(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None: ...


def test_never_more_than_one_job_waits_beyond_the_slots(room, make_job):
    engine = Recording(3)
    room.grade([make_job(f"s{number}") for number in range(12)], nullcontext(engine))
    assert engine.most == 4
    assert set(room.outcomes.values()) == {"internal"}


@pytest.mark.parametrize("outcome", ["failed", "crash", "timeout", "cpu", "memory", "output", "forbidden"])
def test_what_a_student_did_wrong_is_never_tried_again(room, make_job, outcome):
    room.grade([make_job("ada", f"outcome {outcome}")])
    assert room.started == {"ada": 1}
    assert room.outcomes == {"ada": outcome}
    assert room.count[Kind.RETRIED] == 0


def test_a_late_result_of_a_disowned_worker_is_ignored(room, make_job):
    """A run that everybody thought dead comes to the same end once more; what stands already stays as it is."""
    job = make_job("ada", "outcome failed")
    with Store.open(room.store.path) as late:
        ledger = StoreLedger(late, late.start_run({}, NOW), grader_version(), lambda: NOW)
        assert ledger.claim(job) == Claim.MINE
        late._alive.close()  # as good as dead: its claim may be taken
        room.grade([job])
        (standing,) = room.store.history("ada", "statistics")
        assert ledger.save(replace(standing.result, checks=())) is False
    assert room.store.history("ada", "statistics") == [standing]
