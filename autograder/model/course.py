"""A course as the program sees it: topics in order, their tasks and points, and the rules of grading."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from autograder.model.policy import Policy
from autograder.model.text import Text


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission of one topic may use in its sandbox. Times are per check (the import counts as one)."""

    cpu_s: float = 10.0  # CPU seconds; the measure that a busy machine does not change
    wall_s: float = 60.0  # seconds on the clock; catches sleeping
    memory_mb: int = 1024  # MiB beyond what the warm sandbox already holds
    processes: int = 0  # processes beyond the first one; threads are not processes
    output_kb: int = 1024  # KiB of stdout and stderr together
    disk_mb: int = 64  # MiB in the private temporary file system
    inodes: int = 4096  # files and folders in it, the submission's own among them
    files: int = 256  # open at a time, the four that a sandbox starts with among them
    message_mb: int = 128  # MiB of tensors and arrays in one answer of the student's code
    calls: int = 100_000  # of the check's own functions, and of gradients through them, in one check


@dataclass(frozen=True, slots=True)
class Task:
    """One numbered exercise of a topic; its points are split over its checks by their weights."""

    name: str
    points: float
    title: Text


@dataclass(frozen=True, slots=True)
class Topic:
    """One folder of exercises/ with its twin in solutions/ (None in a student edition)."""

    slug: str  # "softmax-regression"
    number: int  # 13
    title: Text
    needs: tuple[str, ...]  # slugs of earlier topics
    tasks: tuple[Task, ...]
    exercise: Path  # exercises/13_softmax_regression
    solution: Path | None  # solutions/13_softmax_regression
    limits: Limits = Limits()
    minutes: int = 60  # how long a student needs
    difficulty: int = 2  # 1 to 5

    @property
    def module(self) -> str:
        """The name of the student's module and of every file named after the topic: `softmax_regression`."""
        return self.slug.replace("-", "_")

    @property
    def entry(self) -> str:
        """The file a student fills in and hands in."""
        return f"{self.module}.py"

    @property
    def points(self) -> float:
        return sum(task.points for task in self.tasks)

    @property
    def visible_checks(self) -> Path:
        return self.exercise / f"test_{self.module}.py"

    @property
    def hidden_checks(self) -> tuple[Path, ...]:
        """`test_<module>_hidden.py`, and `test_<module>_<part>_hidden.py` where one file would be too long."""
        return tuple(sorted(self.solution.glob(f"test_{self.module}*_hidden.py"))) if self.solution else ()

    @property
    def reference(self) -> Path | None:
        """A module that the hidden checks share, `<module>_reference.py`, if they need one."""
        path = self.solution / f"{self.module}_reference.py" if self.solution else None
        return path if path and path.is_file() else None


@dataclass(frozen=True, slots=True)
class Course:
    """Everything read from grading.yml, exercises/ and solutions/."""

    root: Path
    title: Text
    topics: tuple[Topic, ...]
    policy: Policy = field(default_factory=Policy)
    submit_to: str = ""  # the drop folder students submit to, if the course names one

    def topic(self, slug: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.slug == slug), None)
