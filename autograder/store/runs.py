"""Runs, and which run is grading what. Every function works inside the transaction it is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from autograder.model.result import Outcome
from autograder.store import results
from autograder.store.database import insert_new
from autograder.store.facts import facts
from autograder.store.rows import Claim, Identity, RunRow
from autograder.store.schema import claim, result, run
from autograder.store.trail import Trail

_RELEASE = delete(claim).where(claim.c.identity == bindparam("one"), claim.c.run_id == bindparam("mine"))


def start(trail: Trail, options: dict[str, Any], now: str) -> int:
    values = {"started_at": now, "finished_at": None, "options": json.dumps(options)}
    row = trail.connection.execute(insert(run).values(values))
    number = int(row.inserted_primary_key[0]) if row.inserted_primary_key else 0
    trail.append("run.started", f"run {number}", at=now, rows=[facts("run", values | {"id": number})])
    return number


def take_over(trail: Trail, number: int, now: str) -> None:
    trail.connection.execute(delete(claim).where(claim.c.run_id == number))
    _finished(trail, "run.resumed", number, None, now)


def finish(trail: Trail, number: int, now: str) -> None:
    trail.connection.execute(delete(claim).where(claim.c.run_id == number))
    _finished(trail, "run.finished", number, now, now)


def _finished(trail: Trail, what: str, number: int, finished_at: str | None, now: str) -> None:
    changed = trail.connection.execute(update(run).where(run.c.id == number).values(finished_at=finished_at)).rowcount
    if changed:
        row = facts("run", {"id": number, "finished_at": finished_at})
        trail.append(what, f"run {number}", at=now, rows=[row])


def runs(connection: Connection) -> list[RunRow]:
    """Newest first."""
    counts = select(result.c.run_id, func.count()).group_by(result.c.run_id)
    made = {number: count for number, count in connection.execute(counts)}
    rows = connection.execute(select(run).order_by(run.c.id.desc()))
    return [
        RunRow(row.id, row.started_at, row.finished_at, json.loads(row.options), made.get(row.id, 0)) for row in rows
    ]


def release_dead(connection: Connection, alive: Callable[[int], bool]) -> int:
    """Free what runs claimed that are no longer alive; the answer is how many claims that were."""
    dead = [number for number in connection.execute(select(claim.c.run_id).distinct()).scalars() if not alive(number)]
    return connection.execute(delete(claim).where(claim.c.run_id.in_(dead))).rowcount if dead else 0


def take(trail: Trail, identity: Identity, number: int, now: str, *, redo: bool) -> Claim:
    """May run `number` grade this now? `redo` means that only a result of this very run is good enough."""
    connection = trail.connection
    known = results.standing(connection, identity)
    if known is not None and (known.run_id == number or not (redo or known.outcome == Outcome.INTERNAL)):
        results.let_count(trail, identity, now)
        return Claim.DONE
    row = connection.execute(insert_new(claim, connection).values(identity=identity.digest.hex(), run_id=number))
    return Claim.MINE if row.rowcount else Claim.TAKEN


def release(connection: Connection, identity: Identity, number: int) -> bool:
    """Give the claim back; False if this run no longer held it."""
    return bool(connection.execute(_RELEASE, {"one": identity.digest.hex(), "mine": number}).rowcount)
