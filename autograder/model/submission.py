"""What a student handed in: content-hashed files of one student for one topic."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from autograder.model.text import Text


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """One file, by its path inside the submission (always with `/`, never absolute, never `..`)."""

    path: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the upload itself. A fatal one means there is nothing to run: `text` is all that is told."""

    code: str  # "wrong-name", "not-utf8", "too-large", "empty", "unsafe-archive", ...
    text: Text
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """The files of one student for one topic, and where they came from."""

    student: str
    topic: str
    files: tuple[SubmittedFile, ...]
    source: str = ""  # the folder or archive it was collected from, for staff
    submitted_at: datetime | None = None  # with time zone; None when the source does not say
    attempt: int = 1
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over student, topic, every file's path and bytes, in path order, and what makes it unusable, if
        anything does: two broken uploads are two submissions even if no file of either could be read."""
        whole = hashlib.sha256()
        parts: list[bytes] = [self.student.encode(), self.topic.encode()]
        for file in sorted(self.files, key=lambda file: file.path):
            parts += [file.path.encode(), file.data]
        for problem in self.problems:
            if problem.fatal:
                parts += [b"fatal", problem.code.encode(), problem.text.en.encode()]
        for part in parts:
            whole.update(len(part).to_bytes(8, "little") + part)
        return whole.hexdigest()

    @property
    def fatal(self) -> Problem | None:
        return next((problem for problem in self.problems if problem.fatal), None)
