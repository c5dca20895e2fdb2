"""The store: everything that is remembered between two commands. Each method is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, select

from autograder.errors import StoreError
from autograder.model.result import TopicResult
from autograder.model.submission import Submission
from autograder.signing.keys import PublicKey
from autograder.store import founding, receipts, results, runs, submissions
from autograder.store.alive import RunLocks
from autograder.store.aside import set_aside
from autograder.store.audit import Anchor, anchor, audit
from autograder.store.database import WAIT_S, Database, insert_new, open_database
from autograder.store.facts import facts
from autograder.store.failures import explained
from autograder.store.findings import Audit, Notebook
from autograder.store.pen import NOBODY, Hand, Pen
from autograder.store.rows import Claim, HistoryRow, Identity, ItemRow, MatrixRow, RunRow, SubmissionRow
from autograder.store.schema import key, meta
from autograder.store.trail import Entry, Trail, entries, last


class Store:
    """Results, runs and uploads in one database. Use as a context manager; every failure is a StoreError, or a
    SigningError where the key can't be had.

    Times are handed in as ISO 8601 text with zone. Whatever is written is told in the trail, in the same transaction.
    """

    def __init__(self, database: Database, pen: Pen) -> None:
        self._database, self._pen = database, pen
        self._alive = RunLocks(database.path)
        self._mine: set[int] = set()
        self.path = database.path

    @classmethod
    def open(
        cls, path: Path, *, hand: Hand = NOBODY, mounts: Path = Path("/proc/self/mounts"), wait_s: float = WAIT_S
    ) -> Store:
        """The store at `path`, created if there is none and migrated if it is older. Refuses network file systems."""
        pen = Pen(path.absolute(), hand)
        database = open_database(path, _text_of(mounts), lambda connection: founding.found(connection, pen), wait_s)
        return cls(database, pen)

    def close(self) -> None:
        try:
            self._remember()
        finally:
            self._close()

    def _close(self) -> None:
        self._alive.close()
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Trail]:
        written = self._pen.written
        try:
            with self._database.writing() as connection:
                yield Trail(connection, self._pen)
        except BaseException:
            self._pen.written = written  # the entry that was added last is not there after all
            raise

    def _remember(self) -> None:
        """Keep outside of the database how far the trail has come, if this store has added to it. What was remembered
        before serves as well, so a failure is none."""
        with suppress(StoreError):
            if self._pen.written:
                self._database.settle()
                with self._database.reading() as connection:
                    end = last(connection)
                if end is not None:
                    self._pen.folder.remember(end.head)

    def secret_seed(self) -> int:
        """The seed of the hidden inputs, 0 <= seed < 2**63: drawn when first asked for, then always the same."""
        with self._writing() as trail:
            draw = {"key": "seed", "value": str(secrets.randbits(63))}
            if trail.connection.execute(insert_new(meta, trail.connection).values(draw)).rowcount:
                trail.append("seed.drawn", at=self._pen.now(), rows=[facts("meta", draw)])
            return int(trail.connection.execute(select(meta.c.value).where(meta.c.key == "seed")).scalar_one())

    # the trail

    def note(
        self, what: str, subject: str, now: str, *, why: str = "", details: Mapping[str, Any] | None = None
    ) -> int:
        """Add an entry that changes nothing else: a report was written, a score was published. Its number."""
        with self._writing() as trail:
            return trail.append(what, subject, at=now, why=why, details=details)

    def trail(self) -> list[Entry]:
        """Oldest first."""
        with self._database.reading() as connection:
            return list(entries(connection))

    def audit(
        self, *, thorough: bool = True, trusted: Mapping[str, PublicKey] | None = None, heads: Sequence[str] = ()
    ) -> Audit:
        """Is everything as it was written? `trusted` are public keys to believe instead of those of the folder of keys;
        `heads` are ends of the trail that were kept elsewhere."""
        with self._database.reading() as connection:
            return self._audit(connection, trusted, heads, thorough=thorough)

    def _audit(
        self, connection: Connection, trusted: Mapping[str, PublicKey] | None, heads: Sequence[str], *, thorough: bool
    ) -> Audit:
        book = Notebook()
        known = anchor(self._pen.folder, book)
        believed = known.trusted if trusted is None else dict(trusted)
        told = Anchor(believed, (*known.heads, *heads), known.private)
        return audit(connection, told, book, thorough=thorough)

    def set_aside(self, now: str, why: str) -> int:
        """Take results that no longer hold out of the count, so that they are graded again; how many."""
        with self._writing() as trail:
            found = self._audit(trail.connection, None, (), thorough=True)
            return set_aside(trail, found, why, now)

    def rotate_key(self, why: str) -> tuple[str, str]:
        """Sign with a new key from now on, and forget the one before: the ids of both."""
        with self._writing() as trail:
            old, new = founding.rotate(trail.connection, self._pen, why)
        self._pen.forget(old)
        return old, new

    def replace_key(self, why: str) -> tuple[str, str]:
        """Sign with a new key because the one before is lost."""
        with self._writing() as trail:
            return founding.replace(trail.connection, self._pen, why)

    def keys(self) -> list[dict[str, Any]]:
        """Every key there was, oldest first: id, public, since, until."""
        with self._database.reading() as connection:
            return [dict(row) for row in connection.execute(select(key).order_by(key.c.since)).mappings()]

    @property
    def key_place(self) -> Path:
        """The folder of the keys."""
        return self._pen.folder.path

    # receipts

    def give_receipts(
        self, said: Sequence[dict[str, Any]], now: str, details: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """A signed receipt for each hand-in (`submissions.receipt.make_receipt` says what is needed), in their order.
        `details` says what was collected."""
        with self._writing() as trail:
            given, told = receipts.give(trail, self._pen, said, now)
            trail.append("collected", at=now, rows=told, details=details)
            return given

    def receipts(self) -> list[dict[str, Any]]:
        """Every receipt given, oldest first."""
        with self._database.reading() as connection:
            return receipts.given(connection)

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
        with self._writing() as trail:
            runs.release(trail.connection, identity, run)
            return results.add(trail, result, run, now, redo=redo)

    def current(
        self, student: str | None = None, topic: str | None = None, marks: Mapping[int, str] | None = None
    ) -> list[TopicResult]:
        """The results that count: for each student and topic that of the submission graded last. `marks` are flags to
        add, by the id of a result in an `Audit`."""
        with self._database.reading() as connection:
            return results.current(connection, student, topic, marks or {})

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
        with self._writing() as trail:
            return submissions.record(trail, uploads, now)

    def submissions(self) -> list[SubmissionRow]:
        with self._database.reading() as connection:
            return submissions.recorded(connection)

    # runs

    def start_run(self, options: dict[str, Any], now: str) -> int:
        """The number of a new run. It passes for alive until it is finished or this store is closed or dies."""
        with self._writing() as trail:
            return self._hold(runs.start(trail, options, now))

    def take_over(self, run: int) -> None:
        """Go on with a run that another process did not finish. StoreError if that process is still at it."""
        with self._writing() as trail:
            runs.take_over(trail, self._hold(run), self._pen.now())

    def finish_run(self, run: int, now: str) -> None:
        with self._writing() as trail:
            runs.finish(trail, run, now)
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
        with self._writing() as trail:
            return runs.take(trail, identity, run, now, redo=redo)

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
