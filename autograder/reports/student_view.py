"""What the page of one student says, as plain values for the template. Who may see what: see check_view.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from autograder.model.course import Topic
from autograder.model.result import Outcome, TopicResult
from autograder.reports import figures
from autograder.reports.check_view import Reading, TaskView, task_views
from autograder.reports.clean import line
from autograder.reports.facts import SubmissionFacts
from autograder.reports.gradebook import Cell, Gradebook, Row
from autograder.reports.outcomes import LOOKS, MISSING, NOT_STARTED, state_of
from autograder.reports.words import say

MOST_FILES = 60  # of a submission that are listed
MOST_PICTURES = 8  # of one topic
MOST_NOTES = 20  # flags, and things wrong with an upload, that are told


@dataclass(frozen=True, slots=True)
class PictureView:
    title: str
    png: bytes
    width: int
    height: int


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
    ahead: bool = False  # nothing was handed in, and nothing had to be
    facts: tuple[str, ...] = ()  # about the submission, one sentence each
    digest: str = ""
    files: tuple[tuple[str, str, str], ...] = ()  # path, size, sha256
    more_files: int = 0  # that are not listed; 0 or less if all are
    problems: tuple[str, ...] = ()
    hidden_note: str = ""
    common: str = ""  # what every check says, when they all say the same: then `tasks` is empty
    isolated: bool = True
    tasks: tuple[TaskView, ...] = ()
    pictures: tuple[PictureView, ...] = ()
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
    maximum: str  # of what was handed in or is due
    whole: str  # the maximum of the course, "" if all of it is due
    percent: str
    share: float  # of `maximum`
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
    if all(topic.ahead for topic in topics):
        topics = tuple(replace(topic, ahead=False) for topic in topics)  # folded away, nothing would be left to see
    asked = sum(cell.maximum for cell, topic in zip(row.cells, topics, strict=True) if not topic.ahead)
    return PageView(
        language=reading.language,
        staff=reading.audience == "staff",
        course=line(gradebook.title.to(reading.language)),
        student=line(row.student),
        points=figures.points(row.total.points) or "0",
        maximum=figures.points(asked),
        whole=figures.points(row.total.maximum) if asked < row.total.maximum else "",
        percent=figures.percent(row.total.share) or "–",
        share=row.total.points / asked if asked else 0.0,
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
        word=look.said(reading.audience).to(reading.language),
        tone=look.tone,
        points=figures.points(cell.final),
        maximum=figures.points(cell.maximum),
        share=cell.final / cell.maximum if cell.final is not None and cell.maximum else None,
        note=_why_no_points(gradebook, cell, reading),
        passed=say("some_passed", reading.language, n=cell.passed, all=cell.checks) if cell.checks else "",
        late=say(days, reading.language, n=late) if late else "",
        before_late=figures.points(score.raw) if score and late else "",
        penalty=figures.points(score.penalty) if score and late else "",
        ahead=cell.state == MISSING and not cell.overdue,
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
    common = _common(result, reading)
    view = replace(
        view,
        facts=_facts(submission, result, reading),
        digest=line(result.submission),
        files=_files(submission),
        more_files=len(submission.files) - MOST_FILES if submission else 0,
        problems=tuple(reading.text(problem) for problem in cell.problems[:MOST_NOTES]),
        hidden_note="" if common else say(note, reading.language, n=hidden, all=len(result.checks)),
        common=common,
        isolated=cell.isolated,
        tasks=() if common else task_views(topic, result, reading),
        pictures=_pictures(result, reading),
    )
    if reading.audience == "student":
        return view
    return replace(
        view,
        flags=tuple(line(flag, 300) for flag in result.flags[:MOST_NOTES]),
        output=reading.block(result.output),
        source=line(submission.source, 300) if submission else "",
        drifted=cell.drifted,
        record=_record(result, reading.language),
    )


def _pictures(result: TopicResult, reading: Reading) -> tuple[PictureView, ...]:
    drawn = [picture for check in result.checks if not check.hidden for picture in check.pictures if picture.png]
    return tuple(PictureView(reading.text(one.title), one.png, one.width, one.height) for one in drawn[:MOST_PICTURES])


def _files(submission: SubmissionFacts | None) -> tuple[tuple[str, str, str], ...]:
    files = submission.files[:MOST_FILES] if submission else ()
    return tuple((line(file.path, 200), figures.size(file.size), line(file.sha256)) for file in files)


def _common(result: TopicResult, reading: Reading) -> str:
    """The message of all checks if there are several and each has the same one: a file that can't be imported, say."""
    messages = {(check.outcome, check.reason, check.message) for check in result.checks}
    first = result.checks[0] if result.checks else None
    if first is None or len(messages) > 1 or len(result.checks) < 2 or reading.audience == "staff":
        return ""
    if first.outcome in (Outcome.PASSED, Outcome.INTERNAL) or state_of(first) == NOT_STARTED:
        return ""
    return reading.text(first.message)


def _facts(submission: SubmissionFacts | None, result: TopicResult, reading: Reading) -> tuple[str, ...]:
    language = reading.language
    facts = []
    if submission and submission.submitted_at:
        facts.append(say("handed_in", language, at=figures.moment(submission.submitted_at)))
        facts += [say("time_claimed", language)] if reading.audience == "staff" else []
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
        *([(say("speed", language), say("speed_is", language, n=f"{result.speed:g}"))] if result.speed else []),
        *(
            (f"{say('limit', language)}: {line(n.name)}", f"{line(n.value)} ({line(n.enforced)})")
            for n in result.limits
        ),
    )
