"""Runs share one database: each submission is claimed by one of them, and a dead run holds nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from autograder.errors import StoreError
from autograder.model.result import Outcome
from autograder.model.submission import Problem, Submission, SubmittedFile
from autograder.model.text import Text
from autograder.store.rows import Claim, FileRow, Identity
from autograder.store.store import Store

NOW = "2026-03-01T12:00:00+00:00"


@pytest.fixture
def other(store):
    """A second program on the same database."""
    with Store.open(store.path) as opened:
        yield opened


def test_the_seed_is_drawn_once_and_differs_between_courses(store, other, tmp_path):
    assert store.secret_seed() == other.secret_seed()
    with Store.open(tmp_path / "another.db") as another:
        assert another.secret_seed() != store.secret_seed()


def test_a_submission_is_claimed_by_one_run_only(store, other, run, graded):
    identity = Identity.of(graded())
    second = other.start_run({}, NOW)
    assert store.claim(identity, run, NOW) == Claim.MINE
    assert other.claim(identity, second, NOW) == Claim.TAKEN
    store.save(graded(), run, NOW)
    assert other.claim(identity, second, NOW) == Claim.DONE


def test_a_released_claim_can_be_taken(store, other, run, graded):
    identity = Identity.of(graded())
    store.claim(identity, run, NOW)
    store.release(identity, run)
    assert other.claim(identity, other.start_run({}, NOW), NOW) == Claim.MINE


def test_what_a_dead_run_claimed_is_freed_and_what_a_living_one_claimed_is_not(store, other, run, graded):
    dead = other.start_run({}, NOW)
    store.claim(Identity.of(graded(student="ada")), run, NOW)
    other.claim(Identity.of(graded(student="bo")), dead, NOW)
    assert store.release_dead() == 0
    other.close()
    assert store.release_dead() == 1
    assert store.claim(Identity.of(graded(student="bo")), run, NOW) == Claim.MINE


def test_a_run_that_is_alive_elsewhere_is_not_taken_over(store, other):
    run = other.start_run({"topics": ["statistics"]}, NOW)
    with pytest.raises(StoreError, match=f"at work on run {run}"):
        store.take_over(run)
    other.close()
    store.take_over(run)
    assert store.is_alive(run)


def test_runs_are_listed_newest_first_with_what_they_made(store, run, graded):
    store.save(graded(), run, NOW)
    store.finish_run(run, NOW)
    store.start_run({"topics": ["statistics"]}, NOW)
    newest, oldest = store.runs()
    assert (newest.options, newest.results, newest.finished_at) == ({"topics": ["statistics"]}, 0, None)
    assert (oldest.id, oldest.results, oldest.finished_at) == (run, 1, NOW)


def test_a_regrade_claims_what_has_a_result_but_not_what_it_made_itself(store, run, graded):
    identity = Identity.of(graded())
    store.save(graded(), run, NOW)
    again = store.start_run({}, NOW)
    assert store.claim(identity, again, NOW, redo=True) == Claim.MINE
    store.save(graded(), again, NOW, redo=True)
    assert store.claim(identity, again, NOW, redo=True) == Claim.DONE


def test_our_own_failure_is_claimed_by_the_next_run_but_not_by_the_same(store, run, graded):
    store.save(graded(outcome=Outcome.INTERNAL), run, NOW)
    identity = Identity.of(graded())
    assert store.claim(identity, run, NOW) == Claim.DONE
    assert store.claim(identity, store.start_run({}, NOW), NOW) == Claim.MINE


def upload(day: int | None = 1, **fields: object) -> Submission:
    time = None if day is None else datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day)
    known = {"student": "李雷", "topic": "statistics", "files": (SubmittedFile("a.py", b"x = 1"),)}
    return Submission(**(known | {"submitted_at": time} | fields))  # type: ignore[arg-type]


def test_an_upload_is_remembered_with_what_was_wrong_with_it(store):
    problem = Problem("empty", Text("nothing here", "空"), fatal=True)
    given = upload(problems=(problem,), source="inbox", attempt=2)
    assert store.record_submissions([given], NOW) == 1
    (row,) = store.submissions()
    assert (row.student, row.source, row.attempt, row.digest) == ("李雷", "inbox", 2, given.digest)
    assert row.problems == (problem,)
    assert row.files == (FileRow("a.py", 5, given.files[0].sha256),)


@pytest.mark.parametrize("days", [(3, 1), (1, 3), (None, 1), (1, None)])
def test_the_same_content_handed_in_again_keeps_its_first_time(store, days):
    counts = [store.record_submissions([upload(day)], NOW) for day in days]
    assert counts == [1, 0]
    assert [row.submitted_at for row in store.submissions()] == [upload(1).submitted_at]
