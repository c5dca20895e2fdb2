"""The drop folder: PLACE/<student>/<topic>/<utc-stamp>-<hash12>.zip, each with its receipt beside it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError, UploadError
from autograder.model.submission import Submission
from autograder.submissions.folder import read_plain
from autograder.submissions.packed import Packed, archive_name, pack, read_packed
from autograder.submissions.receipt import faults, faults_against, make_receipt, read_receipt, to_text
from autograder.submissions.tree import Caps
from autograder.submissions.unpack import read_archive
from autograder.submissions.write import write_whole

LARGEST_RECEIPT = 10 << 20


@dataclass(frozen=True, slots=True)
class HandedIn:
    """`repeated`: the latest attempt held the same files, so nothing was written and its receipt counts."""

    archive: Path
    receipt: dict[str, Any]
    repeated: bool = False


def hand_in(place: Path, submission: Submission, due: datetime | None, tool: str) -> HandedIn:
    """Write a submission as the next attempt. Raises AutograderError if the folder can't be written.

    The zip and the receipt each appear whole or not at all, the zip first.
    """
    folder = place / submission.student / submission.topic
    earlier = attempts(folder)
    if earlier and earlier[-1][1].digest == submission.digest:
        path, latest = earlier[-1]
        return HandedIn(path, _receipt_of(path, latest, due, tool), repeated=True)
    count = max((one.attempt for _, one in earlier), default=0) + 1
    submission = replace(submission, attempt=count)
    archive = pack(submission, tool)
    receipt = make_receipt(submission, archive, due, tool)
    path = folder / archive_name(submission)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, archive)
        write_whole(receipt_path(path), to_text(receipt).encode())
    except OSError as fault:
        raise AutograderError(
            f"nothing was submitted: {fault.strerror}",
            where=str(folder),
            now="choose another place with --to, or ask staff",
        ) from fault
    return HandedIn(path, receipt)


def attempts(folder: Path) -> list[tuple[Path, Submission]]:
    """The hand-ins of one student for one topic that can be read, oldest first."""
    found = []
    for path in sorted(folder.glob("*.zip")):
        with contextlib.suppress(UploadError):
            found.append((path, open_packed(path).submission))
    return sorted(found, key=lambda item: (item[1].submitted_at, item[1].attempt))


def open_packed(path: Path) -> Packed:
    """A hand-in from its zip. Raises UploadError."""
    files, flaws = read_archive(_read(path), str(path), Caps().for_one())
    if flaws:
        raise UploadError(flaws[0].text.en, where=str(path), now="submit again")
    return read_packed(files, str(path))


def _read(path: Path) -> bytes:
    """The bytes of a hand-in. Raises UploadError, also for what is no plain file."""
    most = Caps().for_one().archive_bytes
    try:
        data = read_plain(path, most + 1)
    except OSError as fault:
        raise UploadError(f"can't be read: {fault.strerror}", where=str(path), now="submit again") from None
    if len(data) > most:
        raise UploadError(f"larger than {most >> 20} MiB", where=str(path), now="hand in only code and small data")
    return data


def receipt_path(archive: Path) -> Path:
    """Where the receipt of a hand-in lies."""
    return archive.with_suffix(".receipt.json")


def find_archive(place: Path, receipt: dict[str, Any]) -> Path | None:
    """The zip a receipt was given for, if it is in the drop folder."""
    parts = [str(receipt.get(key, "")) for key in ("student", "topic", "archive")]
    if any(part in ("", ".", "..") or "/" in part or "\\" in part for part in parts):
        return None
    path = place.joinpath(*parts)
    with contextlib.suppress(OSError, ValueError):  # a name that no file can have
        return path if path.is_file() else None
    return None


def check_receipt(receipt: dict[str, Any], archive: Path | None) -> list[str]:
    """Everything wrong with a receipt, by itself and against its hand-in; empty if it holds."""
    wrong = faults(receipt)
    return wrong if wrong or archive is None else against_archive(receipt, archive)


def against_archive(receipt: dict[str, Any], archive: Path) -> list[str]:
    """Where a receipt and its hand-in differ; empty if nowhere."""
    try:
        held = open_packed(archive)
        wrong = faults_against(receipt, _read(archive), held.submission)
        return wrong + ([f"the hand-in is damaged: {held.damage}"] if held.damage else [])
    except UploadError as fault:
        return [f"its hand-in can't be read: {fault.what} ({archive})"]


def _receipt_of(path: Path, submission: Submission, due: datetime | None, tool: str) -> dict[str, Any]:
    """The receipt beside a hand-in; a new one if it is gone or does not hold."""
    archive = _read(path)
    with contextlib.suppress(OSError, UploadError):
        receipt = read_receipt(read_plain(receipt_path(path), LARGEST_RECEIPT), str(path))
        if not faults(receipt) and not faults_against(receipt, archive, submission):
            return receipt
    return make_receipt(submission, archive, due, tool)
