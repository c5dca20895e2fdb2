"""The grader process: one warm Python with torch, pytest and the checks, and one zygote for the sandboxes.

Started by an engine as `python -m autograder.engine.worker MODE DEVICE [FOLDER TO HIDE...]`. Speaks lines of JSON:
first {"ready": {...}} or {"refused": "why"}, then one line {"result": ...} or {"failed": "why"} for each job it is
given. It ends when its input does. Student code never runs in this process.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Protocol

from autograder.engine.seam import grader_version
from autograder.errors import AutograderError, IsolationError, Shortage, WorkerLost
from autograder.grading.grade import grade
from autograder.grading.seat import Spawn
from autograder.grading.session import CheckSession
from autograder.model.course import Limits
from autograder.model.job import Job
from autograder.model.pace import stretch
from autograder.model.plain import from_plain, to_plain
from autograder.sandbox import backend, speed
from autograder.sandbox.plain import PlainProcess
from autograder.sandbox.process import SandboxProcess


class Sandboxes(Protocol):
    """Where sandboxes come from."""

    def spawn(self, limits: Limits) -> SandboxProcess: ...

    def close(self) -> None: ...


class PlainSandboxes:
    """No isolation: a child process of the same user."""

    def __init__(self, device: str) -> None:
        self._device = device

    def spawn(self, limits: Limits) -> SandboxProcess:
        return PlainProcess(limits, self._device)

    def close(self) -> None:
        """Nothing is kept between sandboxes."""


def sandboxes(mode: str, device: str, hide: list[Path]) -> Sandboxes:
    """The wall, or a plain child process. Raises IsolationError where the wall can't be had."""
    if mode == "plain":
        return PlainSandboxes(device)
    from autograder.sandbox.launcher import Zygote

    return Zygote(device=device, hide=hide)


class Worker:
    """Keeps the pytest sessions of the topics it has met, and the source of sandboxes."""

    def __init__(self, source: Sandboxes, speed: float = 0.0) -> None:
        """`speed` of this machine; 0 if it was not measured."""
        self._source, self.speed = source, speed
        self._sessions: dict[str, CheckSession] = {}
        self.grader = grader_version()

    def run(self, job: Job) -> dict[str, Any]:
        """The plain data of the job's TopicResult."""
        session = self._sessions.get(job.topic.digest)
        if session is None:
            session = self._sessions[job.topic.digest] = CheckSession(job.topic)
            backend.settle()
        job = replace(job, speed=job.speed or self.speed)
        spawn: Spawn = self._source.spawn
        result = grade(job, session, spawn, grader=self.grader, started_at=datetime.now(UTC).isoformat())
        return dict(to_plain(result))

    def close(self) -> None:
        for session in self._sessions.values():
            session.close()
        self._source.close()


@contextmanager
def private_stdout() -> Iterator[IO[str]]:
    """The pipe to the engine; whatever prints to stdout from now on goes to stderr instead."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as pipe:
        os.dup2(2, 1)
        yield pipe


def say(pipe: IO[str], message: dict[str, Any]) -> None:
    pipe.write(json.dumps(message, ensure_ascii=True) + "\n")
    pipe.flush()


def serve(mode: str, device: str, hide: list[Path], jobs: IO[str], pipe: IO[str]) -> None:
    """Answer jobs until there are no more."""
    backend.settle()
    try:
        if device == "cuda" and not backend.has_cuda():
            raise IsolationError("this machine has no CUDA device", now="grade with --device cpu")
        pace = speed.measure()
        source = sandboxes(mode, device, hide)
        if stretch(pace) > 1:  # perhaps only for a moment: others may be starting at the same time
            pace = max(pace, speed.measure())
    except WorkerLost as lost:  # something was killed while it started, say: another try may do
        sys.exit(f"grader process {os.getpid()} could not get ready: {lost}")
    except AutograderError as refusal:
        say(pipe, {"refused": str(refusal), "short": isinstance(refusal, Shortage)})
        return
    worker = Worker(source, pace)
    ready = {"grader": worker.grader, "mode": mode, "device": device, "pid": os.getpid(), "speed": pace}
    say(pipe, {"ready": ready})
    try:
        for line in jobs:
            try:
                message: dict[str, Any] = {"result": worker.run(from_plain(Job, json.loads(line)))}
            except Exception:  # ours, never the student's: the dispatcher decides what happens next
                message = {"failed": traceback.format_exc(limit=-5)}
            say(pipe, message)
    finally:
        worker.close()


def main() -> None:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    mode, device, *hide = sys.argv[1:]
    with private_stdout() as pipe:
        serve(mode, device, [Path(name) for name in hide], sys.stdin, pipe)


if __name__ == "__main__":
    main()
