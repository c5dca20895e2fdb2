"""Hidden and visible checks are ordinary pytest files; this plugin gives them a submission and takes their results.

It judges nothing: each run of a check becomes a `Case` with the exception that ended it, if any. What that means for
the student is decided in grading/findings.py.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from autograder.checks.describing import show
from autograder.checks.marks import CheckMark, read
from autograder.checks.pictures import Pictures
from autograder.checks.seeding import Draw
from autograder.errors import AutograderError
from autograder.model.picture import Picture


class Seat(Protocol):
    """Where a submission sits while it is checked; grading/seat.py has the real one."""

    def submission(self) -> Any:
        """The loaded submission; starts it if needed. Raises StudentError or SandboxEnded."""

    def fresh(self) -> Any:
        """Another sandbox with the same files, alive until the check ends."""


@dataclass(frozen=True, slots=True)
class Case:
    """One run of one check function: the exception that ended it (None: it passed) and how long it took."""

    error: BaseException | None
    wall_s: float
    measured: dict[str, float]  # what the check gave to pytest's `record_property`
    pictures: list[Picture]  # what it drew


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A collected check: its mark, and the pytest items that make it up (several when it is parametrised)."""

    mark: CheckMark
    hidden: bool
    items: tuple[pytest.Item, ...]


class GraderPlugin:
    """Registered with a pytest session that stays open from submission to submission."""

    def __init__(self, hidden: Sequence[str]) -> None:
        self._hidden = tuple(Path(path) for path in hidden)
        # nobody who doesn't know the hidden checks can compute their draws, even if he guesses the seed of a run
        self._keys = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in self._hidden}
        self._seat: Seat | None = None
        self._seed, self._device = 0, "cpu"
        self._draws, self._pictures = False, list[Picture]()
        self._error: BaseException | None = None
        self._wall_s = 0.0

    # Between checks ---------------------------------------------------------------------------------------------

    def seat(self, seat: Seat | None, seed: int, device: str, *, pictures: bool) -> None:
        """The submission that the next checks look at."""
        self._seat, self._seed, self._device, self._draws = seat, seed, device, pictures

    def take(self, item: pytest.Item) -> Case:
        """What the item that just ran came to."""
        figures = {name: _figure(value) for name, value in item.user_properties}
        numbers = {name: value for name, value in figures.items() if value is not None}
        case = Case(self._error, self._wall_s, numbers, self._pictures)
        item.user_properties.clear()
        self._error, self._wall_s, self._pictures = None, 0.0, []
        return case

    # Fixtures ---------------------------------------------------------------------------------------------------

    @pytest.fixture
    def submission(self) -> Any:
        """The student's code, behind the wall."""
        assert self._seat is not None
        return self._seat.submission()

    @pytest.fixture
    def fresh_submission(self) -> Any:
        """Call it for the same submission in a sandbox of its own."""
        assert self._seat is not None
        return self._seat.fresh

    @pytest.fixture
    def draw(self, request: pytest.FixtureRequest) -> Draw:
        """All randomness of a check, fixed by the recorded seed, the hidden file and the check's own name."""
        key = self._keys.get(request.node.path) or ":".join(self._keys.values())
        return Draw(derived_seed(self._seed, f"{key}:{request.node.name}"))

    @pytest.fixture
    def picture(self) -> Pictures:
        """Draws what the check wants to show; only what visible checks draw is shown to anybody."""
        made = Pictures(self._draws)
        self._pictures = made.drawn
        return made

    @pytest.fixture
    def device(self) -> str:
        """Where the student's tensors live: "cpu" or "cuda"."""
        return self._device

    # Hooks ------------------------------------------------------------------------------------------------------

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            raise AutograderError(
                f"the checks can't be collected:\n{report.longreprtext}", where=report.nodeid, now="mend the check file"
            )

    @pytest.hookimpl(tryfirst=True)
    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str]:
        """Explain `assert got == want` in one bounded line: pytest's own diff of what came back has no limit."""
        return [f"{show(left)} {op} {show(right)}"]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """A report without text: formatting a traceback costs more than running a small check."""
        self._wall_s += call.duration
        if call.excinfo is not None and self._error is None:
            self._error = call.excinfo.value
        outcome: Any = "passed" if call.excinfo is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]

    # Collection -------------------------------------------------------------------------------------------------

    def checks(self, items: list[pytest.Item]) -> tuple[CheckItem, ...]:
        """The collected items as checks, each after everything it needs."""
        grouped: dict[str, list[pytest.Item]] = {}
        marks: dict[str, CheckMark] = {}
        for item in items:
            marker = item.get_closest_marker("check")
            if marker is None:
                raise AutograderError(f"{item.nodeid} has no @check(...)", now="say which task and check it is")
            mark = read(marker)
            if mark.id in marks and marks[mark.id] != mark:
                raise AutograderError(f"two checks are called {mark.id}", where=item.nodeid, now="rename one")
            marks[mark.id] = mark
            grouped.setdefault(mark.id, []).append(item)
        return tuple(
            CheckItem(marks[name], self._is_hidden(marks[name], grouped[name][0]), tuple(grouped[name]))
            for name in _in_order_of_need(marks)
        )

    def _is_hidden(self, mark: CheckMark, item: pytest.Item) -> bool:
        return item.path in self._hidden and not mark.visible


def _figure(value: object) -> float | None:
    """A number that can be kept; None for anything else, for nan and infinity, and for what no float holds."""
    try:
        figure = float(value) if isinstance(value, (int, float)) else math.nan
    except OverflowError:
        return None
    return figure if math.isfinite(figure) else None


def derived_seed(seed: int, name: str) -> int:
    """A seed of its own for each check: 63 bits of a hash."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest()[:8], "little") >> 1


def _in_order_of_need(marks: dict[str, CheckMark]) -> Iterator[str]:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> Iterator[str]:
        if name in path:
            raise AutograderError(f"checks need each other in a circle: {' -> '.join([*path, name])}")
        if name in done:
            return
        for needed in marks[name].needs:
            if needed not in marks:
                raise AutograderError(f"check {name} needs {needed}, which does not exist", now="mend its `needs`")
            yield from visit(needed, (*path, name))
        done.add(name)
        yield name

    for name in marks:
        yield from visit(name, ())
