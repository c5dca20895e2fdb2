"""What an engine is. The dispatcher knows no more of where jobs run than this."""

from __future__ import annotations

import importlib.metadata
from concurrent.futures import Future
from typing import Any, Protocol

from autograder import __version__

Plain = dict[str, Any]  # JSON data
STARTING = "starting"  # a slot is getting its worker ready; no job has this id


class Engine(Protocol):
    """Runs jobs somewhere, at least once each.

    A future ends with the plain TopicResult, or with `WorkerLost`: a failure of ours that another try may not have. Any
    other `AutograderError` means that no job can be graded here, and ends the whole run.
    """

    def slots(self) -> int:
        """How many jobs run at the same time; may change while it works."""

    def submit(self, spec: Plain, *, ceiling_s: float) -> Future[Plain]:
        """Run one job (plain JSON of a `Job`). After `ceiling_s` seconds its worker passes for lost."""

    def at(self) -> tuple[str, ...]:
        """What each slot is doing: the id of a job, STARTING, or "" while it is idle. () if the engine can't say."""

    def close(self) -> None:
        """Stop everything now; jobs that are not done end with WorkerLost or are cancelled."""


def grader_version() -> str:
    """What the results say they were graded by; does not import torch."""
    try:
        torch = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        torch = "none"
    return f"{__version__} torch {torch.partition('+')[0]}"  # without the build: the device is part of a result's key
