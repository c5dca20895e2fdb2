"""Feeds jobs to an engine and results to the ledger, one by one, whatever happens to the processes in between."""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, replace
from enum import StrEnum

from autograder.engine.ledger import Ledger
from autograder.engine.plan import ceiling_s
from autograder.engine.seam import Engine, Plain
from autograder.engine.unrun import rejected, ungraded
from autograder.errors import AutograderError, StoreError, WorkerLost
from autograder.model.job import Job
from autograder.model.plain import from_plain, to_plain
from autograder.model.result import TopicResult
from autograder.store.rows import Claim, Identity

BEAT_S = 0.25  # how often to look whether to stop
WAIT_S = 1.0  # how often to ask again for a job that another run is grading
TRIES = 3


class Kind(StrEnum):
    """What happened to a job."""

    STARTED = "started"  # given to the engine
    RETRIED = "retried"  # its worker was lost; given to the engine again
    FINISHED = "finished"  # a result of this run is stored
    SKIPPED = "skipped"  # it has a result already
    WAITING = "waiting"  # another run is at it


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a run. `result` comes with FINISHED, `why` with RETRIED."""

    kind: Kind
    job: Job
    result: TopicResult | None = None
    why: str = ""


def run_jobs(
    jobs: Iterable[Job],
    engine: Engine,
    ledger: Ledger,
    *,
    on_event: Callable[[Event], None] = lambda _: None,
    stopping: Callable[[], bool] = lambda: False,
    tries: int = TRIES,
) -> None:
    """Grade every job that has no result yet, and return when each has one or another run has seen to it.

    When `stopping` turns true, what runs is finished and nothing else is started. A job whose worker is lost is started
    at most `tries` times and then stored as `internal`. Any error that is not about one job ends the run: the store is
    full, no worker starts, the wall can't be had. What is stored by then stays, and the rest can be claimed again.
    """
    _Dispatcher(engine, ledger, on_event, stopping, tries).run(jobs)


class _Dispatcher:
    def __init__(
        self,
        engine: Engine,
        ledger: Ledger,
        on_event: Callable[[Event], None],
        stopping: Callable[[], bool],
        tries: int,
    ) -> None:
        self._engine, self._ledger, self._on_event = engine, ledger, on_event
        self._stopping, self._tries = stopping, tries
        self._todo: Iterator[Job] = iter(())
        self._waiting: list[Job] = []
        self._ask_again = 0.0
        self._live: dict[Future[Plain], Job] = {}
        self._done: queue.SimpleQueue[Future[Plain]] = queue.SimpleQueue()

    def run(self, jobs: Iterable[Job]) -> None:
        self._todo = iter(jobs)
        self._ledger.free_the_dead()
        try:
            while self._feed() or self._live or (self._waiting and not self._stopping()):
                with contextlib.suppress(queue.Empty):
                    self._settle(self._done.get(timeout=BEAT_S))
        except BaseException:
            self._let_go()
            raise

    def _feed(self) -> bool:
        """Keep the engine busy with one job to spare; True if there may be more to start."""
        window = self._engine.slots() + 1
        while len(self._live) < window:
            if self._stopping():
                for future in list(self._live):
                    future.cancel()  # only what has not begun
                return False
            job = self._next()
            if job is None:
                return False
            self._offer(job)
        return True

    def _next(self) -> Job | None:
        job = next(self._todo, None)
        if job is None and self._waiting and time.monotonic() > self._ask_again:
            self._ledger.free_the_dead()
            self._ask_again = time.monotonic() + WAIT_S
            self._todo, self._waiting = iter(self._waiting), []
            job = next(self._todo, None)
        return job

    def _offer(self, job: Job) -> None:
        """Start a job if it is ours to start."""
        claim = self._ledger.claim(job)
        if claim == Claim.DONE:
            self._on_event(Event(Kind.SKIPPED, job))
        elif claim == Claim.TAKEN:
            self._waiting.append(job)
            self._on_event(Event(Kind.WAITING, job))
        elif fatal := next((problem for problem in job.problems if problem.fatal), None):
            self._keep(job, rejected(job, fatal, self._ledger.grader, self._ledger.now()))
        else:
            self._on_event(Event(Kind.STARTED, job))
            self._start(job)

    def _start(self, job: Job) -> None:
        future = self._engine.submit(to_plain(job), ceiling_s=ceiling_s(job.topic))
        self._live[future] = job
        future.add_done_callback(self._done.put)

    def _settle(self, future: Future[Plain]) -> None:
        """One future is done: a result, another try, or the end of the run."""
        job = self._live.pop(future, None)
        if job is None:
            return
        try:
            result = self._result(job, future.result())
        except CancelledError:
            self._ledger.release(job)
        except AutograderError as failure:
            if not isinstance(failure, WorkerLost):
                self._live[future] = job  # to be let go with the others
                raise
            self._lost(job, str(failure))
        else:
            self._keep(job, result)

    def _result(self, job: Job, plain: Plain) -> TopicResult:
        """The result if it is one, and of this job; else it is as good as lost."""
        try:
            result: TopicResult = from_plain(TopicResult, plain)
            right = Identity.of(result) == Identity.expected(job, self._ledger.grader)
        except (TypeError, ValueError, KeyError, AttributeError) as fault:
            raise WorkerLost(f"a grader process answered with a malformed result: {fault}") from fault
        if not right:
            raise WorkerLost(f"a grader process answered for another job: {Identity.of(result)}")
        return result

    def _lost(self, job: Job, why: str) -> None:
        if job.tries >= self._tries:
            self._keep(job, ungraded(job, why, self._ledger.grader, self._ledger.now()))
        elif self._stopping():
            self._ledger.release(job)
        else:
            again = replace(job, tries=job.tries + 1)
            self._on_event(Event(Kind.RETRIED, again, why=why))
            self._start(again)

    def _keep(self, job: Job, result: TopicResult) -> None:
        try:
            kept = self._ledger.save(result)
        except BaseException:
            with contextlib.suppress(StoreError):
                self._ledger.release(job)
            raise
        self._on_event(Event(Kind.FINISHED, job, result) if kept else Event(Kind.SKIPPED, job))

    def _let_go(self) -> None:
        """The run ends early: what is not graded may be claimed by another."""
        for future, job in self._live.items():
            future.cancel()
            with contextlib.suppress(StoreError):
                self._ledger.release(job)
