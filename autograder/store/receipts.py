"""Receipts that the course has signed: one for each hand-in it has received, given once and never taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from autograder.store.facts import Facts, facts
from autograder.store.pen import Pen
from autograder.store.schema import receipt
from autograder.store.trail import Trail
from autograder.submissions.countersign import countersigned

Receipt = dict[str, Any]


def give(trail: Trail, pen: Pen, said: Sequence[Receipt], now: str) -> tuple[list[Receipt], list[Facts]]:
    """A signed receipt for each hand-in, in their order, and what is new. One that was given before is given again as
    it was: whoever deletes or edits their copy gets the same one, with its first time."""
    connection, store, signer = trail.connection, pen.store(trail.connection), pen.key(trail.key)
    given, told = [], []
    for one in said:
        row = {name: str(one[name]) for name in ("student", "topic", "content", "archive_sha256")}
        known = _known(connection, row)
        if known is None:
            known = countersigned(one, now, store, signer)
            values = row | {"received_at": now, "data": json.dumps(known, sort_keys=True)}
            number = connection.execute(insert(receipt).values(values)).inserted_primary_key
            told.append(facts("receipt", values | {"id": number[0] if number else 0}))
        given.append(known)
    return given, told


def given(connection: Connection) -> list[Receipt]:
    """All of them, oldest first."""
    return [json.loads(data) for data in connection.execute(select(receipt.c.data).order_by(receipt.c.id)).scalars()]


def _known(connection: Connection, row: dict[str, str]) -> Receipt | None:
    same = [receipt.c[name] == row[name] for name in ("student", "topic", "archive_sha256")]
    data = connection.execute(select(receipt.c.data).where(*same)).scalar()
    return None if data is None else json.loads(data)
