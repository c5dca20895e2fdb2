"""Uploads as they were first seen. Every function works inside the transaction it is given."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from autograder.model.plain import from_plain, to_plain
from autograder.model.submission import Problem, Submission
from autograder.store.database import insert_new
from autograder.store.facts import Facts, column_text, facts
from autograder.store.rows import FileRow, SubmissionRow
from autograder.store.schema import submission
from autograder.store.trail import Trail


def record(trail: Trail, submissions: Iterable[Submission], now: str) -> int:
    """Remember these uploads; the answer is how many were new. The same content handed in again is one submission and
    keeps its first time, so copying or collecting files anew makes nobody late."""
    new = 0
    told: list[Facts] = []
    connection = trail.connection
    for upload in submissions:
        key = {"student": column_text(upload.student), "topic": column_text(upload.topic), "digest": upload.digest}
        row = key | {
            "attempt": upload.attempt,
            "submitted_at": upload.submitted_at.isoformat() if upload.submitted_at else None,
            "source": column_text(upload.source),
            "details": _details(upload),
            "recorded_at": now,
        }
        added = connection.execute(insert_new(submission, connection).values(row)).rowcount
        new += added
        if added:
            told.append(facts("submission", row | {"id": _number(connection, key)}))
        elif upload.submitted_at is not None:
            told += _keep_earliest(connection, key, upload.submitted_at)
    if told:
        trail.append("submissions.recorded", at=now, rows=told)
    return new


def recorded(connection: Connection) -> list[SubmissionRow]:
    """In the order in which they were first seen."""
    return [_row(row) for row in connection.execute(select(submission).order_by(submission.c.id))]


def _keep_earliest(connection: Connection, key: dict[str, str], time: datetime) -> list[Facts]:
    same = [submission.c[name] == value for name, value in key.items()]
    number, known = connection.execute(select(submission.c.id, submission.c.submitted_at).where(*same)).one()
    if known is not None and datetime.fromisoformat(known) <= time:
        return []
    connection.execute(update(submission).where(*same).values(submitted_at=time.isoformat()))
    return [facts("submission", {"id": number, "submitted_at": time.isoformat()})]


def _number(connection: Connection, key: dict[str, str]) -> int:
    same = [submission.c[name] == value for name, value in key.items()]
    return int(connection.execute(select(submission.c.id).where(*same)).scalar_one())


def _details(upload: Submission) -> str:
    files = [FileRow(file.path, len(file.data), file.sha256) for file in upload.files]
    return json.dumps({"files": to_plain(files), "problems": to_plain(upload.problems)})


def _row(row: Row[Any]) -> SubmissionRow:
    details = json.loads(row.details)
    return SubmissionRow(
        student=row.student,
        topic=row.topic,
        digest=row.digest,
        attempt=row.attempt,
        submitted_at=datetime.fromisoformat(row.submitted_at) if row.submitted_at else None,
        source=row.source,
        files=from_plain(tuple[FileRow, ...], details["files"]),
        problems=from_plain(tuple[Problem, ...], details["problems"]),
    )
