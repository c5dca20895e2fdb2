"""What is said of one check, and of the checks of one task, as plain values for page and terminal.

Here it is decided who may see what. A student's page is built from these values alone, so what is not put in here can't
reach it: of a hidden check no values, and of no check the detail for staff.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from autograder.model.course import Topic
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports import figures
from autograder.reports.clean import BLOCK_LIMIT, clean, line
from autograder.reports.outcomes import LOOKS, NOT_STARTED, NOT_STARTED_REASON, Look, state_of
from autograder.reports.places import without_places
from autograder.reports.words import say

TOPIC_LIMIT = 60_000  # characters of messages, values and detail on a page for one topic; honest ones stay far below

Audience = Literal["student", "staff"]
_NO_HINT = (NOT_STARTED_REASON, "import")
_LIMIT_OF = {  # which LimitNote explains which outcome
    Outcome.TIMEOUT: "wall",
    Outcome.CPU: "cpu",
    Outcome.MEMORY: "memory",
    Outcome.OUTPUT: "output",
    Outcome.DISK: "disk",
    Outcome.PROCESSES: "processes",
    Outcome.FILES: "files",
    Outcome.MESSAGE: "message",
    Outcome.CALLS: "calls",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, in which language."""

    audience: Audience
    language: str

    def text(self, text: Text) -> str:
        return clean(self._own(text.to(self.language)))

    def block(self, text: str) -> str:
        return clean(self._own(text), BLOCK_LIMIT)

    def _own(self, text: str) -> str:
        """What the grading machine calls its folders is nothing for a student."""
        return without_places(text) if self.audience == "student" else text


@dataclass(frozen=True, slots=True)
class CheckView:
    name: str
    state: str
    word: str
    tone: str
    hidden: bool
    points: str
    maximum: str
    message: str
    kindly: str
    values: str
    hint: str
    measured: tuple[tuple[str, str], ...]
    repeats: str  # name of an earlier check with the same message, "" if there is none
    detail: str = ""  # staff only, like the two below
    reason: str = ""
    cost: str = ""
    again: str = ""  # that it was run twice, where the reader should know

    @property
    def open(self) -> bool:
        """There is something to say beyond the line itself."""
        said = (self.message, self.kindly, self.values, self.hint, self.detail, self.repeats, self.again)
        return any(said)


@dataclass(frozen=True, slots=True)
class TaskView:
    number: int
    title: str
    points: str
    maximum: str
    started: bool
    kindly: str
    checks: tuple[CheckView, ...]


def task_views(topic: Topic, result: TopicResult, reading: Reading) -> tuple[TaskView, ...]:
    """Tasks in course order; checks of a task the course does not know come last."""
    order = {task.name: place for place, task in enumerate(topic.tasks)}
    titles = {task.name: task.title.to(reading.language) for task in topic.tasks}
    checks = sorted(result.checks, key=lambda check: order.get(check.task, len(order)))
    told: dict[tuple[str, str], str] = {}
    views = []
    for number, (name, group) in enumerate(groupby(checks, key=lambda check: check.task), start=1):
        own = list(group)
        states = {state_of(check) for check in own if check.outcome != Outcome.SKIPPED}
        started = states != {NOT_STARTED}
        views.append(
            TaskView(
                number=order.get(name, number - 1) + 1,
                title=line(titles.get(name) or name),
                points="" if Outcome.INTERNAL in states else figures.points(sum(check.points for check in own)),
                maximum=figures.points(sum(check.max_points for check in own)),
                started=started,
                kindly="" if started else LOOKS[NOT_STARTED].kindly.to(reading.language),
                checks=tuple(check_view(check, result, reading, told) for check in own) if started else (),
            )
        )
    return _within(TOPIC_LIMIT, views, reading)


def _within(most: int, views: Sequence[TaskView], reading: Reading) -> tuple[TaskView, ...]:
    """The same with what would make the page too long left out, and a word in its place."""
    kept = []
    for task in views:
        checks = []
        for check in task.checks:
            length = len(check.message) + len(check.values) + len(check.detail)
            most -= length
            left_out = say("left_out", reading.language, n=f"{length:,}")
            checks.append(replace(check, message=left_out, values="", detail="") if length and most < 0 else check)
        kept.append(replace(task, checks=tuple(checks)))
    return tuple(kept)


def check_view(
    check: CheckResult, result: TopicResult, reading: Reading, told: dict[tuple[str, str], str]
) -> CheckView:
    """`told` holds what earlier checks of the topic have said already (and which); nothing is said twice."""
    state = state_of(check)
    look = LOOKS[state]
    staff = reading.audience == "staff"
    passed = check.outcome == Outcome.PASSED
    message = "" if passed and not staff else reading.text(check.message)
    repeats = told.get((state, message), "") if message and not passed and check.outcome != Outcome.SKIPPED else ""
    kindly = "" if staff or (state, "kindly") in told else _kindly(check, look, result, reading)
    told.setdefault((state, message), line(check.check))
    told.setdefault((state, "kindly"), "")
    may_see_values = staff or not check.hidden
    return CheckView(
        name=line(check.check.removeprefix(f"{check.task}.").replace("_", " ")),
        state=state,
        word=look.said(reading.audience).to(reading.language),
        tone=look.tone,
        hidden=check.hidden,
        points="" if check.outcome == Outcome.INTERNAL else figures.points(check.points),
        maximum=figures.points(check.max_points),
        message="" if repeats else message,
        kindly=kindly,
        values=reading.block(check.values.to(reading.language)) if may_see_values and not passed else "",
        hint=_hint(check, reading),
        measured=tuple((line(name.replace("_", " ")), figures.figure(value)) for name, value in check.measured.items()),
        repeats=repeats,
        detail=reading.block(check.detail) if staff else "",
        reason=line(check.reason) if staff else "",
        cost=figures.seconds(check.cpu_s) if staff else "",
        again=_again(check, reading),
    )


def _hint(check: CheckResult, reading: Reading) -> str:
    """No hint where it would only distract: there is nothing to repair yet, or something else first."""
    if check.outcome in (Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL):
        return ""
    return "" if check.reason in _NO_HINT else reading.text(check.hint)


def _again(check: CheckResult, reading: Reading) -> str:
    """A student hears of a second run only where it came to the same end: it answers "was it your machine?"."""
    if reading.audience == "student":
        return say("again_same", reading.language) if check.again == check.outcome else ""
    look = LOOKS.get(check.again)
    return say("again_first", reading.language, outcome=look.word.to(reading.language)) if look else ""


def _kindly(check: CheckResult, look: Look, result: TopicResult, reading: Reading) -> str:
    """What the outcome means and what to do next, unless the check's own message says it; and the limit it met."""
    words = "" if check.message else look.kindly.to(reading.language)
    name = _LIMIT_OF.get(check.outcome)
    note = next((note for note in result.limits if name and name in note.name.lower()), None)
    if note is None:
        return words
    return f"{words} {say('limit_was', reading.language, value=line(note.value))}".strip()
