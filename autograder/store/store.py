"""The store: everything that is remembered between two commands. Each method is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import select

from autograder.errors import StoreError
from autograder.model.result import TopicResult
from autograder.model.submission import Submission
from autograder.store import results, runs, submissions
from autograder.store.alive import RunLocks
from autograder.store.database import WAIT_S, Database, insert_new, open_database
from autograder.store.failures import explained
from autograder.store.rows import Claim, HistoryRow, Identity, ItemRow, MatrixRow, RunRow, SubmissionRow
from autograder.store.schema import meta


class Store:
    """Results, runs and uploads in one database. Use as a context manager; every failure is a StoreError.

    Times are handed in as ISO 8601 text with zone.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._alive = RunLocks(database.path)
        self._mine: set[int] = set()
        self.path = database.path

    @classmethod
    def open(cls, path: Path, *, mounts: Path = Path("/proc/self/mounts"), wait_s: float = WAIT_S) -> Store:
        """The store at `path`, created if there is none and migrated if it is older. Refuses network file systems."""
        return cls(open_database(path, _text_of(mounts), wait_s))

    def close(self) -> None:
        self._alive.close()
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def secret_seed(self) -> int:
        """The seed of the hidden inputs, 0 <= seed < 2**63: drawn when first asked for, then always the same."""
        with self._database.writing() as connection:
            draw = {"key": "seed", "value": str(secrets.randbits(63))}
            connection.execute(insert_new(meta, connection).values(draw))
            return int(connection.execute(select(meta.c.value).where(meta.c.key == "seed")).scalar_one())

    # results

    def has(self, identity: Identity) -> bool:
        """Is there a result under this identity, other than a failure of our own?"""
        with self._database.reading() as connection:
            known = results.standing(connection, identity)
            return known is not None and known.outcome != "internal"

    def finished(self, run: int | None = None) -> set[bytes]:
        """`Identity.digest` of every result that counts and need not be made again; with `run`, of this run's alone."""
        with self._database.reading() as connection:
            return results.finished(connection, run)

    def save(self, result: TopicResult, run: int, now: str, *, redo: bool = False) -> bool:
        """Store a result, let it count and give its claim back. False if one stood already under its identity: then
        nothing changes, so saving twice does no harm. With `redo` the new one takes over from another run's."""
        identity = Identity.of(result)
        with self._database.writing() as connection:
            runs.release(connection, identity, run)
            return results.add(connection, result, run, now, redo=redo)

    def current(self, student: str | None = None, topic: str | None = None) -> list[TopicResult]:
        """The results that count: for each student and topic that of the submission graded last."""
        with self._database.reading() as connection:
            return results.current(connection, student, topic)

    def history(self, student: str, topic: str) -> list[HistoryRow]:
        """Every grading of this student's topic, oldest first."""
        with self._database.reading() as connection:
            return results.history(connection, student, topic)

    def matrix(self) -> list[MatrixRow]:
        """The results that count without their checks: fast for a large class."""
        with self._database.reading() as connection:
            return results.matrix(connection)

    def items(self, topic: str | None = None) -> list[ItemRow]:
        """How every check fared among the results that count: fast for a large class."""
        with self._database.reading() as connection:
            return results.items(connection, topic)

    # uploads

    def record_submissions(self, uploads: Iterable[Submission], now: str) -> int:
        """Remember these uploads; the answer is how many were new."""
        with self._database.writing() as connection:
            return submissions.record(connection, uploads, now)

    def submissions(self) -> list[SubmissionRow]:
        with self._database.reading() as connection:
            return submissions.recorded(connection)

    # runs

    def start_run(self, options: dict[str, Any], now: str) -> int:
        """The number of a new run. It passes for alive until it is finished or this store is closed or dies."""
        with self._database.writing() as connection:
            return self._hold(runs.start(connection, options, now))

    def take_over(self, run: int) -> None:
        """Go on with a run that another process did not finish. StoreError if that process is still at it."""
        with self._database.writing() as connection:
            runs.take_over(connection, self._hold(run))

    def finish_run(self, run: int, now: str) -> None:
        with self._database.writing() as connection:
            runs.finish(connection, run, now)
        with explained(self.path):
            self._alive.release(run)
        self._mine.discard(run)

    def is_alive(self, run: int) -> bool:
        """Is a process at work on this run, this one included?"""
        with explained(self.path):
            return run in self._mine or self._alive.is_held_elsewhere(run)

    def _hold(self, run: int) -> int:
        with explained(self.path):
            held = self._alive.hold(run)
        if not held:
            raise StoreError(f"another process is at work on run {run}", where=str(self.path), now="let it finish")
        self._mine.add(run)
        return run

    def runs(self) -> list[RunRow]:
        """Newest first."""
        with self._database.reading() as connection:
            return runs.runs(connection)

    def claim(self, identity: Identity, run: int, now: str, *, redo: bool = False) -> Claim:
        """May this run grade this submission now? `redo` asks for a result of this very run."""
        with self._database.writing() as connection:
            return runs.take(connection, identity, run, now, redo=redo)

    def release(self, identity: Identity, run: int) -> None:
        """Give a claim back without a result."""
        with self._database.writing() as connection:
            runs.release(connection, identity, run)

    def release_dead(self) -> int:
        """Free what was claimed by runs that died; the answer is how many claims that were."""
        with self._database.writing() as connection:
            return runs.release_dead(connection, self.is_alive)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(errors="surrogateescape")
    except OSError:  # not Linux: nothing is known about mounts
        return ""
