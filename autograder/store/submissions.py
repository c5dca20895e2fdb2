"""Uploads as they were first seen. Every function works inside the transaction it is given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select, update

from autograder.model.submission import Submission
from autograder.store.database import insert_new
from autograder.store.results import column_text
from autograder.store.rows import SubmissionRow
from autograder.store.schema import submission


def record(connection: Connection, submissions: Iterable[Submission], now: str) -> int:
    """Remember these uploads; the answer is how many were new. The same content handed in again is one submission and
    keeps its first time, so copying or collecting files anew makes nobody late."""
    new = 0
    for upload in submissions:
        time = upload.submitted_at.isoformat() if upload.submitted_at else None
        key = {"student": column_text(upload.student), "topic": column_text(upload.topic), "digest": upload.digest}
        row = key | {"attempt": upload.attempt, "source": column_text(upload.source)}
        added = connection.execute(
            insert_new(submission, connection).values(row, submitted_at=time, recorded_at=now)
        ).rowcount
        new += added
        if not added and upload.submitted_at is not None:
            _keep_earliest(connection, key, upload.submitted_at)
    return new


def _keep_earliest(connection: Connection, key: dict[str, str], time: datetime) -> None:
    same = [submission.c[name] == value for name, value in key.items()]
    known = connection.execute(select(submission.c.submitted_at).where(*same)).scalar()
    if known is None or datetime.fromisoformat(known) > time:
        connection.execute(update(submission).where(*same).values(submitted_at=time.isoformat()))


def recorded(connection: Connection) -> list[SubmissionRow]:
    rows = connection.execute(select(submission).order_by(submission.c.id))
    return [
        SubmissionRow(
            row.student,
            row.topic,
            row.digest,
            row.attempt,
            datetime.fromisoformat(row.submitted_at) if row.submitted_at else None,
            row.source,
        )
        for row in rows
    ]
