"""What the page of one student says, as plain values for the template.

This is the only place that decides who may see what. A page for a student is built from these values alone, so what is
not put in here can't reach it: of a hidden check no values, and of no check the detail, the output or the flags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Literal

from autograder.model.course import Topic
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports import figures
from autograder.reports.clean import BLOCK_LIMIT, clean, line
from autograder.reports.gradebook import Cell, Gradebook, Row, SubmissionFacts
from autograder.reports.outcomes import LOOKS, MISSING, NOT_STARTED, Look, state_of
from autograder.reports.words import say

Audience = Literal["student", "staff"]
_LIMIT_OF = {  # which LimitNote explains which outcome
    Outcome.TIMEOUT: "wall",
    Outcome.CPU: "cpu",
    Outcome.MEMORY: "memory",
    Outcome.OUTPUT: "output",
    Outcome.DISK: "disk",
    Outcome.PROCESSES: "processes",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, in which language."""

    audience: Audience
    language: str

    def text(self, text: Text) -> str:
        return clean(text.to(self.language))

    def block(self, text: str) -> str:
        return clean(text, BLOCK_LIMIT)


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

    @property
    def open(self) -> bool:
        """There is something to say beyond the line itself."""
        return bool(self.message or self.kindly or self.values or self.hint or self.detail or self.repeats)


@dataclass(frozen=True, slots=True)
class TaskView:
    number: int
    title: str
    points: str
    maximum: str
    started: bool
    kindly: str
    checks: tuple[CheckView, ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    slug: str
    number: int
    title: str
    state: str
    word: str
    tone: str
    points: str  # what counts; "" while it is open or nothing was handed in
    maximum: str
    share: float | None
    note: str  # why there are no points, if there are none
    passed: str  # "9 of 11 passed", "" if nothing was graded
    late: str  # "2 days late", "" if on time
    before_late: str
    penalty: str
    facts: tuple[str, ...] = ()  # about the submission, one sentence each
    digest: str = ""
    files: tuple[tuple[str, str, str], ...] = ()  # path, size, sha256
    problems: tuple[str, ...] = ()
    hidden_note: str = ""
    isolated: bool = True
    tasks: tuple[TaskView, ...] = ()
    flags: tuple[str, ...] = ()  # staff only, like all below
    output: str = ""
    source: str = ""
    drifted: bool = False
    record: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """One student in one language."""

    language: str
    staff: bool
    course: str
    student: str
    points: str
    maximum: str
    percent: str
    share: float
    open_topics: int
    isolated: bool  # every topic was
    mixed: bool  # some were and some were not
    topics: tuple[TopicView, ...]
    made_at: str
    problems: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())  # topic title -> what was wrong


def page_view(gradebook: Gradebook, row: Row, results: Sequence[TopicResult], reading: Reading) -> PageView:
    """`results` are this student's; those of topics that are not in the gradebook are ignored."""
    by_topic = {result.topic: result for result in results}
    isolated = [cell.isolated for cell in row.cells if cell.outcome]
    topics = tuple(topic_view(gradebook, cell, by_topic.get(cell.topic), reading) for cell in row.cells)
    return PageView(
        language=reading.language,
        staff=reading.audience == "staff",
        course=line(gradebook.title.to(reading.language)),
        student=line(row.student),
        points=figures.points(row.total.points) or "0",
        maximum=figures.points(row.total.maximum),
        percent=f"{figures.percent(row.total.share):g}",
        share=row.total.share,
        open_topics=row.total.held,
        isolated=all(isolated),
        mixed=len(set(isolated)) > 1,
        topics=topics,
        made_at=figures.moment(gradebook.run.made_at),
        problems=tuple((topic.title, topic.problems) for topic in topics if topic.problems),
    )


def topic_view(gradebook: Gradebook, cell: Cell, result: TopicResult | None, reading: Reading) -> TopicView:
    topic = gradebook.topic(cell.topic)
    if topic is None:  # a cell is always made from a topic of the gradebook
        raise LookupError(cell.topic)
    look = LOOKS[cell.state]
    score = cell.score
    late = cell.late_days
    days = "late_penalty_one" if late == 1 else "late_penalty"
    view = TopicView(
        slug=topic.slug,
        number=topic.number,
        title=line(topic.title.to(reading.language)),
        state=cell.state,
        word=look.word.to(reading.language),
        tone=look.tone,
        points=figures.points(cell.final),
        maximum=figures.points(cell.maximum),
        share=cell.final / cell.maximum if cell.final is not None and cell.maximum else None,
        note=_why_no_points(gradebook, cell, reading),
        passed=say("some_passed", reading.language, n=cell.passed, all=cell.checks) if cell.checks else "",
        late=say(days, reading.language, n=late) if late else "",
        before_late=figures.points(score.raw) if score and late else "",
        penalty=figures.points(score.penalty) if score and late else "",
    )
    return view if result is None else _with_result(view, topic, cell, (result, reading))


