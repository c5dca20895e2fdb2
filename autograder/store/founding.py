"""The beginning of a trail, in a new database or in one that is older than the trail; and what becomes of its keys."""

from __future__ import annotations

import secrets
from itertools import islice

from sqlalchemy import Connection, insert, select, update

from autograder.store.facts import VOUCHED, Facts, facts
from autograder.store.pen import STORE, Pen
from autograder.store.schema import key, meta, result
from autograder.store.trail import Trail, last

UPGRADED = "stored before results were signed; signed as it was found"
BATCH = 500  # rows told by one entry


def found(connection: Connection, pen: Pen) -> None:
    """Begin the trail, if there is none: name the store, make or adopt its key, and sign what is there already."""
    if last(connection) is not None:
        return
    now, first = pen.now(), pen.first()
    name = secrets.token_hex(16)
    connection.execute(insert(meta).values(key=STORE, value=name))
    row = {"id": first.id, "public": first.public.raw.hex(), "since": now, "until": None}
    connection.execute(insert(key).values(row))
    trail = Trail(connection, pen)
    new = [facts("meta", {"key": STORE, "value": name}), facts("key", row)]
    trail.append("store.founded", name, at=now, rows=new, details={"store": name}, key=first.id)
    _sign_what_is_there(connection, trail, now)


def _sign_what_is_there(connection: Connection, trail: Trail, now: str) -> None:
    for name, table in VOUCHED.items():
        rows = iter(connection.execute(select(table)).mappings().all())
        while batch := [row for row in islice(rows, BATCH) if name != "key" and row.get("key") != STORE]:
            told: list[Facts] = [facts(name, dict(row)) for row in batch]
            if name == "result":
                for one in told:
                    connection.execute(update(result).where(result.c.id == one["id"]).values(trail.sign_result(one)))
            trail.append("store.upgraded", name, at=now, why=UPGRADED, rows=told)


def rotate(connection: Connection, pen: Pen, why: str) -> tuple[str, str]:
    """Another key signs from now on, introduced by the one before: the ids of both. The files are the caller's."""
    now, trail = pen.now(), Trail(connection, pen)
    old, new = trail.key, pen.make()
    rows = _succession(connection, old, new.id, new.public.raw.hex(), now)
    trail.append("key.rotated", new.id, at=now, why=why, rows=rows)
    trail.append("key.begun", new.id, at=now, key=new.id)
    return old, new.id


def replace(connection: Connection, pen: Pen, why: str) -> tuple[str, str]:
    """Another key signs from now on because the one before is lost: nobody introduces it, and the audit says so."""
    now, trail = pen.now(), Trail(connection, pen)
    old, new = trail.key, pen.make()
    rows = _succession(connection, old, new.id, new.public.raw.hex(), now)
    trail.append("key.replaced", new.id, at=now, why=why, rows=rows, key=new.id)
    return old, new.id


def _succession(connection: Connection, old: str, new: str, public: str, now: str) -> list[Facts]:
    row = {"id": new, "public": public, "since": now, "until": None}
    connection.execute(insert(key).values(row))
    connection.execute(update(key).where(key.c.id == old).values(until=now))
    return [facts("key", {"id": old, "until": now}), facts("key", row)]
