"""Triggers that refuse what the program never does: a first defence, against accidents. Who can edit the database can
drop them too; that shows in the audit, not here."""

from __future__ import annotations

NEVER_DELETED = ("trail", "result", "submission", "receipt", "key")
# what a row may change after it was written; every other column of these tables is written once
MAY_CHANGE: dict[str, tuple[str, ...]] = {
    "trail": (),
    "result": ("replaced_at", "redone", "trail", "key", "signature"),
    "receipt": (),
}
COLUMNS = {
    "trail": "number at who what subject why details previous hash key signature",
    "result": "id run_id student topic submission checks_digest grader device seed isolation outcome points"
    " max_points flags finished_at data replaced_at redone trail key signature",
    "receipt": "id student topic content archive_sha256 received_at data",
}
WORDS = "the trail and what it vouches for are only added to"


def guards(dialect: str) -> list[str]:
    """The statements that make the triggers, in the words of SQLite or PostgreSQL."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[dialect]
    refused: list[tuple[str, str, tuple[str, ...]]] = [("DELETE", table, ()) for table in NEVER_DELETED]
    refused += [
        ("UPDATE", table, tuple(name for name in COLUMNS[table].split() if name not in free))
        for table, free in MAY_CHANGE.items()
    ]
    return make(refused)


def _sqlite(refused: list[tuple[str, str, tuple[str, ...]]]) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb}{_of(columns)} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        for verb, table, columns in refused
    ]


def _postgresql(refused: list[tuple[str, str, tuple[str, ...]]]) -> list[str]:
    function = (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb}{_of(columns)} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            for verb, table, columns in refused
        ),
    ]


def _of(columns: tuple[str, ...]) -> str:
    return " OF " + ", ".join(f'"{name}"' for name in columns) if columns else ""