def _why_no_points(gradebook: Gradebook, cell: Cell, reading: Reading) -> str:
    if cell.held:
        return LOOKS[Outcome.INTERNAL].kindly.to(reading.language)
    if cell.state != MISSING:
        return ""
    due = gradebook.due.get(cell.topic)
    if due is None:
        return say("nothing_yet", reading.language)
    return say("was_due" if cell.overdue else "open_until", reading.language, at=figures.moment(due))


def _with_result(view: TopicView, topic: Topic, cell: Cell, read: tuple[TopicResult, Reading]) -> TopicView:
    result, reading = read
    hidden = sum(check.hidden for check in result.checks)
    note = "hidden_many" if hidden else "hidden_none"
    submission = cell.submission
    view = replace(
        view,
        facts=_facts(submission, result, reading),
        digest=line(result.submission),
        files=tuple((line(f.path, 200), figures.size(f.size), f.sha256) for f in submission.files)
        if submission
        else (),
        problems=tuple(reading.text(problem) for problem in cell.problems),
        hidden_note=say(note, reading.language, n=hidden, all=len(result.checks)) if result.checks else "",
        isolated=cell.isolated,
        tasks=_tasks(topic, result, reading),
    )
    if reading.audience == "student":
        return view
    return replace(
        view,
        flags=tuple(line(flag, 300) for flag in result.flags),
        output=reading.block(result.output),
        source=line(submission.source, 300) if submission else "",
        drifted=cell.drifted,
        record=_record(result, reading.language),
    )


def _facts(submission: SubmissionFacts | None, result: TopicResult, reading: Reading) -> tuple[str, ...]:
    language = reading.language
    facts = []
    if submission and submission.submitted_at:
        facts.append(say("handed_in", language, at=figures.moment(submission.submitted_at)))
    elif submission:
        facts.append(say("no_time", language))
    if submission:
        facts.append(say("attempt", language, n=submission.attempt))
    facts.append(say("graded_with", language, grader=line(result.grader), device=line(result.device)))
    if result.started_at:
        facts.append(say("graded_at", language, at=_started(result.started_at)))
    return tuple(facts)


def _started(text: str) -> str:
    try:
        return figures.moment(datetime.fromisoformat(text))
    except ValueError:
        return line(text)


def _record(result: TopicResult, language: str) -> tuple[tuple[str, str], ...]:
    """What staff need to reproduce the result."""
    return (
        (say("seed", language), str(result.seed)),
        (say("isolation", language), line(result.isolation)),
        (say("cpu", language), figures.seconds(result.cpu_s)),
        (say("wall", language), figures.seconds(result.wall_s)),
        (say("peak", language), f"{result.peak_memory_mb:.0f} MiB" if result.peak_memory_mb else "–"),
        *(
            (f"{say('limit', language)}: {line(n.name)}", f"{line(n.value)} ({line(n.enforced)})")
            for n in result.limits
        ),
    )


def _tasks(topic: Topic, result: TopicResult, reading: Reading) -> tuple[TaskView, ...]:
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
                points=figures.points(sum(check.points for check in own)),
                maximum=figures.points(sum(check.max_points for check in own)),
                started=started,
                kindly="" if started else LOOKS[NOT_STARTED].kindly.to(reading.language),
                checks=tuple(check_view(check, result, reading, told) for check in own) if started else (),
            )
        )
    return tuple(views)


def check_view(
    check: CheckResult, result: TopicResult, reading: Reading, told: dict[tuple[str, str], str]
) -> CheckView:
    """`told` holds what earlier checks of the topic have said already (and which); nothing is said twice."""
    state = state_of(check)
    look = LOOKS[state]
    staff = reading.audience == "staff"
    passed = check.outcome == Outcome.PASSED
    message = "" if passed and not staff else reading.text(check.message)
    repeats = told.get((state, message), "") if message and not passed else ""
    kindly = "" if (state, "kindly") in told else _kindly(check, look, result, reading)
    told.setdefault((state, message), line(check.check))
    told.setdefault((state, "kindly"), "")
    may_see_values = staff or not check.hidden
    return CheckView(
        name=line(check.check.removeprefix(f"{check.task}.").replace("_", " ")),
        state=state,
        word=look.word.to(reading.language),
        tone=look.tone,
        hidden=check.hidden,
        points="" if check.outcome == Outcome.INTERNAL else figures.points(check.points),
        maximum=figures.points(check.max_points),
        message="" if repeats else message,
        kindly=kindly,
        values=reading.block(check.values.to(reading.language)) if may_see_values and not passed else "",
        hint="" if passed or state in (NOT_STARTED, Outcome.SKIPPED) else reading.text(check.hint),
        measured=tuple((line(name.replace("_", " ")), figures.figure(value)) for name, value in check.measured.items()),
        repeats=repeats,
        detail=reading.block(check.detail) if staff else "",
        reason=line(check.reason) if staff else "",
        cost=figures.seconds(check.cpu_s) if staff else "",
    )


def _kindly(check: CheckResult, look: Look, result: TopicResult, reading: Reading) -> str:
    words = look.kindly.to(reading.language)
    name = _LIMIT_OF.get(check.outcome)
    note = next((note for note in result.limits if name and name in note.name.lower()), None)
    if note is None:
        return words
    return f"{words} {say('limit_was', reading.language, value=line(note.value))}"
