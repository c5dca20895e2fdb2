"""Receipts: what was handed in and when, in canonical JSON with a digest over everything else.

A receipt proves by itself that it was not damaged, and against the zip that the zip is the one it was given for. It is
written by the student's own computer, so it proves nothing to others: the course's own, signed, is in `countersign`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from autograder.errors import UploadError
from autograder.model.submission import Submission
from autograder.submissions.packed import FORMAT, archive_name, file_list

KEYS = {"format", "kind", "student", "topic", "attempt", "submitted_at", "due", "late_seconds", "content", "files"}
KEYS |= {"archive", "archive_sha256", "tool", "digest"}


def make_receipt(submission: Submission, archive: bytes, due: datetime | None, tool: str) -> dict[str, Any]:
    """The receipt of a hand-in. `content` is `Submission.digest`; `late_seconds` is null without a due date."""
    assert submission.submitted_at is not None
    late = max(0, int((submission.submitted_at - due).total_seconds())) if due else None
    receipt = {
        "format": FORMAT,
        "kind": "receipt",
        "student": submission.student,
        "topic": submission.topic,
        "attempt": submission.attempt,
        "submitted_at": submission.submitted_at.isoformat(timespec="milliseconds"),
        "due": due.isoformat() if due else None,
        "late_seconds": late,
        "content": submission.digest,
        "files": file_list(submission.files),
        "archive": archive_name(submission),
        "archive_sha256": hashlib.sha256(archive).hexdigest(),
        "tool": tool,
    }
    return receipt | {"digest": digest_of(receipt)}


def canonical(receipt: dict[str, Any]) -> bytes:
    """The bytes that are hashed: sorted keys, no spaces, UTF-8, without `digest` itself."""
    rest = {key: value for key, value in receipt.items() if key != "digest"}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def digest_of(receipt: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(receipt)).hexdigest()


def to_text(receipt: dict[str, Any]) -> str:
    """As it is written to a file."""
    return json.dumps(receipt, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_receipt(data: bytes, source: str) -> dict[str, Any]:
    """The receipt in a file. Raises UploadError if it is none; whether it holds is for `faults` to say."""
    try:
        receipt = json.loads(data)
        if receipt["kind"] != "receipt" or receipt["format"] != FORMAT:
            raise ValueError("another kind of file")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UploadError("is no receipt", where=source, now="give a file named like <topic>.receipt.json") from None
    return receipt


def faults(receipt: dict[str, Any]) -> list[str]:
    """What is wrong with the receipt by itself; empty if it holds."""
    if set(receipt) != KEYS:
        odd = sorted(set(receipt) ^ KEYS)
        return [f"it has missing or unknown fields: {', '.join(odd)}"]
    return [] if receipt["digest"] == digest_of(receipt) else ["its digest does not match: it was edited or damaged"]


def faults_against(receipt: dict[str, Any], archive: bytes, submission: Submission) -> list[str]:
    """Where a receipt and a hand-in differ; empty if this is the zip it was given for."""
    found = []
    if receipt.get("archive_sha256") != hashlib.sha256(archive).hexdigest():
        found.append("the zip's bytes are not those the receipt was given for")
    said = {key: receipt.get(key) for key in ("student", "topic", "attempt", "content")}
    held = {
        "student": submission.student,
        "topic": submission.topic,
        "attempt": submission.attempt,
        "content": submission.digest,
    }
    found += [f"{key}: the receipt says {said[key]}, the zip {held[key]}" for key in said if said[key] != held[key]]
    return found
