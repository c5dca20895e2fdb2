"""A hand-in: one zip with the files of one attempt and a record that says whose they are. Equal input, equal bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from autograder.errors import UploadError
from autograder.model.submission import Submission, SubmittedFile
from autograder.submissions.paths import shown

FORMAT = 1
RECORD = "submission.json"
FILES = "files/"
KEYS = {"format", "student", "topic", "submitted_at", "attempt", "files", "tool"}
LONGEST_FIELD = 400  # characters of a text in the record; a student's name has at most 80
MOST_ATTEMPTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Packed:
    """An unpacked hand-in. `damage` says where its files differ from its record; "" if nowhere."""

    submission: Submission
    tool: str
    damage: str = ""


def stamp(when: datetime) -> str:
    """UTC, sortable, fit for a file name: 20261121T134205Z."""
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def archive_name(submission: Submission) -> str:
    """`<utc-stamp>-<hash12>.zip`."""
    assert submission.submitted_at is not None
    return f"{stamp(submission.submitted_at)}-{submission.digest[:12]}.zip"


def file_list(files: Sequence[SubmittedFile]) -> list[dict[str, Any]]:
    """Path, size and hash of every file, in path order."""
    ordered = sorted(files, key=lambda file: file.path)
    return [{"path": file.path, "bytes": len(file.data), "sha256": file.sha256} for file in ordered]


def pack(submission: Submission, tool: str) -> bytes:
    """The zip of a submission whose time is known."""
    assert submission.submitted_at is not None
    record = {
        "format": FORMAT,
        "student": submission.student,
        "topic": submission.topic,
        "submitted_at": submission.submitted_at.isoformat(timespec="milliseconds"),
        "attempt": submission.attempt,
        "files": file_list(submission.files),
        "tool": tool,
    }
    when = submission.submitted_at.astimezone(UTC)
    contents = [(RECORD, json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode())]
    contents += [(FILES + file.path, file.data) for file in sorted(submission.files, key=lambda file: file.path)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, data in contents:
            info = zipfile.ZipInfo(path, (max(when.year, 1980), when.month, when.day, when.hour, when.minute, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            archive.writestr(info, data, compresslevel=6)
    return buffer.getvalue()


def read_packed(files: Sequence[SubmittedFile], source: str) -> Packed:
    """The submission that the files of a hand-in hold. Raises UploadError if its record makes no sense."""
    contents = {file.path: file.data for file in files}
    record = _record(contents.get(RECORD, b""), source)
    found = tuple(SubmittedFile(p.removeprefix(FILES), data) for p, data in contents.items() if p.startswith(FILES))
    submission = Submission(
        student=record["student"],
        topic=record["topic"],
        files=found,
        source=source,
        submitted_at=datetime.fromisoformat(record["submitted_at"]),
        attempt=record["attempt"],
    )
    return Packed(submission, record["tool"], _damage(record["files"], found))


def _record(data: bytes, source: str) -> dict[str, Any]:
    """The record, every field of the type and size that `pack` writes: it may have been written by anybody."""
    try:
        record = json.loads(data)
        if record["format"] != FORMAT:
            raise UploadError(
                f"its format {shown(str(record['format']))} is not {FORMAT}",
                where=source,
                now="use the autograder it was made with",
            )
        sound = set(record) == KEYS and all(_short(record[key]) for key in ("student", "topic", "submitted_at", "tool"))
        attempt, when = record["attempt"], datetime.fromisoformat(record["submitted_at"])
        if not sound or type(attempt) is not int or not 1 <= attempt <= MOST_ATTEMPTS or when.tzinfo is None:
            raise ValueError("keys, types or sizes")
        if type(record["files"]) is not list or not all(map(_names_a_file, record["files"])):
            raise ValueError("files")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UploadError(f"its {RECORD} can't be read", where=source, now="submit again") from None
    return record


def _short(value: Any) -> bool:
    return type(value) is str and len(value) <= LONGEST_FIELD


def _names_a_file(entry: Any) -> bool:
    sound = type(entry) is dict and set(entry) == {"path", "bytes", "sha256"} and type(entry["bytes"]) is int
    return sound and type(entry["sha256"]) is str and type(entry["path"]) is str


def _damage(listed: list[dict[str, Any]], found: Sequence[SubmittedFile]) -> str:
    expected = {file["path"]: file["sha256"] for file in listed}
    actual = {file.path: file.sha256 for file in found}
    different = sorted(path for path in expected.keys() | actual.keys() if expected.get(path) != actual.get(path))
    return f"{', '.join(map(shown, different[:5]))} differs from {RECORD}" if different else ""
