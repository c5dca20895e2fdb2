"""What came of a check, a topic, a score. An outcome is never a bool, and our own fault is never a zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from autograder.model.picture import Picture
from autograder.model.text import Text


class Outcome(StrEnum):
    """Worst first: the outcome of a topic is the first of these among its checks."""

    INTERNAL = "internal"  # our fault: no points, no zero, blocks the release of the score
    CRASH = "crash"  # a signal, os._exit, a broken protocol
    TIMEOUT = "timeout"  # wall-clock time
    CPU = "cpu"  # CPU time
    MEMORY = "memory"
    OUTPUT = "output"  # more stdout and stderr than allowed
    DISK = "disk"  # more bytes, or more files, than its disk has room for
    PROCESSES = "processes"  # tried to start more processes, or threads, than allowed
    FILES = "files"  # tried to have more files open than allowed
    MESSAGE = "message"  # an answer too large to cross the wall
    CALLS = "calls"  # called the check's own functions more often than allowed
    FORBIDDEN = "forbidden"  # a system call the sandbox refuses, or a rule of the task
    FAILED = "failed"
    SKIPPED = "skipped"  # a prerequisite failed, or not for this device
    PASSED = "passed"

    @property
    def rank(self) -> int:
        """0 is the worst."""
        return list(Outcome).index(self)


NOT_HERE = "not-here"  # the reason of a skipped check for which this machine lacks something: a data set, a GPU


def worst(outcomes: list[Outcome]) -> Outcome:
    """The outcome of a whole by precedence; nothing at all is our fault."""
    return min(outcomes, key=lambda outcome: outcome.rank, default=Outcome.INTERNAL)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of one submission.

    `message` may always be shown to the student; for a hidden check it holds no hidden input, no expected value and no
    check source. `values` (the input, what came back, what was expected) is shown only where the check is visible.
    `detail` is for staff. `reason` is a short code for clustering: "value", "shape", "dtype", "exception",
    "not-started", "prerequisite", "import", "limit", ...
    """

    check: str  # "softmax.large_logits"
    task: str  # "softmax"
    outcome: Outcome
    points: float
    max_points: float
    hidden: bool
    message: Text = Text()
    values: Text = Text()
    hint: Text = Text()
    reason: str = ""
    detail: str = ""
    measured: Mapping[str, float] = field(default_factory=dict)  # {"accuracy": 0.957}
    cpu_s: float = 0.0  # in the sandbox
    cpu_limit_s: float = 0.0  # what it was allowed here, stretched on a slow machine; 0 if it never began
    wall_s: float = 0.0
    pictures: tuple[Picture, ...] = ()  # of a visible check
    again: str = ""  # it was run a second time, and this is the second outcome; the first was this one, "timeout" say


@dataclass(frozen=True, slots=True)
class LimitNote:
    """How one limit is enforced here: by the kernel, or only watched by us."""

    name: str  # "memory"
    value: str  # "1024 MiB"
    enforced: str  # "kernel: cgroup v1" | "kernel: RLIMIT_AS" | "watched" | "not enforced"


@dataclass(frozen=True, slots=True)
class TopicResult:
    """One submission graded: everything needed to explain it and to reproduce it."""

    student: str
    topic: str
    submission: str  # digest of the submission
    checks_digest: str  # digest of the topic's checks, limits and points
    grader: str  # version of this program and of torch, "0.1.0 torch 2.13.0"
    device: str  # "cpu" | "cuda"
    seed: int
    isolation: str  # "wall" | "none (--unsafe)" | "own computer"
    checks: tuple[CheckResult, ...]
    limits: tuple[LimitNote, ...] = ()
    flags: tuple[str, ...] = ()  # for a person to look at: "protocol violation in softmax.value", ...
    problems: tuple[Text, ...] = ()  # what was wrong with the upload
    output: str = ""  # the end of stdout and stderr, for staff
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_memory_mb: float = 0.0  # private memory of the sandbox; 0 if unknown
    started_at: str = ""  # ISO 8601 with zone
    tries: int = 1  # how often it had to be started because of our own failures
    speed: float = 0.0  # of the machine, against the reference of limits on time; 0 if nobody measured it

    @property
    def outcome(self) -> Outcome:
        return worst([check.outcome for check in self.checks if check.reason != NOT_HERE])

    @property
    def points(self) -> float:
        return round(sum(check.points for check in self.checks), 4)

    @property
    def max_points(self) -> float:
        return round(sum(check.max_points for check in self.checks), 4)

    @property
    def key(self) -> tuple[str, str, str, str, str, str, int]:
        """Grading again under the same key would give the same result, so it is never done twice."""
        return (self.student, self.topic, self.submission, self.checks_digest, self.grader, self.device, self.seed)


@dataclass(frozen=True, slots=True)
class Score:
    """A result under a policy. `final` is None while the result is `internal`: a person must look first."""

    raw: float
    maximum: float
    late_days: int
    penalty: float  # points taken for lateness
    final: float | None
