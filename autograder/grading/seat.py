"""Where a submission sits while its topic is checked: starts its sandbox, replaces a dead one, counts what it used."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from autograder.checks.source_text import source_text
from autograder.errors import SandboxEnded, StudentError
from autograder.grading.words import cell_failed
from autograder.model.course import Limits
from autograder.model.job import Job
from autograder.model.notebook import Cells, cells_of
from autograder.model.pace import stretch, stretched
from autograder.model.text import Text
from autograder.pytest_plugin import derived_seed
from autograder.sandbox.host import Host
from autograder.sandbox.process import SandboxProcess
from autograder.sandbox.remote import Submission
from autograder.sandbox.wire import WireError

Spawn = Callable[[Limits], SandboxProcess]
Call = tuple[str, tuple[Any, ...], dict[str, Any]]
UNREADABLE = ("SyntaxError", "IndentationError", "TabError")
OUTPUT_KEPT = 4000  # bytes of stdout and stderr kept for staff


class ImportFailed(Exception):
    """The student's file can't be imported; `cause` says why. Every check of the topic fails with it."""

    def __init__(self, cause: StudentError | SandboxEnded) -> None:
        self.cause = cause
        super().__init__(str(cause))


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Of a check that failed."""

    hidden: bool
    call: Call | None  # the latest one of the student's code
    asked: bool = False  # the student's code was asked for anything
    cells: Cells = ()  # of the student's notebook


@dataclass(slots=True)
class Usage:
    """What all sandboxes of a submission used."""

    cpu_s: float = 0.0
    peak_memory_mb: float = 0.0
    output: bytes = b""
    violations: list[str] = field(default_factory=list)


