"""The normal layout: DIR/<student>/<topic>/files, each with a `.collected.json` that says where it came from.

The attempts before the current one are kept in DIR/<student>/.attempts/<topic>/<attempt>-<digest12>. Everything that
starts with a dot is invisible to readers, so nothing a student hands in can stand in for a record.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.model.plain import from_plain, to_plain
from autograder.model.submission import Problem, Submission, SubmittedFile
from autograder.submissions import problems
from autograder.submissions.entry import choose_entry
from autograder.submissions.folder import read_plain
from autograder.submissions.packed import MOST_ATTEMPTS, file_list
from autograder.submissions.topics import TopicName

RECORD = ".collected.json"  # also at the root of DIR, which makes it a collection
ATTEMPTS = ".attempts"
KEYS = {"digest", "source", "submitted_at", "attempt", "files", "problems"}
FORMAT = 1
LARGEST_RECORD = 10 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a submission: new, unchanged, replaced (the one before is kept), older (kept as an attempt)."""

    submission: Submission
    what: str
    path: Path


def is_collection(folder: Path) -> bool:
    return (folder / RECORD).is_file()


def write(submissions: Sequence[Submission], into: Path, tool: str) -> list[Written]:
    """Write each submission whole or not at all. Raises AutograderError with what was not written."""
    written: list[Written] = []
    try:
        into.mkdir(parents=True, exist_ok=True)
        _write_json(into / RECORD, {"format": FORMAT, "tool": tool})
        with tempfile.TemporaryDirectory(prefix=".incoming-", dir=into, ignore_cleanup_errors=True) as scratch:
            for number, submission in enumerate(submissions):
                written.append(_write_one(submission, into, Path(scratch) / str(number), tool))
    except OSError as fault:
        raise AutograderError(
            f"{fault.strerror}; {len(written)} of {len(submissions)} submissions were written, none of them in part",
            where=str(into),
            now="make room or choose another place, then collect again",
        ) from fault
    return written


def _write_one(submission: Submission, into: Path, scratch: Path, tool: str) -> Written:
    """Fill `scratch`, which is not there yet, then move it to its place whole."""
    target = into / submission.student / submission.topic
    there = record_of(target)
    if there and (owner := there.get("student", submission.student)) != submission.student:
        raise AutograderError(
            f"{submission.student}'s folder is {owner}'s on this disk: it does not tell their names apart",
            where=str(target),
            now="give one of them another name, then collect again",
        )
    if there and there["digest"] == submission.digest and there["problems"] == to_plain(submission.problems):
        return Written(submission, "unchanged", target)
    if there and _older(submission, there):
        _fill(scratch, submission, tool)
        kept = _keep(target, submission.attempt, submission.digest)
        if not kept.exists():
            os.rename(scratch, kept)
        return Written(submission, "older", kept)
    replaced = os.path.lexists(target)
    if replaced:
        submission = replace(submission, attempt=max(submission.attempt, _attempt(there) + 1))
    _fill(scratch, submission, tool)
    target.parent.mkdir(exist_ok=True)
    if replaced:
        _set_aside(target, there)
    os.rename(scratch, target)
    return Written(submission, "replaced" if replaced else "new", target)


def _older(submission: Submission, there: dict[str, Any]) -> bool:
    known = submission.submitted_at and there["submitted_at"]
    return bool(known and submission.submitted_at < datetime.fromisoformat(there["submitted_at"]))  # type: ignore[operator]


def _attempt(there: dict[str, Any] | None) -> int:
    return int(there["attempt"]) if there else 1


def _keep(target: Path, attempt: int, digest: str) -> Path:
    """The place of an attempt that is not the current one; its folder exists afterwards."""
    folder = target.parent / ATTEMPTS / target.name
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{attempt}-{digest[:12]}"


def _set_aside(target: Path, there: dict[str, Any] | None) -> None:
    """Move what lies there to the attempts, under its own digest; what has no record is kept all the same."""
    kept = _keep(target, _attempt(there), there["digest"] if there else "unrecorded")
    number = 1
    while os.path.lexists(kept):
        number += 1
        kept = kept.with_name(f"{kept.name.split('.')[0]}.{number}")
    os.rename(target, kept)


def _fill(folder: Path, submission: Submission, tool: str) -> None:
    folder.mkdir()
    for file in submission.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    record = {
        "format": FORMAT,
        "student": submission.student,
        "topic": submission.topic,
        "digest": submission.digest,
        "source": submission.source,
        "submitted_at": to_plain(submission.submitted_at),
        "attempt": submission.attempt,
        "files": file_list(submission.files),
        "problems": to_plain(submission.problems),
        "tool": tool,
    }
    _write_json(folder / RECORD, record)


def _write_json(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def record_of(folder: Path) -> dict[str, Any] | None:
    """The record of a collected submission; None if there is none that makes sense."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        record = json.loads(read_plain(folder / RECORD, LARGEST_RECORD))
        if record["format"] == FORMAT and record.keys() >= KEYS and _makes_sense(record):
            return dict(record)
    return None


def _makes_sense(record: dict[str, Any]) -> bool:
    """Every field can be read back as what it stands for. Raises what `record_of` suppresses, or says no."""
    times = record["submitted_at"]
    from_plain(tuple[Problem, ...], record["problems"])
    known = times is None or datetime.fromisoformat(times).tzinfo is not None
    listed = all(type(file["path"]) is type(file["sha256"]) is str for file in record["files"])
    named = re.fullmatch("[0-9a-f]{64}", record["digest"]) is not None  # part of it becomes a name of a folder
    return named and known and listed and type(record["attempt"]) is int and 1 <= record["attempt"] <= MOST_ATTEMPTS


def restore(found: Submission, topic: TopicName, record: dict[str, Any]) -> Submission:
    """A submission read back from the layout: as it was collected, or with a word on what has changed since."""
    recorded = replace(
        found,
        source=str(record["source"]),
        submitted_at=from_plain(datetime, record["submitted_at"]) if record["submitted_at"] else None,
        attempt=int(record["attempt"]),
        problems=from_plain(tuple[Problem, ...], record["problems"]),
    )
    if recorded.digest == record["digest"]:
        return recorded
    kept, said = choose_entry(found.files, topic)
    changed = problems.changed(_changed(found.files, record["files"]))
    return replace(recorded, files=tuple(kept), problems=(changed, *said))


def _changed(files: Sequence[SubmittedFile], listed: Sequence[dict[str, Any]]) -> list[str]:
    before = {file["path"]: file["sha256"] for file in listed}
    now = {file.path: file.sha256 for file in files}
    return sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
