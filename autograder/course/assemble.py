"""The plain data of grading.yml and topic.yml -> the Course. No validation beyond what the values themselves need."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.course.layout import EXERCISES, SOLUTIONS, number_of, slug_of
from autograder.model.course import Course, Limits, Task, Topic
from autograder.model.policy import LatePolicy, Policy, TopicPolicy
from autograder.model.text import Text

Plain = Mapping[str, Any]


def assemble(root: Path, grading: Plain, topics: Sequence[tuple[Path, Plain]]) -> Course:
    """The course from valid data; `topics` are the folders of exercises/ with their topic.yml, in the course's order.

    Data that isn't valid raises KeyError, TypeError or ValueError.
    """
    entries = {entry["topic"]: entry for entry in grading["topics"]}
    policies = {slug: _policy(entry) for slug, entry in entries.items()}
    made = [_topic(root, folder, data, grading, entries) for folder, data in topics]
    policy = Policy(late=LatePolicy(**grading.get("late", {})), topics=policies)
    return Course(root, Text(**grading["course"]), tuple(made), policy, grading.get("submit_to", ""))


def _policy(entry: Plain) -> TopicPolicy:
    due = entry.get("due")
    if isinstance(due, str):
        due = datetime.fromisoformat(due)
    if due is not None and (not isinstance(due, datetime) or due.tzinfo is None):
        raise ValueError("a due date needs a time zone")
    return TopicPolicy(float(entry.get("weight", 1)), due)


def _topic(root: Path, folder: Path, data: Plain, grading: Plain, entries: Mapping[str, Plain]) -> Topic:
    limits, entry = Limits(), entries[slug_of(folder)]
    for narrower in (grading, data, entry):  # the nearest word counts: the course, the topic, the course of the topic
        limits = dataclasses.replace(limits, **narrower.get("limits", {}))
    solution = root / SOLUTIONS / folder.name
    return Topic(
        slug=slug_of(folder),
        number=number_of(folder),
        title=Text(**data["title"]),
        needs=tuple(need for need in data.get("needs", ()) if need in entries),  # others are taken as known
        tasks=tuple(Task(task["name"], float(task["points"]), Text(**task["title"])) for task in data["tasks"]),
        exercise=root / EXERCISES / folder.name,
        solution=solution if solution.is_dir() else None,
        limits=limits,
        minutes=data.get("minutes", 60),
        difficulty=data.get("difficulty", 2),
    )
