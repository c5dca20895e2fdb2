"""One tree of exceptions. Each knows its exit code: 1 judged and found wanting, 2 used wrongly, 3 our own fault.

Every message answers three questions: where, what, and what now.
"""

from __future__ import annotations

from dataclasses import dataclass


class AutograderError(Exception):
    """Our own fault unless a subclass says otherwise; the command line prints it and exits with `exit_code`."""

    exit_code = 3

    def __init__(self, what: str, *, where: str = "", now: str = "") -> None:
        self.what, self.where, self.now = what, where, now
        super().__init__(": ".join(part for part in (where, what) if part) + (f"\n  -> {now}" if now else ""))


class UsageError(AutograderError):
    """The command was used wrongly: an unknown topic, a missing folder, an option that contradicts another."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a configuration file. `where` is `file:line:column`; `hint` says what to write instead."""

    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class ConfigError(UsageError):
    """Every fault of a course's files at once."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''} in the course's files"
        super().__init__("\n  ".join([count, *map(str, faults)]))


class UploadError(UsageError):
    """An upload that can't be read safely: a bad archive, a forbidden path, too many bytes."""


class DataError(UsageError):
    """A data set that the course points to is missing, damaged, or not what it should be."""


class IsolationError(AutograderError):
    """A layer of the wall can't be had or doesn't hold here. Grading is refused rather than weakened."""


class Shortage(IsolationError):
    """A layer can't be had for want of memory, processes or open files, of which there may be enough in a moment."""


class StoreError(AutograderError):
    """The database can't be opened, read or written."""


class NotAsWritten(AutograderError):
    """What is stored was changed by another hand."""

    exit_code = 1


class SigningError(AutograderError):
    """The course's signing key can't be had, or others could have had it."""


class WorkerLost(AutograderError):
    """A grader process ended without a result. Never a student's fault: the job is tried again elsewhere."""


class StudentError(Exception):
    """An exception raised by the student's code, as reported from the sandbox. A claim, never evidence.

    `kind` is the exception's class name, `message` its text, `trace` the traceback from the student's first frame on,
    `line` the line of the student's file it was raised from (0 if unknown).
    """

    def __init__(self, kind: str, message: str, trace: str = "", line: int = 0) -> None:
        self.kind, self.message, self.trace, self.line = kind, message, trace, line
        super().__init__(f"{kind}: {message}" if message else kind)


class SandboxEnded(Exception):
    """The sandbox is gone: killed at a limit, crashed, left, or broke the protocol.

    `outcome` is the `Outcome` value (a string) this means for the check that was running; `what` says why, for staff.
    `outside`: somebody else killed it, neither the grader nor code in it: the kernel for want of memory, or a person.
    """

    def __init__(self, outcome: str, what: str, *, outside: bool = False) -> None:
        self.outcome, self.what, self.outside = outcome, what, outside
        super().__init__(what)
