"""What the dispatcher asks and tells the store, for one run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from autograder.model.job import Job
from autograder.model.result import TopicResult
from autograder.store.rows import Claim, Identity
from autograder.store.store import Store


class Ledger(Protocol):
    """Who grades what, and what came of it. The queue is derived from it: what has no result is still to do."""

    grader: str  # the version the results will carry

    def now(self) -> str:
        """ISO 8601 with zone."""

    def claim(self, job: Job) -> Claim:
        """May this run grade this job now?"""

    def save(self, result: TopicResult) -> bool:
        """Keep a result; False if there was one already. Its job is no longer claimed."""

    def release(self, job: Job) -> None:
        """The job is not graded after all, and may be claimed again."""

    def free_the_dead(self) -> None:
        """Release what runs claimed whose process is gone."""


class StoreLedger:
    """A run's view of the store. With `redo` only results of this very run are good enough."""

    def __init__(self, store: Store, run: int, grader: str, clock: Callable[[], str], *, redo: bool = False) -> None:
        self.grader = grader
        self._store, self._run, self._clock, self._redo = store, run, clock, redo
        self._known = store.finished(run if redo else None)  # thousands of finished jobs pass without a transaction

    def now(self) -> str:
        return self._clock()

    def claim(self, job: Job) -> Claim:
        identity = Identity.expected(job, self.grader)
        if identity.digest in self._known:
            return Claim.DONE
        return self._store.claim(identity, self._run, self.now(), redo=self._redo)

    def save(self, result: TopicResult) -> bool:
        return self._store.save(result, self._run, self.now(), redo=self._redo)

    def release(self, job: Job) -> None:
        self._store.release(Identity.expected(job, self.grader), self._run)

    def free_the_dead(self) -> None:
        self._store.release_dead()
