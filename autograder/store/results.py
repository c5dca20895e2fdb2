"""Results in and out of the database. Every function works inside the transaction it is given."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import astuple, replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, text, update

from autograder.errors import StoreError
from autograder.model.plain import from_plain, to_plain
from autograder.model.result import Outcome, TopicResult
from autograder.store.facts import Facts, column_text, facts
from autograder.store.rows import HistoryRow, Identity, ItemRow, MatrixRow
from autograder.store.schema import IDENTITY, check_result, result
from autograder.store.trail import Trail


class Standing(NamedTuple):
    """The result that stands under an identity."""

    id: int
    run_id: int
    outcome: str


# built once: putting a statement together costs more than running it
_STANDING = select(result.c.id, result.c.run_id, result.c.outcome).where(
    *(result.c[name] == bindparam(name) for name in IDENTITY),
    text("redone = 0"),  # written out, or the index is not used
)
_ADD, _ADD_CHECKS = insert(result), insert(check_result)
_COUNTING = select(result.c.id).where(
    *(result.c[name] == bindparam(name) for name in ("student", "topic")), result.c.replaced_at.is_(None)
)


def standing(connection: Connection, identity: Identity) -> Standing | None:
    row = connection.execute(_STANDING, _columns_of(identity)).first()
    return Standing(*row) if row else None


def add(trail: Trail, outcome: TopicResult, run: int, now: str, *, redo: bool) -> bool:
    """Store a result and let it count. If one stands already under its identity the new one is dropped and the answer
    is False, except that `redo` takes over from another run's, and anything from our own failure."""
    identity, connection, told = Identity.of(outcome), trail.connection, list[Facts]()
    known = standing(connection, identity)
    if known is not None:
        if known.outcome != Outcome.INTERNAL and not (redo and known.run_id != run):
            return False
        connection.execute(update(result).where(result.c.id == known.id).values(redone=1))
        told.append(facts("result", {"id": known.id, "redone": 1}))
    told += _replace_current(connection, identity, now)
    values = _columns(outcome) | {"run_id": run, "finished_at": now, "replaced_at": None, "redone": 0}
    new = facts("result", values | {"id": 0})
    row = connection.execute(_ADD, values | trail.sign_result(new))
    new["id"] = row.inserted_primary_key[0] if row.inserted_primary_key else 0
    if outcome.checks:
        connection.execute(_ADD_CHECKS, check_columns(outcome, new["id"]))
    what = "result.stored" if known is None else "result.redone"
    trail.append(what, _subject(values), at=now, why=_why(known, redo), rows=[*told, new])
    return True


def _why(known: Standing | None, redo: bool) -> str:
    if known is None:
        return ""
    return "asked for again" if redo and known.outcome != Outcome.INTERNAL else "the one before was our own failure"


def let_count(trail: Trail, identity: Identity, now: str) -> None:
    """Make the result that stands under this identity the current one: an older version was handed in again, say."""
    connection = trail.connection
    known = standing(connection, identity)
    current = _current_id(connection, identity)
    if known is None or known.id == current:
        return
    told = _replace_current(connection, identity, now)
    connection.execute(update(result).where(result.c.id == known.id).values(replaced_at=None))
    connection.execute(update(check_result).where(check_result.c.result_id == known.id).values(counts=1))
    told.append(facts("result", {"id": known.id, "replaced_at": None}))
    trail.append("result.counts", _subject(_columns_of(identity)), at=now, why="handed in again", rows=told)


def _subject(columns: Mapping[str, Any]) -> str:
    return f"{columns['student']}/{columns['topic']}"


def _replace_current(connection: Connection, identity: Identity, now: str) -> list[Facts]:
    """Nothing counts any more for this student and topic; what did is kept, with the time it stopped."""
    current = _current_id(connection, identity)
    if current is None:
        return []
    connection.execute(update(result).where(result.c.id == current).values(replaced_at=now))
    connection.execute(update(check_result).where(check_result.c.result_id == current).values(counts=0))
    return [facts("result", {"id": current, "replaced_at": now})]


def finished(connection: Connection, run: int | None) -> set[bytes]:
    """Digests of the identities of the results that count and stand: of one run, or all but our own failures."""
    names = [result.c[name] for name in IDENTITY]
    query = select(*names).where(result.c.replaced_at.is_(None), text("redone = 0"))
    wanted = result.c.outcome != Outcome.INTERNAL.value if run is None else result.c.run_id == run
    return {Identity(*row).digest for row in connection.execute(query.where(wanted))}


