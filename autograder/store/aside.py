"""The way back after results were changed by hand: what no longer holds is set aside, so that the next `grade` grades
those submissions again. Nobody has to decide which number was right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from autograder.errors import StoreError
from autograder.store.facts import Facts, facts
from autograder.store.findings import Audit
from autograder.store.results import check_columns, unpack
from autograder.store.schema import check_result, result
from autograder.store.trail import Trail

ASIDE = 2  # in the column `redone`


def set_aside(trail: Trail, found: Audit, why: str, now: str) -> int:
    """Set aside every result that does not hold; how many. StoreError if something else does not hold either: a trail
    can't be mended by adding to it."""
    others = [one for one in found.findings if one.area != "result"]
    if others:
        raise StoreError(f"{others[0].where.en}: {others[0].what.en}", now=others[0].now.en)
    numbers = sorted(found.spoilt())
    rows = [_aside(trail, number, now) for number in numbers]
    if rows:
        trail.append("result.set-aside", at=now, why=why, rows=rows)
    return len(rows)


def _aside(trail: Trail, number: int, now: str) -> Facts:
    connection = trail.connection
    row = connection.execute(select(result).where(result.c.id == number)).mappings().first()
    connection.execute(delete(check_result).where(check_result.c.result_id == number))
    if row is None:
        return {"table": "result", "id": number, "gone": True}
    changes = {"redone": ASIDE, "replaced_at": row["replaced_at"] or now}
    as_found = facts("result", {**row, **changes})
    connection.execute(update(result).where(result.c.id == number).values(**changes, **trail.sign_result(as_found)))
    _list_checks(connection, row["data"], number)
    return as_found


def _list_checks(connection: Connection, data: bytes, number: int) -> None:
    try:
        checks: Iterable[dict[str, Any]] = check_columns(unpack(data), number)
    except (StoreError, TypeError):
        return
    for check in checks:
        connection.execute(insert(check_result).values(check | {"counts": 0}))
