"""From a folder to the Course, and from a topic to what a grader process needs of it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path

from autograder.course import yaml_marks
from autograder.course.assemble import assemble
from autograder.course.check_files import declared
from autograder.course.layout import EXERCISES, GRADING, SOLUTIONS, TOPIC, files_below, topic_folders
from autograder.errors import Fault, UsageError
from autograder.model.course import Course, Limits, Topic
from autograder.model.job import TopicSpec


def find_root(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds grading.yml."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / GRADING).is_file():
            return folder
    raise UsageError(
        f"no {GRADING} in this folder or above it",
        where=str(start),
        now=f"go to the folder of your course, or name it with --course DIR: the one that holds {GRADING}",
    )


def load_course(root: Path, *, staff: bool = True) -> Course:
    """The course below `root`, every fault of its files in one ConfigError.

    With `staff`, solutions/ must be there and complete; without it, a topic's `solution` is None where it isn't.
    """
    from autograder.course import config

    root = course_folder(root)
    if staff and not (root / SOLUTIONS).is_dir():
        raise UsageError(
            f"there is no {SOLUTIONS}/ here: this is a student edition",
            where=str(root),
            now="this command needs the staff's copy of the course; name it with --course DIR",
        )
    return config.load(root, staff=staff)


def glance(root: Path) -> Course:
    """The course as a student's `submit` needs it, in a few milliseconds: no schema, no look at the topics' files.

    Files that don't hold what they must are read again by `load_course`, which says every fault.
    """
    root = course_folder(root)
    faults: list[Fault] = []
    grading = yaml_marks.read(root / GRADING, GRADING, faults)
    folders = topic_folders(root / EXERCISES)
    try:
        slugs = [entry["topic"] for entry in grading.data["topics"]] if grading else []
        found = [(folders[slug][0], yaml_marks.read(folders[slug][0] / TOPIC, slug, faults)) for slug in slugs]
        topics = [(folder, marked.data) for folder, marked in found if marked]
        if grading and not faults:
            return assemble(root, grading.data, topics)
    except (KeyError, TypeError, ValueError, AttributeError):
        pass
    return load_course(root, staff=False)


def course_folder(root: Path) -> Path:
    """The same folder, resolved, if it holds grading.yml; UsageError otherwise."""
    root = root.resolve()
    if not (root / GRADING).is_file():
        now = f"name the folder of a course with --course DIR: the one that holds {GRADING}"
        raise UsageError(f"there is no {GRADING} here", where=str(root), now=now)
    return root


def checks_digest(topic: Topic, limits: Limits | None = None) -> str:
    """SHA-256 over all that decides points: check files, their data, tasks and points, limits. Not prose.

    A result is graded again exactly when this, the submission, the seed, the device or the program changes.
    """
    rules = {
        "topic": topic.slug,
        "tasks": [[task.name, float(task.points)] for task in topic.tasks],
        "limits": dataclasses.asdict(limits or topic.limits),
    }
    whole = hashlib.sha256()
    parts = [json.dumps(rules, sort_keys=True).encode()]
    for kind, folder in (("visible", topic.exercise), ("hidden", topic.solution)):
        if folder is None:
            continue
        files = (topic.visible_checks,) if kind == "visible" else (*topic.hidden_checks, topic.reference)
        parts += [kind.encode(), *(path.read_bytes() for path in files if path)]
        for path in files_below(folder / "data"):
            parts += [path.relative_to(folder).as_posix().encode(), path.read_bytes()]
    for part in parts:
        whole.update(len(part).to_bytes(8, "little") + part)
    return whole.hexdigest()


def topic_spec(topic: Topic) -> TopicSpec:
    """What a grader process needs of the topic, with absolute paths."""
    return TopicSpec(
        slug=topic.slug,
        module=topic.module,
        tasks=topic.tasks,
        visible=str(topic.visible_checks.resolve()),
        hidden=tuple(str(path.resolve()) for path in topic.hidden_checks),
        digest=checks_digest(topic),
        limits=topic.limits,
    )


def hidden_check_count(topic: Topic) -> int:
    """How many checks only the grader has: counted where they are, remembered in topic.yml of a student edition."""
    if topic.hidden_checks:
        return len({check.id for path in topic.hidden_checks for check in declared(path, path.name, [])})
    marked = yaml_marks.read(topic.exercise / TOPIC, TOPIC, [])
    return int(marked.data.get("hidden_checks", 0)) if marked else 0
