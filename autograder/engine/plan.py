"""From a course and a pile of submissions to jobs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.model.course import Course
from autograder.model.job import Job, TopicSpec
from autograder.model.pace import QUEUED_AT_MOST, SECOND_RUNS
from autograder.model.submission import Submission

WALL = "wall"
UNSAFE = "none (--unsafe)"
SPARE_S = 300.0  # to load torch, collect the checks and write the answer on a busy machine


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is the same for every job of a run."""

    seed: int
    device: str = "cpu"
    unsafe: bool = False


def plan(
    course: Course, submissions: Iterable[Submission], specs: Mapping[str, TopicSpec], conditions: Conditions
) -> list[Job]:
    """One job for each student and topic: the last attempt counts. In the order of the course's topics, so that a
    grader process keeps the checks of a topic at hand; then by student."""
    order = {topic.slug: number for number, topic in enumerate(course.topics)}
    last: dict[tuple[int, str], Submission] = {}
    for submission in submissions:
        place = (order[submission.topic], submission.student)
        if place not in last or last[place].attempt <= submission.attempt:
            last[place] = submission
    return [_job(last[place], specs[last[place].topic], conditions) for place in sorted(last)]


def _job(submission: Submission, spec: TopicSpec, conditions: Conditions) -> Job:
    digest = submission.digest
    return Job(
        id=f"{submission.student}/{submission.topic}/{digest[:12]}",
        topic=spec,
        student=submission.student,
        submission=digest,
        files=submission.files,
        problems=submission.problems,
        seed=conditions.seed,
        pictures=True,
        device=conditions.device,
        mode="plain" if conditions.unsafe else "wall",
        isolation=UNSAFE if conditions.unsafe else WALL,
    )


def ceiling_s(topic: TopicSpec) -> float:
    """When a grader process passes for hung: what the submission may use at most if each of the topic's checks, the
    import, and every second run goes to its limit on a machine so busy that the sandbox hardly gets a processor. A
    submission never gets there, so being generous costs nothing but patience. Of a machine as fast as the reference:
    an engine that knows its own to be slower stretches it like every other limit on time."""
    checks, longest = _checks(topic.visible, *topic.hidden)
    runs = checks + 1 + SECOND_RUNS
    return runs * QUEUED_AT_MOST * max(longest, topic.limits.wall_s, topic.limits.cpu_s) + SPARE_S


@cache
def _checks(*paths: str) -> tuple[int, float]:
    """How many checks these files have, and the longest time that one asks for."""
    text = "\n".join(Path(path).read_text(encoding="utf-8", errors="replace") for path in paths if Path(path).is_file())
    times = [float(seconds) for seconds in re.findall(r"\b(?:cpu_s|wall_s)=([0-9]+(?:\.[0-9]+)?)", text)]
    return len(re.findall(r"^\s*@(?:marks\.)?check\(", text, re.MULTILINE)), max(times, default=0.0)
