"""Opens a database and brings it up to date. All that is particular to SQLite is here (and in `failures`, `place`)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite

from autograder.errors import StoreError
from autograder.store.failures import explained
from autograder.store.place import refuse_network
from autograder.store.schema import VERSION

PRAGMAS = ("synchronous=normal", "foreign_keys=on")  # for each connection; the write-ahead log stays with the file
WAIT_S = 30.0  # how long to wait for another program's write
MIGRATIONS = Path(__file__).parent / "migrations"
Founding = Callable[[Connection], None]


class Database:
    """Transactions on one file. `reading` sees one moment of it; `writing` is alone and either happens whole or not:
    the trail, whose every entry builds on the last one, relies on both."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path, self._engine = path, engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with explained(self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        # the lock is taken at the start: a read that turns into a write later could fail instead of waiting
        with explained(self.path), self._engine.execution_options(alone=True).begin() as connection:
            yield connection

    def use_write_ahead_log(self) -> None:
        """Readers no longer wait for a writer, nor a writer for them; a mark in the file that later openings follow."""
        with explained(self.path), closing(self._engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA journal_mode=wal").close()

    def settle(self) -> None:
        """What was saved so far is on the disk, even if the machine loses its power now."""
        with explained(self.path), closing(self._engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(passive)").close()

    def close(self) -> None:
        self._engine.dispose()


def open_database(path: Path, mounts: str, found: Founding, wait_s: float = WAIT_S) -> Database:
    """The database at `path`, created or migrated as needed; `found` then ends the transaction of the migration.
    Raises StoreError and leaves the file as it was."""
    path = path.absolute()
    refuse_network(path.resolve(), mounts)
    if path.is_dir():
        raise StoreError("is a folder, not a database", where=str(path), now="name a file: --db PATH")
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = _sqlite(path, wait_s)
    database = Database(path, engine)
    try:
        _bring_up_to_date(database, found)
    except BaseException:
        database.close()
        raise
    return database


def insert_new(table: Table, connection: Connection) -> Insert:
    """An insert that leaves an existing row with the same key alone; its `rowcount` says whether it was new."""
    kinds: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    return kinds[connection.dialect.name](table).on_conflict_do_nothing()


def _sqlite(path: Path, wait_s: float) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": wait_s})

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # the driver begins no transactions by itself: we do, below
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        alone = connection.get_execution_options().get("alone")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if alone else "BEGIN")

    return engine


def _bring_up_to_date(database: Database, found: Founding) -> None:
    with database.reading() as connection:
        if _version(connection, database.path) == VERSION:
            return
    database.use_write_ahead_log()  # only now that the file is known to be ours
    with database.writing() as connection:
        if _version(connection, database.path) != VERSION:  # another process may have been faster
            _migrate(connection)
            found(connection)


def _version(connection: Connection, path: Path) -> str:
    """The migration the database stands at, "" for a new one. StoreError if it is newer or not ours."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return ""
    if "alembic_version" not in tables:
        raise StoreError("is another program's database", where=str(path), now="name another file with --db PATH")
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    if found > VERSION:
        raise StoreError(
            f"was written by a newer autograder (database version {found}, this program knows {VERSION})",
            where=str(path),
            now="install the newer autograder, or name another file with --db PATH",
        )
    return str(found)


def _migrate(connection: Connection) -> None:
    # a third of a second to import, and most runs have nothing to migrate
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