def current(
    connection: Connection, student: str | None, topic: str | None, marks: Mapping[int, str]
) -> list[TopicResult]:
    """The results that count, by student and topic; one whose row is in `marks` carries that as a flag."""
    query = select(result.c.id, result.c.data).where(result.c.replaced_at.is_(None), *_only(student, topic))
    found = []
    for number, data in connection.execute(query.order_by(result.c.student, result.c.topic)):
        one = unpack(data)
        found.append(replace(one, flags=(*one.flags, marks[number])) if number in marks else one)
    return found


def history(connection: Connection, student: str, topic: str) -> list[HistoryRow]:
    """Every grading of this student's topic, oldest first."""
    query = select(result).where(text("redone < 2"), *_only(student, topic)).order_by(result.c.id)
    return [
        HistoryRow(unpack(row.data), row.run_id, row.finished_at, row.replaced_at) for row in connection.execute(query)
    ]


def matrix(connection: Connection) -> list[MatrixRow]:
    """The class at a glance, from one index."""
    names = ("student", "topic", "outcome", "points", "max_points", "flags", "isolation")
    query = select(*(result.c[name] for name in names)).where(result.c.replaced_at.is_(None))
    rows = connection.execute(query.order_by(result.c.student, result.c.topic))
    return [MatrixRow(row[0], row[1], Outcome(row[2]), *row[3:]) for row in rows]


def items(connection: Connection, topic: str | None) -> list[ItemRow]:
    """How every check fared among the results that count, from one index."""
    by = [check_result.c[name] for name in ("topic", "check_id", "outcome", "reason")]
    figures = (
        func.count().label("n"),
        func.avg(check_result.c.points).label("points"),
        func.max(check_result.c.max_points).label("maximum"),
    )
    query = select(*by, *figures).where(check_result.c.counts == 1)
    if topic is not None:
        query = query.where(check_result.c.topic == topic)
    rows = connection.execute(query.group_by(*by).order_by(*by))
    return [
        ItemRow(row.topic, row.check_id, Outcome(row.outcome), row.reason, row.n, row.points, row.maximum)
        for row in rows
    ]


def pack(outcome: TopicResult) -> bytes:
    return zlib.compress(json.dumps(to_plain(outcome), separators=(",", ":")).encode("ascii"), 6)


def unpack(data: bytes) -> TopicResult:
    """Exactly the result that was packed. Raises StoreError if that can't be read."""
    try:
        found: TopicResult = from_plain(TopicResult, json.loads(zlib.decompress(data)))
    except (zlib.error, ValueError, TypeError, KeyError, AttributeError) as fault:
        now = "`autograder audit` says which; put back a copy of the database"
        raise StoreError(f"holds a result that can't be read ({type(fault).__name__}: {fault})", now=now) from fault
    return found


def _columns(outcome: TopicResult) -> dict[str, Any]:
    return _columns_of(Identity.of(outcome)) | {
        "outcome": outcome.outcome.value,
        "points": outcome.points,
        "max_points": outcome.max_points,
        "flags": len(outcome.flags),
        "data": pack(outcome),
    }


def check_columns(outcome: TopicResult, number: int) -> list[dict[str, Any]]:
    """The rows of `check_result` that belong to a result that counts."""
    return [
        {
            "result_id": number,
            "position": position,
            "topic": column_text(outcome.topic),
            "check_id": column_text(check.check),
            "outcome": check.outcome.value,
            "points": check.points,
            "max_points": check.max_points,
            "reason": column_text(check.reason),
            "counts": 1,
        }
        for position, check in enumerate(outcome.checks)
    ]


def _columns_of(identity: Identity) -> dict[str, Any]:
    values = zip(IDENTITY, astuple(identity), strict=True)
    return {name: column_text(value) if isinstance(value, str) else value for name, value in values}


def _current_id(connection: Connection, identity: Identity) -> int | None:
    """The row that counts for this student and topic."""
    columns = _columns_of(identity)
    return connection.execute(_COUNTING, {name: columns[name] for name in ("student", "topic")}).scalar()


def _only(student: str | None, topic: str | None) -> list[ColumnElement[bool]]:
    conditions = []
    if student is not None:
        conditions.append(result.c.student == column_text(student))
    if topic is not None:
        conditions.append(result.c.topic == column_text(topic))
    return conditions
