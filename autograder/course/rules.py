"""What must hold between the values of a course's files: names that exist, an order without circles, sums.

Every rule takes data whose shape may be wrong (the schema says that) and looks at what it can.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from autograder.course.layout import EXERCISES, GRADING, SLUG
from autograder.course.near import near
from autograder.course.yaml_marks import Marked
from autograder.errors import Fault

FULL = 100  # points of every topic


def listed(grading: Marked) -> list[tuple[int, str]]:
    """The topics of grading.yml that are named at all, with their index."""
    return [
        (index, entry["topic"]) for index, entry in _tables(grading, "topics") if isinstance(entry.get("topic"), str)
    ]


def task_names(topic: Marked) -> list[str]:
    """The tasks of a topic.yml, an entry without a name as ""."""
    return [str(task.get("name", "")) for _, task in _tables(topic, "tasks")]


def grading_faults(grading: Marked, folders: Mapping[str, Sequence[Any]]) -> Iterator[Fault]:
    """Unknown and repeated topics, and weights that leave no score."""
    first: dict[str, str] = {}
    unlisted = [slug for slug in folders if slug not in {slug for _, slug in listed(grading)}]
    for index, slug in listed(grading):
        where = grading.where(("topics", index, "topic"))
        if slug in first:
            yield Fault(where, f'the topic "{slug}" stands here a second time', f"the first is at {first[slug]}")
        elif slug not in folders and re.match(SLUG, slug):
            folder = f"{EXERCISES}/NN_{slug.replace('-', '_')}"
            hint = near(slug, unlisted) or f"`autograder new {slug}` makes it"
            yield Fault(where, f'unknown topic "{slug}": there is no folder {folder}', hint)
        first.setdefault(slug, where)
    weights = [entry.get("weight", 1) for _, entry in _tables(grading, "topics")]
    if weights and all(weight == 0 for weight in weights):
        what = "every weight is 0, so there is no course score"
        yield Fault(grading.where(("topics",), key=True), what, "give one topic a weight")


def topic_faults(topic: Marked) -> Iterator[Fault]:
    """Tasks named twice, and points that don't add up to a hundred."""
    first: dict[str, int] = {}
    points: list[float] = []
    for index, task in _tables(topic, "tasks"):
        name = task.get("name")
        if isinstance(name, str) and name in first:
            where = topic.where(("tasks", index, "name"))
            yield Fault(where, f'the task "{name}" stands here a second time', f"the first is tasks[{first[name]}]")
        elif isinstance(name, str):
            first[name] = index
        if isinstance(task.get("points"), int | float):
            points.append(task["points"])
    complete = len(points) == len(_items(topic, "tasks"))  # a task without points is a fault of its own
    if points and complete and abs(sum(points) - FULL) > 1e-6:
        yield Fault(topic.where(("tasks",), key=True), f"the points of the tasks add up to {sum(points):g}, not {FULL}")


def needs_faults(
    slug: str, topics: Mapping[str, Marked], order: Sequence[str], folders: Container[str]
) -> Iterator[Fault]:
    """Needs of one topic that don't exist, come later or form a circle. `topics` are the files that could be read.
    A topic that has a folder and is not listed is taken as known: a short course leaves some out."""
    needs = {each: [need for _, need in _needs(marked)] for each, marked in topics.items()}
    for index, need in _needs(topics[slug]):
        where = topics[slug].where(("needs", index))
        circle = _path(need, slug, needs)
        if need not in order and need not in folders:
            what = f'needs "{need}", which is no topic of this course'
            yield Fault(where, what, near(need, [each for each in order if each != slug]))
        elif circle:
            yield Fault(where, f"the needs go round in a circle: {' -> '.join([slug, *circle])}")
        elif need in order and order.index(need) > order.index(slug):
            yield Fault(where, f'needs "{need}", which comes later in {GRADING}', "change the order there")


def _path(start: str, goal: str, needs: Mapping[str, Sequence[str]]) -> list[str]:
    """A shortest way from start to goal along the needs, both included; empty if there is none."""
    ways, seen = [[start]], {start}
    for way in ways:  # grows while it is read: breadth first
        if way[-1] == goal:
            return way
        for need in needs.get(way[-1], ()):
            if need not in seen:
                seen.add(need)
                ways.append([*way, need])
    return []


def _tables(marked: Marked, key: str) -> list[tuple[int, dict[str, Any]]]:
    return [(index, item) for index, item in _items(marked, key) if isinstance(item, dict)]


def _items(marked: Marked, key: str) -> list[tuple[int, Any]]:
    items = marked.data.get(key) if isinstance(marked.data, dict) else None
    return list(enumerate(items)) if isinstance(items, list) else []


def _needs(marked: Marked) -> list[tuple[int, str]]:
    return [(index, item) for index, item in _items(marked, "needs") if isinstance(item, str)]
