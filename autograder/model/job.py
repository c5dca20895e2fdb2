"""One unit of work: what a grader process needs to judge one submission. Travels as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.model.course import Limits, Task
from autograder.model.submission import Problem, SubmittedFile


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """The part of a topic a grader process needs. Paths are absolute; `hidden` is empty for a local check."""

    slug: str
    module: str
    tasks: tuple[Task, ...]
    visible: str  # path of the visible checks
    hidden: tuple[str, ...]  # paths of the hidden checks; the module they share, if any, lies beside them
    digest: str  # of the checks, limits and points
    limits: Limits


@dataclass(frozen=True, slots=True)
class Job:
    """`mode` is "wall" (isolated) or "plain" (a child process of the same user: a student's own code, or --unsafe)."""

    id: str
    topic: TopicSpec
    student: str
    submission: str  # digest
    files: tuple[SubmittedFile, ...]
    problems: tuple[Problem, ...]
    seed: int
    device: str = "cpu"
    mode: str = "wall"
    isolation: str = "wall"
    only: tuple[str, ...] = ()  # run only these checks (ids); empty: all
    until_failed: bool = False  # stop at the first check that fails; those after it are not in the result
    tries: int = 1
    speed: float = 0.0  # of the machine, as its engine knows it; 0: the grader process takes its own measurement
    pictures: bool = False  # draw what the visible checks draw
    again: bool = True  # run a check a second time whose outcome a busy machine could have caused
