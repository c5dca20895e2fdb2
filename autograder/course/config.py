"""All files of a course, read and judged together: one ConfigError holds every fault of every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.course import rules
from autograder.course.assemble import assemble
from autograder.course.check_files import check_faults, declared
from autograder.course.explain import shape_faults
from autograder.course.layout import (
    EXERCISES,
    GRADING,
    SOLUTIONS,
    TOPIC,
    exercise_files,
    number_of,
    slug_of,
    solution_files,
    topic_folders,
)
from autograder.course.schema import GradingFile, TopicFile
from autograder.course.yaml_marks import Marked, read
from autograder.errors import ConfigError, Fault
from autograder.model.course import Course

Folders = Mapping[str, Sequence[Path]]


def load(root: Path, *, staff: bool) -> Course:
    """The course below `root`, or a ConfigError with all faults. With `staff`, solutions/ is part of the course."""
    folders = topic_folders(root / EXERCISES)
    faults: list[Fault] = []
    grading = read(root / GRADING, GRADING, faults)
    order = list(folders)
    if grading:
        faults += shape_faults(grading, GradingFile)
        faults += rules.grading_faults(grading, folders)
        faults = in_order(faults)
        order = list(dict.fromkeys(slug for _, slug in rules.listed(grading))) or order
    present = [slug for slug in order if slug in folders]
    faults += _twice(root, {slug: folders[slug] for slug in present})
    topics = _topics(root, folders, order, faults)
    for slug in present:
        faults += _file_faults(root, folders[slug][0], slug.replace("-", "_"), topics.get(slug), staff)
    if faults or grading is None:
        raise ConfigError(faults)
    return assemble(root, grading.data, [(folders[slug][0], topics[slug].data) for slug in order])


def in_order(faults: Sequence[Fault]) -> list[Fault]:
    """The faults of one file from top to bottom."""

    def position(fault: Fault) -> tuple[int, ...]:
        return tuple(int(part) for part in fault.where.split(":")[1:])

    return sorted(faults, key=position)


def _topics(root: Path, folders: Folders, order: list[str], faults: list[Fault]) -> dict[str, Marked]:
    """The topic.yml of every listed topic that can be read; the faults of each file, its needs included, in order."""
    own: dict[str, list[Fault]] = {slug: [] for slug in order if slug in folders}
    found: dict[str, Marked] = {}
    for slug, faulty in own.items():
        path = folders[slug][0] / TOPIC
        marked = read(path, _shown(root, path), faulty) if path.is_file() else None
        if marked:
            found[slug] = marked
    for slug, marked in found.items():  # after all are read, because needs point from file to file
        own[slug] += shape_faults(marked, TopicFile)
        own[slug] += rules.topic_faults(marked)
        own[slug] += rules.needs_faults(slug, found, order, folders)
    for each in own.values():
        faults += in_order(each)
    return found


def _twice(root: Path, folders: Folders) -> list[Fault]:
    """Folders that stand for the same topic, or that have the same number."""
    faults: list[Fault] = []
    first: dict[int, Path] = {}
    for same in folders.values():
        for folder in same[1:]:
            what = f"a second folder for the same topic; the first is {_shown(root, same[0])}"
            faults.append(Fault(_shown(root, folder), what, "delete or rename one"))
    for folder in (same[0] for same in folders.values()):
        number = number_of(folder)
        if number in first:
            what = f"the number {number:02} is taken by {first[number].name}"
            faults.append(Fault(_shown(root, folder), what, "rename the folder here and in solutions/"))
        first.setdefault(number, folder)
    return faults


def _file_faults(root: Path, folder: Path, module: str, topic: Marked | None, staff: bool) -> list[Fault]:
    """Files that are missing, and what doesn't fit in the check files."""
    solution = root / SOLUTIONS / folder.name
    faults = _missing(root, folder, exercise_files(module))
    if not staff:
        return faults
    if not solution.is_dir():
        return [*faults, Fault(_shown(root, solution), "the folder is missing", "it holds the solution")]
    faults += _missing(root, solution, solution_files(module))
    files = [folder / f"test_{module}.py", *sorted(solution.glob(f"test_{module}*_hidden.py"))]
    known = len(faults)
    checks = [one for path in files if path.is_file() for one in declared(path, _shown(root, path), faults)]
    tasks = rules.task_names(topic) if topic else []
    if topic and tasks and len(faults) == known and all(path.is_file() for path in files):
        faults += check_faults(checks, tasks, topic)
    return faults


def _missing(root: Path, folder: Path, names: Sequence[str]) -> list[Fault]:
    gone = [name for name in names if not (folder / name).is_file()]
    hint = {f"{slug_of(folder).replace('-', '_')}.py": "`autograder stubs` cuts it from the solution"}
    hint = hint if folder.parent.name == EXERCISES else {}
    return [Fault(_shown(root, folder / name), "the file is missing", hint.get(name, "")) for name in gone]


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
