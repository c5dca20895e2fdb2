"""The engine that runs jobs on this machine: N grader processes, one supervising thread for each."""

from __future__ import annotations

import queue
import sys
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from autograder.engine.seam import STARTING, Plain
from autograder.engine.worker_process import WorkerProcess
from autograder.errors import AutograderError, Shortage, WorkerLost
from autograder.model.pace import stretch
from autograder.sandbox import needs

JOBS_EACH = 500  # jobs before a worker is replaced, so that a leak anywhere can't grow
STARTS = 5  # tries to start a worker before the machine passes for unfit


def worker_command(mode: str, device: str, *hide: Path) -> list[str]:
    """What starts a grader process. `hide` are folders that no sandbox may see, wherever they lie: the course, the
    results, the keys."""
    # -P: never import from the current folder, which may be full of submissions
    return [sys.executable, "-P", "-m", "autograder.engine.worker", mode, device, *map(str, hide)]


@dataclass(frozen=True, slots=True)
class _Order:
    spec: Plain
    ceiling_s: float
    future: Future[Plain]


class LocalEngine:
    """`workers` grader processes, started when there is work for them and replaced when they are lost."""

    def __init__(self, workers: int, command: list[str], *, jobs_each: int = JOBS_EACH) -> None:
        self._command = command
        self._jobs_each = jobs_each
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._at = [""] * workers
        self._fit = False  # a worker was ready once
        self._speed = 0.0  # the best that any worker measured holds for all, so that all grade with the same limits
        self._threads = [
            threading.Thread(target=self._supervise, args=(number,), name=f"worker-{number}", daemon=True)
            for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def slots(self) -> int:
        return len(self._threads)

    def submit(self, spec: Plain, *, ceiling_s: float) -> Future[Plain]:
        future: Future[Plain] = Future()
        if self._closing.is_set():
            future.set_exception(WorkerLost("the engine is closed"))
        else:
            self._orders.put(_Order(spec, ceiling_s, future))
        return future

    def at(self) -> tuple[str, ...]:
        return tuple(self._at)

    def close(self) -> None:
        """Kill what runs, cancel what waits, and return when every process and thread is gone."""
        self._closing.set()
        for _ in self._threads:
            self._orders.put(None)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _supervise(self, number: int) -> None:
        """The life of one slot. The worker is started, used and ended by this thread only."""
        worker: WorkerProcess | None = None
        while (order := self._orders.get()) is not None:
            if self._closing.is_set() or not order.future.set_running_or_notify_cancel():
                order.future.cancel()
                continue
            worker = self._serve(worker, order, number)
            self._at[number] = ""
        if worker:
            worker.retire()

    def _serve(self, worker: WorkerProcess | None, order: _Order, number: int) -> WorkerProcess | None:
        """Run one order; the answer is the worker for the next one, None if it is used up."""
        try:
            self._at[number] = STARTING
            worker = worker or self._start()
            self._at[number] = str(order.spec.get("id", "?"))
            result = worker.run(order.spec | {"speed": self._speed}, order.ceiling_s * stretch(self._speed))
        except BaseException as failure:
            if worker:
                worker.kill()
            order.future.set_exception(failure)
            return None
        order.future.set_result(result)
        if worker.jobs >= self._jobs_each:
            worker.retire()
            return None
        return worker

    def _start(self) -> WorkerProcess:
        """A worker that is ready. That none starts is no job's fault, so it does not use up a job's tries. A machine on
        which none was ever ready is told at once what it is short of; later the shortage may pass."""
        for number in range(STARTS):
            try:
                worker = WorkerProcess(self._command, self._closing.is_set)
                worker.wait_ready()
                self._speed, self._fit = max(self._speed, worker.speed), True
                return worker
            except (WorkerLost, Shortage) as lost:
                if isinstance(lost, Shortage) and not self._fit:
                    raise
                failure = lost
                if self._closing.wait(0.1 * 2**number):
                    raise
        what = str(failure).partition("\n  -> ")[0]
        now = f"{needs.remedy('zygote', what)}; what is graded so far is kept"
        raise AutograderError(f"grader processes don't start; the last one: {what}", now=now) from failure
