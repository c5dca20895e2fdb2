"""A student's folder for one topic: copied from the course, never overwritten, and what it remembers."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.submissions.paths import ignored
from autograder.submissions.topics import TopicFolder
from autograder.submissions.write import write_whole

MEMORY = ".autograder.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Copied:
    """One file of `start`. `what`: new, unchanged, updated (the course's newer one), kept (the student's), beside."""

    path: Path
    what: str


def recall(folder: Path) -> dict[str, Any]:
    """What a workspace remembers: topic, course, student, files, checked, submitted. Empty if it remembers nothing."""
    try:
        memory = json.loads((folder / MEMORY).read_bytes())
    except (OSError, ValueError):
        return {}
    return memory if isinstance(memory, dict) and memory.get("format") == FORMAT else {}


def remember(folder: Path, **changes: Any) -> None:
    """Change some of what a workspace remembers; the rest stays. Raises AutograderError if it can't be written."""
    memory = {"format": FORMAT} | recall(folder) | changes
    text = json.dumps(memory, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        write_whole(folder / MEMORY, text.encode())
    except OSError as fault:
        raise _unwritable(folder / MEMORY, fault) from fault


def find_workspace(topic: TopicFolder, here: Path) -> Path | None:
    """The student's folder of a topic: `here` itself or `here`/<slug>, if `start` made it."""
    for folder in (here, here / topic.slug):
        if recall(folder).get("topic") == topic.slug:
            return folder
    return None


def recall_student(topic: TopicFolder, here: Path) -> str:
    """The name that this workspace or one beside it remembers; "" if none does."""
    nearby = [here, here / topic.slug]
    nearby += [memory.parent for folder in (here, here.parent) for memory in sorted(folder.glob(f"*/{MEMORY}"))]
    names = (recall(folder).get("student") for folder in nearby)
    return next((name for name in names if isinstance(name, str) and name), "")


def start(topic: TopicFolder, course: Path, folder: Path, again: bool = False, notebook: bytes = b"") -> list[Copied]:
    """Copy the topic's stub (or its `notebook` in place of it), prose, visible checks and data to `folder`.

    A file the student has changed stays; with `again` the course's one is written beside it as `name.new.py`. A file
    that is still as it was copied follows the course.
    """
    memory = recall(folder).get("files", {})
    before = memory if isinstance(memory, dict) else {}
    copied: list[Copied] = []
    hashes = dict(before)
    files = {name: (topic.path / name).read_bytes() for name in _names(topic)}
    if notebook:
        files = {f"{topic.module}.ipynb": notebook} | {name: files[name] for name in files if name != topic.entry}
    for name, data in files.items():
        try:
            copied.append(_copy(folder / name, data, before.get(name), again))
        except OSError as fault:
            raise _unwritable(folder / name, fault) from fault
        if copied[-1].what != "kept":
            hashes[name] = _hash(data)
    remember(folder, topic=topic.slug, course=str(course.resolve()), files=hashes)
    return copied


def _copy(path: Path, data: bytes, before: str | None, again: bool) -> Copied:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(path):
        write_whole(path, data)
        return Copied(path, "new")
    there = path.read_bytes() if path.is_file() else None
    if there == data:
        return Copied(path, "unchanged")
    if there is not None and before == _hash(there):
        write_whole(path, data)
        return Copied(path, "updated")
    if not again:
        return Copied(path, "kept")
    beside = path.with_suffix(f".new{path.suffix}")
    write_whole(beside, data)
    return Copied(beside, "beside")


def _names(topic: TopicFolder) -> Iterator[str]:
    """What a student gets, by path below the topic's folder."""
    for name in (topic.entry, "README.md", "README.zh.md", f"test_{topic.module}.py"):
        if (topic.path / name).is_file():
            yield name
    for path in sorted((topic.path / "data").rglob("*")):
        name = path.relative_to(topic.path).as_posix()
        if path.is_file() and not path.is_symlink() and not ignored(name):
            yield name


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unwritable(path: Path, fault: OSError) -> AutograderError:
    return AutograderError(
        f"can't be written: {fault.strerror}", where=str(path), now="choose another place with --dir"
    )
