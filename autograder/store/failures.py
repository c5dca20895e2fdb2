"""What a database's complaint means for the person at the terminal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from autograder.errors import StoreError

SAVED = "everything saved before this is kept"
MEANINGS = {  # primary result code of SQLite: what, what now
    "SQLITE_FULL": ("the disk is full", f"free some space and run the command again; {SAVED}"),
    "SQLITE_READONLY": ("may not be written", "use --db PATH with a place you may write, or change its permissions"),
    "SQLITE_PERM": ("may not be opened", "use --db PATH with a place you may write, or change its permissions"),
    "SQLITE_CANTOPEN": ("can't be opened or created", "check that the folder exists and that you may write there"),
    "SQLITE_BUSY": ("is locked by another program", f"close what holds it and run the command again; {SAVED}"),
    "SQLITE_LOCKED": ("is locked by another program", f"close what holds it and run the command again; {SAVED}"),
    "SQLITE_NOTADB": ("is not a database", "name another file with --db PATH; this one is left as it is"),
    "SQLITE_CORRUPT": (
        "is damaged",
        "put back a copy, or save what can be read with `sqlite3 FILE .recover`; grading into a new file also works",
    ),
    "SQLITE_IOERR": ("reading or writing failed in the operating system", "check the disk; `dmesg` may say more"),
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Whatever the database raises inside leaves as a StoreError that says where, what and what now."""
    try:
        yield
    except DBAPIError as failure:
        raise _story(path, failure.orig or failure) from failure
    except (SQLAlchemyError, sqlite3.Error, OSError) as failure:
        raise _story(path, failure) from failure


def _story(path: Path, failure: BaseException) -> StoreError:
    name = str(getattr(failure, "sqlite_errorname", ""))
    for code, (what, now) in MEANINGS.items():
        if name == code or name.startswith(code + "_"):
            return StoreError(f"{what} ({failure})", where=str(path), now=now)
    if isinstance(failure, OSError):
        what = failure.strerror or str(failure)
        return StoreError(what, where=str(failure.filename or path), now="check the path, its permissions and the disk")
    return StoreError(f"{type(failure).__name__}: {failure}", where=str(path), now="please report this as a bug")
