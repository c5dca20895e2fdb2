"""What a person sees while a course is being proven: a live display in a terminal, a line for each topic elsewhere."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from autograder.cli import output
from autograder.cli.live import MOST_WORKERS, Display, bar
from autograder.engine.seam import STARTING
from autograder.reports.clean import line
from autograder.reports.figures import seconds

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.engine.prove import Trial
    from autograder.grading.proof import Run


class Progress(Display):
    """Told of every run of every phase."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.at: Callable[[], tuple[str, ...]] = tuple
        self._phase, self._total = "", 0
        self._left: Counter[str] = Counter()  # runs still to come, by topic
        self._topics = 0
        self._cpu_s: dict[str, float] = defaultdict(float)
        self._remembered: Counter[str] = Counter()
        self._sizes: Counter[str] = Counter()
        self._fresh = 0
        self._names: dict[str, str] = {}
        self._start = time.monotonic()

    def begin(self, phase: str, todo: Sequence[Trial]) -> None:
        """A new phase with everything that it is going to run."""
        self._phase, self._total = phase, len(todo)
        self._left = Counter(one.job.topic.slug for one in todo)
        self._sizes, self._topics = Counter(self._left), len(self._left)
        self._cpu_s.clear()
        self._remembered.clear()
        self._fresh = 0
        self._names.clear()
        self._start = time.monotonic()

    def started(self, one: Trial) -> None:
        self._names[one.job.id] = f"{one.job.topic.slug}: {one.kind} {one.name}"

    def done(self, one: Trial, run: Run, *, remembered: bool = False) -> bool:
        """Count a run; True when it was the last one of its topic."""
        slug = one.job.topic.slug
        self._names.pop(one.job.id, None)
        self._left[slug] -= 1
        self._cpu_s[slug] += 0 if remembered else run.result.cpu_s
        self._remembered[slug] += remembered
        self._fresh += not remembered
        if not self._left[slug] and self.lines:
            output.say(self._line(slug))
        return not self._left[slug]

    def _line(self, slug: str) -> str:
        through = sum(not left for left in self._left.values())
        runs, known = self._sizes[slug], self._remembered[slug]
        memory = f", {'all' if known == runs else known} from memory" if known else ""
        spent = f", {self._cpu_s[slug]:.1f} s CPU" if known < runs else ""
        return f"[{through}/{self._topics}] {self._phase}: {slug}, {runs} runs{memory}{spent}"

    def _render(self) -> RenderableType:
        done = self._total - self._left.total()
        return Group(Text(self._phase, "bold"), bar(done, self._total), self._counts(), *self._workers())

    def _counts(self) -> Text:
        known = self._remembered.total()
        text = Text(f"{self._topics - sum(left > 0 for left in self._left.values())} of {self._topics} topics")
        if known:
            text.append(f"   {known} runs from memory", "bright_black")
        spent = time.monotonic() - self._start
        text.append(f"   {seconds(max(1, round(spent)))}", "bright_black")
        if self._fresh and self._left.total():
            ahead = self._left.total() * spent / self._fresh
            text.append(f", about {seconds(max(1, round(ahead)))} left", "bright_black")
        return text

    def _workers(self) -> list[Text]:
        rows = []
        for number, job in enumerate(self.at()[:MOST_WORKERS], 1):
            doing = "starting a grader process" if job == STARTING else line(self._names.get(job, "·"), 100)
            rows.append(Text(f"{number:3}  {doing}", "bright_black"))
        return rows
