"""What collecting gives: submissions, what was rejected, and what came before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from autograder.model.submission import Submission
from autograder.model.text import Text


@dataclass(frozen=True, slots=True)
class Reject:
    """Something found that is nobody's submission: a misspelt topic, an unreadable archive, a name not allowed."""

    where: str
    text: Text


@dataclass(frozen=True, slots=True)
class Earlier:
    """An attempt that a later one has replaced. Its files are not kept here."""

    student: str
    topic: str
    attempt: int
    digest: str
    submitted_at: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class Collection:
    """One submission per student and topic, by name; `missing` are students of the roster without any."""

    submissions: tuple[Submission, ...]
    rejects: tuple[Reject, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    missing: tuple[str, ...] = ()
