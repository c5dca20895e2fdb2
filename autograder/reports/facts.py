"""What a report is made from, beside the course: results with their scores, the submissions behind them, the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from autograder.model.result import Score, TopicResult
from autograder.model.submission import Problem, Submission


@dataclass(frozen=True, slots=True)
class FileFacts:
    path: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class SubmissionFacts:
    """What a report says of a submission: everything but the bytes of its files."""

    student: str
    topic: str
    digest: str
    submitted_at: datetime | None = None
    attempt: int = 1
    files: tuple[FileFacts, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: str = ""  # for staff

    @classmethod
    def of(cls, submission: Submission) -> SubmissionFacts:
        files = tuple(FileFacts(file.path, len(file.data), file.sha256) for file in submission.files)
        return cls(
            submission.student,
            submission.topic,
            submission.digest,
            submission.submitted_at,
            submission.attempt,
            files,
            submission.problems,
            submission.source,
        )


@dataclass(frozen=True, slots=True)
class Graded:
    """One thing to report: a result, its score, and the submission it is about (None if nothing is known of it)."""

    result: TopicResult
    score: Score
    submission: SubmissionFacts | None = None


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the results themselves don't say: who should be there, and how the run went."""

    made_at: datetime | None = None  # when the report was made; decides which due dates have passed
    roster: tuple[str, ...] = ()  # everyone who should hand in; empty: whoever did
    digests: Mapping[str, str] = field(default_factory=dict)  # topic -> digest of its checks as they are now
    again: str = "autograder grade"  # the command that grades again; student and topic are added to it
    wall_s: float = 0.0
    workers: int = 0
    reused: int = 0  # results that were already in the store
