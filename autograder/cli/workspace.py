"""Where the student stands: which course, which topic, which file, and what the workspace remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from autograder.errors import UsageError
from autograder.submissions import workspace
from autograder.submissions.prepare import find_file
from autograder.submissions.topics import TopicFolder, choose, find_course, is_course, plain, topic_folders

if TYPE_CHECKING:
    from autograder.model.course import Topic

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
NOW = "go to your course, or name it: --course DIR, or the environment variable AUTOGRADER_COURSE"


def course_option(command: Decorated) -> Decorated:
    """`--course DIR`, as every command of the course has it."""
    return click.option(
        "--course",
        "course_dir",
        envvar="AUTOGRADER_COURSE",
        type=click.Path(path_type=Path),
        help="Folder of the course (default: the nearest one, from here upwards, with exercises/ and grading.yml).",
    )(command)


@dataclass(frozen=True, slots=True)
class Work:
    """A student's file for a topic of a course, and the workspace that remembers what was done with it, if any."""

    topic: Topic
    file: Path
    workspace: Path | None


def course_root(course_dir: Path | None, here: Path, name: str = "") -> Path | None:
    """The course: as said, else around `here`, else as the workspace of topic `name` remembers; None if unknown."""
    if course_dir is not None:
        if not is_course(course_dir):
            raise UsageError("no course here: it has no exercises/ or no grading.yml", where=str(course_dir), now=NOW)
        return course_dir.resolve()
    found = find_course(here)
    for folder in (here, here / name):
        remembered = workspace.recall(folder).get("course")
        if found is None and isinstance(remembered, str) and is_course(Path(remembered)):
            found = Path(remembered)
    return found


def need_course(course_dir: Path | None, here: Path, name: str = "") -> Path:
    """The same; UsageError if there is none."""
    root = course_root(course_dir, here, name)
    if root is None:
        raise UsageError("no course around this folder", where=str(here), now=NOW)
    return root


def topic_folder(name: str, root: Path | None, here: Path) -> TopicFolder:
    """The topic a student means; without a course, the one a workspace here was made for."""
    if root is not None:
        return choose(name, topic_folders(root))
    for folder in (here, here / name):
        slug = workspace.recall(folder).get("topic")
        if isinstance(slug, str) and plain(slug) == plain(name):
            return TopicFolder(slug)
    raise UsageError("no course around this folder", where=str(here), now=NOW)


def find_work(name: str, file: Path | None, course_dir: Path | None) -> Work:
    """The work on a topic: FILE, or the topic's file here or in ./<topic>/. Raises UsageError with where it looked."""
    from autograder.course.discover import glance

    here = Path.cwd()
    root = need_course(course_dir, here, name)
    folder = topic_folder(name, root, here)
    topic = glance(root).topic(folder.slug)
    if topic is None:
        raise UsageError(f"{folder.slug} is not in grading.yml", where=str(root), now="see `autograder list`")
    place = workspace.find_workspace(folder, here)
    return Work(topic, find_file(folder, file, [here, here / folder.slug]), place)


def remember(work: Work, **changes: Any) -> None:
    """Note something in the workspace's memory; nothing where `start` made no workspace."""
    if work.workspace is not None:
        workspace.remember(work.workspace, **changes)
