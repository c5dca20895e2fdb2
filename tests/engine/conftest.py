"""Jobs, a store and an engine with fake workers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.engine.dispatch import Event, Kind, run_jobs
from autograder.engine.ledger import StoreLedger
from autograder.engine.local import LocalEngine
from autograder.engine.seam import grader_version
from autograder.model.course import Limits, Task
from autograder.model.job import Job, TopicSpec
from autograder.model.submission import Problem, Submission, SubmittedFile
from autograder.model.text import Text
from autograder.store.store import Store

FAKE = Path(__file__).with_name("fake_worker.py")
TOPIC = TopicSpec(
    slug="statistics",
    module="statistics",
    tasks=(Task("mean", 10.0, Text("Mean")), Task("spread", 20.0, Text("Spread"))),
    visible="",
    hidden=(),
    digest="c" * 64,
    limits=Limits(),
)


def job(student: str, does: str = "ok", problems: tuple[Problem, ...] = ()) -> Job:
    """A job whose fake worker does what the file says."""
    files = (SubmittedFile("statistics.py", does.encode()),)
    digest = Submission(student, "statistics", files, problems=problems).digest
    return Job(f"{student}/statistics", TOPIC, student, digest, files, problems, seed=7)


def clock() -> str:
    return datetime.now(UTC).isoformat()


class Class:
    """A store, a run and fake workers: `grade(jobs)` runs them and notes what happened."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        self.store = Store.open(folder / "class.db")
        self.events: list[Event] = []
        self.stop_after: int | None = None

    def engine(self, workers: int = 2, mode: str = "", **options: int) -> LocalEngine:
        return LocalEngine(workers, [sys.executable, str(FAKE), str(self.log), mode], **options)

    def grade(self, jobs: list[Job], engine: LocalEngine | None = None, *, redo: bool = False) -> int:
        run = self.store.start_run({}, clock())
        ledger = StoreLedger(self.store, run, grader_version(), clock, redo=redo)
        with engine or self.engine() as working:
            run_jobs(jobs, working, ledger, on_event=self.events.append, stopping=self._stopping)
        return run

    def _stopping(self) -> bool:
        return self.stop_after is not None and self.count[Kind.FINISHED] >= self.stop_after

    @property
    def count(self) -> Counter[Kind]:
        return Counter(event.kind for event in self.events)

    @property
    def started(self) -> Counter[str]:
        """How often each student's job was begun by a worker."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return Counter(line.partition("/")[0] for line in lines)

    @property
    def pids(self) -> list[int]:
        return [int(line.rpartition(" ")[2]) for line in self.log.read_text().splitlines()]

    @property
    def outcomes(self) -> dict[str, str]:
        return {row.student: row.outcome.value for row in self.store.matrix()}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Class]:
    made = Class(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def make_job() -> Callable[..., Job]:
    return job
