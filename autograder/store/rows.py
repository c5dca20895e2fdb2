"""What the store hands out beside whole results: light rows for tables and lists."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from autograder.model.job import Job
from autograder.model.result import Outcome, TopicResult
from autograder.model.submission import Problem


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two gradings the same: the key of the result and how far the student's code was kept away."""

    student: str
    topic: str
    submission: str
    checks_digest: str
    grader: str
    device: str
    seed: int
    isolation: str

    @classmethod
    def of(cls, result: TopicResult) -> Identity:
        return cls(*result.key, result.isolation)

    @property
    def digest(self) -> bytes:
        """A short name for it."""
        parts = (str(part).encode("utf-8", "backslashreplace") for part in astuple(self))
        return hashlib.sha256(b"\0".join(parts)).digest()

    @classmethod
    def expected(cls, job: Job, grader: str) -> Identity:
        """The identity of the result this job will have when `grader` runs it."""
        topic = job.topic
        return cls(job.student, topic.slug, job.submission, topic.digest, grader, job.device, job.seed, job.isolation)


class Claim(StrEnum):
    """The answer to "may I grade this now?"."""

    MINE = "mine"
    DONE = "done"  # it has a result already; that result counts from now on
    TAKEN = "taken"  # another run is at it


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One cell of the class matrix: the result that counts for this student and topic."""

    student: str
    topic: str
    outcome: Outcome
    points: float
    max_points: float
    flags: int  # how many things a person should look at
    isolation: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """How one check fared in the class: how many submissions had this outcome for this reason."""

    topic: str
    check: str
    outcome: Outcome
    reason: str
    count: int
    points: float  # mean
    max_points: float


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One grading of a student's topic, and whether it still counts (`replaced_at` is None)."""

    result: TopicResult
    run: int
    finished_at: str
    replaced_at: str | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a submission, without its bytes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """An upload as it was first seen with this content."""

    student: str
    topic: str
    digest: str
    attempt: int
    submitted_at: datetime | None
    source: str
    files: tuple[FileRow, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RunRow:
    """One `grade` command; `options` is what it was asked to do, `results` how many results it has made."""

    id: int
    started_at: str
    finished_at: str | None
    options: dict[str, Any]
    results: int
