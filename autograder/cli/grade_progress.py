"""What a person sees while a class is being graded: a live display in a terminal, a line for each result elsewhere."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from autograder.cli import output
from autograder.cli.live import MOST_WORKERS, Display, bar
from autograder.engine.dispatch import Event, Kind
from autograder.engine.seam import STARTING
from autograder.reports.clean import line
from autograder.reports.figures import points
from autograder.reports.outcomes import LOOKS

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.model.job import Job

COLOURS = {"good": "green", "poor": "red", "limit": "yellow", "ours": "magenta", "quiet": "bright_black"}


class Progress(Display):
    """Told of every event; shows it unless `quiet`. Also counts what happened, for the end of the command."""

    def __init__(self, console: Console, total: int, at: Callable[[], tuple[str, ...]], *, quiet: bool = False) -> None:
        super().__init__(console, quiet=quiet)
        self.outcomes: Counter[str] = Counter()
        self.skipped = self.retried = 0
        self.stopping = False
        self._total, self._at = total, at
        self._jobs: dict[str, Job] = {}
        self._since: dict[str, float] = {}
        self._start = time.monotonic()

    @property
    def graded(self) -> int:
        return self.outcomes.total()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def __call__(self, event: Event) -> None:
        if event.kind in (Kind.STARTED, Kind.RETRIED):
            self._jobs[event.job.id] = event.job
            self.retried += event.kind == Kind.RETRIED
        elif event.kind in (Kind.SKIPPED, Kind.FINISHED):
            self._jobs.pop(event.job.id, None)
            self._since.pop(event.job.id, None)
            self.skipped += event.kind == Kind.SKIPPED
        if event.result:
            self.outcomes[event.result.outcome.value] += 1
        if self.lines and event.kind in (Kind.RETRIED, Kind.FINISHED):
            output.say(self._line(event))

    def _line(self, event: Event) -> str:
        done = self.graded + self.skipped
        what = f"[{done}/{self._total}] {line(event.job.student)}, {event.job.topic.slug}: "
        if event.result is None:
            return what + f"a grader process was lost, starting again (try {event.job.tries})"
        result = event.result
        look = LOOKS[result.outcome.value].word.to(output.language())
        return what + f"{look}, {points(result.points)} of {points(result.max_points)} points"

    def _render(self) -> RenderableType:
        done = self.graded + self.skipped
        rows: list[RenderableType] = [bar(done, self._total), self._counts(), self._pace()]
        if self.stopping:
            rows.append(Text("stopping: what runs is finished first; Ctrl-C again to stop at once", "yellow"))
        return Group(*rows, *self._workers())

    def _counts(self) -> Text:
        text = Text()
        for state, look in LOOKS.items():
            if count := self.outcomes[str(state)]:
                text.append(f"{look.mark} {count} {look.word.to(output.language())}   ", COLOURS[look.tone])
        if self.skipped:
            text.append(f"{self.skipped} already graded   ", "bright_black")
        if self.retried:
            text.append(f"{self.retried} started again after a fault of ours", "magenta")
        return text

    def _pace(self) -> Text:
        """Only what was graded now tells how fast it goes; what was found graded cost nothing."""
        if not self.graded:
            return Text(_duration(self.seconds), "bright_black")
        rate = self.graded / max(self.seconds, 1e-6)
        left = self._total - self.graded - self.skipped
        ahead = f", about {_duration(left / rate)} left" if left else ""
        return Text(f"{_duration(self.seconds)}, {rate:.1f} submissions a second{ahead}", "bright_black")

    def _workers(self) -> list[Text]:
        slots = self._at()
        rows = [Text(f"{number:3}  ", "bright_black").append(self._at_work(job)) for number, job in enumerate(slots, 1)]
        hidden = len(rows) - MOST_WORKERS
        return rows if hidden <= 0 else [*rows[:MOST_WORKERS], Text(f"     and {hidden} more workers", "bright_black")]

    def _at_work(self, number: str) -> Text:
        if number == STARTING:
            return Text("starting a grader process", "bright_black")
        job = self._jobs.get(number)
        if job is None:
            return Text("·", "bright_black")
        since = self._since.setdefault(number, time.monotonic())
        return Text(f"{line(job.student)}, {job.topic.slug}  ").append(_duration(time.monotonic() - since), "cyan")


def _duration(seconds: float) -> str:
    """`8 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