class Seat:
    """One submission in the grader. `begin` opens a check, `finish` closes it."""

    def __init__(self, job: Job, spawn: Spawn) -> None:
        self._job, self._spawn = job, spawn
        self._files = {file.path: file.data for file in job.files}
        entry = f"{job.topic.module}.py"
        self._source = source_text(self._files, entry)
        self.cells = cells_of(self._source)  # of a notebook
        self.notes: dict[int, Text] = {}  # what is to be said of a cell
        self._loaded: tuple[Host, Submission] | None = None
        self._extra: list[tuple[Host, Submission]] = []
        self._failed: ImportFailed | None = None
        self._limits = stretched(job.topic.limits, stretch(job.speed))
        self._budget = (self._limits.cpu_s, self._limits.wall_s)
        self._seed, self._fresh_check = job.seed, True
        self._cpu_before, self._saw_hidden = 0.0, False
        self.usage = Usage()
        self.died = False  # whether a sandbox died in the last check

    # One check --------------------------------------------------------------------------------------------------

    def begin(self, name: str, cpu_s: float, wall_s: float, *, hidden: bool) -> None:
        """The next check: its own budget, its own seed. A visible check shows what the student's code returns, so it
        never runs in a sandbox that has seen a hidden one."""
        if self._saw_hidden and not hidden:
            self._drop()
        self._saw_hidden = hidden
        self._budget, self._fresh_check = (cpu_s, wall_s), True
        self._seed = derived_seed(self._job.seed, f"student:{name}")
        self._cpu_before = self._cpu_s()
        if self._loaded:
            self._loaded[0].last_call = None
            self._loaded[0].asked = 0

    def circumstances(self, *, hidden: bool) -> Circumstances:
        """Of what just failed: the latest call of the student's code in this check, whether it was asked for anything
        (the first request only resets it), and where its lines stand."""
        hosts = [host for host, _ in [*([self._loaded] if self._loaded else []), *self._extra]]
        call = hosts[-1].last_call if hosts else None
        return Circumstances(hidden, call, any(host.asked > 1 for host in hosts), self.cells)

    def finish(self) -> float:
        """CPU seconds the check used; sandboxes it asked for beside the first one end here."""
        if self._loaded and self._loaded[0].gone is None:
            with contextlib.suppress(SandboxEnded):  # the next check starts a fresh one; this one keeps its outcome
                self._loaded[0].check_output()
        used = self._cpu_s() - self._cpu_before
        self._drop_extra()
        self.died = self._loaded is not None and self._loaded[0].gone is not None
        if self.died:
            self._drop()
        return used

    def renew(self) -> None:
        """For a second run: a fresh sandbox, and an import that failed may be tried again."""
        self._drop()
        self._failed = None

    # For the plugin ---------------------------------------------------------------------------------------------

    def submission(self) -> Submission:
        """The loaded submission, reset for this check."""
        if self._loaded is None:
            self._loaded = self._import()
        host, submission = self._loaded
        if self._fresh_check:
            self._fresh_check = False
            host.begin(*self._budget)
            host.request("reset", self._seed)
        return submission

    def fresh(self) -> Submission:
        """A second sandbox with the same files."""
        host, submission = self._import()
        self._extra.append((host, submission))
        host.begin(*self._budget)
        host.request("reset", self._seed)
        return submission

    # Sandboxes --------------------------------------------------------------------------------------------------

    def _import(self) -> tuple[Host, Submission]:
        """A sandbox with the submission loaded; a file that can't be imported is not tried twice."""
        if self._failed is not None:
            raise self._failed
        try:
            return self._start()
        except (StudentError, SandboxEnded) as cause:
            self._failed = ImportFailed(cause)
            raise self._failed from None

    def _start(self) -> tuple[Host, Submission]:
        limits = self._limits
        host = Host(self._spawn(limits), limits)
        try:
            host.hello()
            host.lines = self._source.count("\n") + 1
            host.begin(limits.cpu_s, limits.wall_s)
            names = self._load(host)
            if type(names) is not dict or not all(type(part) is str for pair in names.items() for part in pair):
                raise host.violation("names of the module")
            return host, Submission(host, names, self._source, self._job.device)
        except BaseException:
            self._retire(host)
            raise

    def _load(self, host: Host) -> Any:
        """The names of the loaded file. Of a notebook each cell is run; those that failed are noted."""
        module = self._job.topic.module
        if not self.cells:
            return host.request("load", self._files, module)
        answer = host.request("load_cells", self._files, module, self.cells)
        if type(answer) is not tuple or [type(part) for part in answer] != [dict, list]:
            raise host.violation("a loaded notebook")
        names, failed = answer
        numbers = {number for number, _ in self.cells}
        for one in failed[: len(self.cells)]:
            if type(one) is not tuple or [type(part) for part in one] != [int, list] or one[0] not in numbers:
                raise host.violation("a failed cell")
            try:
                error = host.error_of(one[1])
            except WireError:
                raise host.violation("the report of a failed cell") from None
            if isinstance(error, StudentError) and error.kind not in UNREADABLE:  # said when the notebook was read
                self.notes[one[0]] = cell_failed(one[0], error, self.cells)
        return names

    def _cpu_s(self) -> float:
        live = [*self._extra, *([self._loaded] if self._loaded else [])]
        return self.usage.cpu_s + sum(host.process.cpu_s() for host, _ in live)

    def _drop_extra(self) -> None:
        for host, _ in self._extra:
            self._retire(host)
        self._extra.clear()

    def _drop(self) -> None:
        if self._loaded is not None:
            self._retire(self._loaded[0])
            self._loaded = None

    def _retire(self, host: Host) -> None:
        alive = host.process.cpu_s()
        host.end("crash", "closed")
        ended = host.process.ended()
        self.usage.cpu_s += ended.cpu_s or alive
        self.usage.peak_memory_mb = max(self.usage.peak_memory_mb, ended.peak_memory_mb)
        self.usage.output = (self.usage.output + host.process.output(OUTPUT_KEPT))[-OUTPUT_KEPT:]
        self.usage.violations += host.violations
        host.close()

    def close(self) -> None:
        """End every sandbox of the submission."""
        self._drop_extra()
        self._drop()
