"""The student edition: built beside its place, proven to hold nothing of the staff's side, then put there at once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder import __version__
from autograder.course.edition import edition
from autograder.course.layout import EXERCISES, SOLUTIONS, files_below
from autograder.course.leaks import Proof, prove
from autograder.course.stubs import stub_faults
from autograder.errors import ConfigError, UsageError
from autograder.model.course import Course

MANIFEST = ".release.json"  # what a release wrote, so that the next one knows what it may replace
KEPT = ".git"  # a student edition is often a repository of its own; its history stays


@dataclass(frozen=True, slots=True)
class Released:
    """A student edition in its place."""

    target: Path
    topics: int
    replaced: bool  # an earlier release was there
    proof: Proof


def release(course: Course, target: Path, more: Mapping[str, bytes] | None = None) -> Released:
    """Write the student edition of a course (loaded with its staff side) into `target`, with `more` files beside it.

    ConfigError: a stub is out of step, a file belongs to no topic, or something of the staff's side would leak.
    UsageError: `target` holds something that no release wrote, or can't be written. Nothing is changed then.
    """
    target = Path(os.path.abspath(target))
    replaced = _replaces(course, target)
    faults = stub_faults(course.root)
    if faults:
        raise ConfigError(faults)
    files = edition(course) | dict(more or {})
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    manifest = {"release": 1, "made_by": f"autograder {__version__}", "files": hashes}
    files[MANIFEST] = (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        _write(beside, files)
        proof = prove(beside, course)
        if proof.leaks:
            raise ConfigError(list(proof.leaks))
        _put(beside, target)
    except OSError as error:
        now = "make room there or choose another folder; nothing was changed"
        raise UsageError(
            f"the student edition can't be written: {error.strerror}", where=str(target), now=now
        ) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Released(target, len(course.topics), replaced, proof)


def _replaces(course: Course, target: Path) -> bool:
    """Whether an earlier release is there. Anything else that is there must not be lost: UsageError."""
    sides = [course.root / EXERCISES, course.root / SOLUTIONS]
    if any(target == side or side in target.parents for side in (*sides,)) or target == course.root:
        raise UsageError("this is a place of the course itself", where=str(target), now="choose another folder")
    if not os.path.lexists(target):
        return False
    now = "choose a new or an empty folder"
    if target.is_symlink() or not target.is_dir():
        raise UsageError("this is not a folder", where=str(target), now=now)
    if not any(target.iterdir()):
        return False
    foreign = _foreign(target)
    if foreign:
        shown = ", ".join(foreign[:5]) + (f" and {len(foreign) - 5} more" if len(foreign) > 5 else "")
        raise UsageError(f"this folder holds what no release wrote: {shown}", where=str(target), now=now)
    return True


def _foreign(target: Path) -> list[str]:
    """The files of a folder that an earlier release didn't write, or that were changed since."""
    try:
        written = json.loads((target / MANIFEST).read_bytes())["files"]
        known = {str(name): str(digest) for name, digest in written.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        known = {}
    found = []
    for path in files_below(target):
        name = path.relative_to(target).as_posix()
        if name.split("/")[0] == KEPT or (name == MANIFEST and known):
            continue
        if path.is_symlink() or hashlib.sha256(path.read_bytes()).hexdigest() != known.get(name):
            found.append(name)
    return found or ([] if known else [f"{MANIFEST} is missing"])


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _put(beside: Path, target: Path) -> None:
    """Two renames; if the second fails, the first is taken back."""
    if not target.exists():
        os.rename(beside, target)
        return
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    os.rename(target, old)
    try:
        if (old / KEPT).exists():
            os.rename(old / KEPT, beside / KEPT)
        os.rename(beside, target)
    except OSError:
        if (beside / KEPT).exists():
            os.rename(beside / KEPT, old / KEPT)
        os.rename(old, target)
        raise
    shutil.rmtree(old)
