"""The gradebook: everything a report says, computed once from values. No clock, no files, no database.

Every writer (terminal, pages, CSV, JSON) reads its numbers from here, so they can't differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from autograder.model.course import Course, Topic
from autograder.model.result import LimitNote, Outcome, Score
from autograder.model.text import Text
from autograder.reports import statistic
from autograder.reports.facts import Graded, RunFacts, SubmissionFacts
from autograder.reports.outcomes import LOOKS, MISSING, NOT_STARTED, state_of
from autograder.submissions.look_alikes import alike

WALL = "wall"  # the only isolation that needs no warning


@dataclass(frozen=True, slots=True)
class Cell:
    """One student's topic. `outcome` is None when nothing was handed in."""

    student: str
    topic: str
    state: str  # a key of outcomes.LOOKS
    maximum: float
    outcome: Outcome | None = None
    score: Score | None = None
    submission: SubmissionFacts | None = None
    problems: tuple[Text, ...] = ()
    flags: tuple[str, ...] = ()
    passed: int = 0
    checks: int = 0
    isolated: bool = True
    drifted: bool = False  # graded with other checks than the course has now
    overdue: bool = True  # the due date, if there is one, has passed

    @property
    def final(self) -> float | None:
        """The points that count; None while nothing was handed in or a person must look first."""
        return self.score.final if self.score else None

    @property
    def late_days(self) -> int:
        return self.score.late_days if self.score else 0

    @property
    def held(self) -> bool:
        """Our fault stands in the way of a score."""
        return self.score is not None and self.score.final is None


@dataclass(frozen=True, slots=True)
class Total:
    """A student's course score so far: what was not handed in counts nothing, and so does what is held. While a topic
    is held the total is open: it may be shown with that remark, but is never released."""

    points: float
    maximum: float
    share: float | None  # 0..1, topics by their weight; None if nothing has weight
    held: int  # topics that wait for a person

    @property
    def final(self) -> float | None:
        """The share if it may be released."""
        return None if self.held else self.share


@dataclass(frozen=True, slots=True)
class Row:
    student: str
    cells: tuple[Cell, ...]  # in the order of Gradebook.topics
    total: Total

    @property
    def handed_in(self) -> int:
        return sum(cell.outcome is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A class, graded. Students by name, topics in course order."""

    title: Text
    topics: tuple[Topic, ...]
    weights: Mapping[str, float]  # topic -> its share of the course score; they add up to 1
    due: Mapping[str, datetime]
    rows: tuple[Row, ...]
    run: RunFacts
    check_rates: tuple[statistic.CheckRate, ...]
    clusters: tuple[statistic.Cluster, ...]
    cost: statistic.Cost
    limits: tuple[tuple[LimitNote, tuple[str, ...]], ...]  # each with the topics it was in force for
    isolation: Mapping[str, int]  # kind -> results
    seeds: Mapping[int, int]
    graders: Mapping[str, int]
    devices: Mapping[str, int]
    unknown: tuple[str, ...]  # students with a submission who are not on the roster
    look_alikes: tuple[tuple[str, ...], ...]

    def row(self, student: str) -> Row | None:
        return next((row for row in self.rows if row.student == student), None)

    def topic(self, slug: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.slug == slug), None)

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)

    @property
    def touched(self) -> tuple[int, ...]:
        """Places of the topics that somebody handed in; of all topics as long as nobody handed in anything."""
        every = tuple(range(len(self.topics)))
        return tuple(at for at in every if any(row.cells[at].state != MISSING for row in self.rows)) or every

    @property
    def missing(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.state == MISSING and cell.overdue)

    @property
    def held(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.held)

    @property
    def states(self) -> Mapping[str, int]:
        """How many cells are in each state, in the order of LOOKS."""
        counted = statistic.tally(cell.state for cell in self.cells)
        return {state: counted[state] for state in LOOKS if state in counted}


def build(course: Course, entries: Iterable[Graded], run: RunFacts) -> Gradebook:
    """The gradebook of a course. Results of topics the course does not have are left out; a later entry for the same
    student and topic replaces an earlier one. `entries` is gone through once and not kept."""
    known = {topic.slug: topic for topic in course.topics}
    kept = {(entry.result.student, entry.result.topic): entry for entry in entries if entry.result.topic in known}
    cells = {key: _cell(entry, known[key[1]], run) for key, entry in kept.items()}
    weights = _weights(course)
    present = {student for student, _ in kept}
    students = sorted(present | set(run.roster), key=lambda name: (name.casefold(), name))
    due = {topic.slug: at for topic in course.topics if (at := course.policy.of(topic.slug).due)}
    rows = tuple(_row(student, course, cells, (weights, due, run)) for student in students)
    results = [kept[key].result for key in sorted(kept)]
    return Gradebook(
        title=course.title,
        topics=course.topics,
        weights=weights,
        due=due,
        rows=rows,
        run=run,
        check_rates=statistic.check_rates(results, course.topics),
        clusters=statistic.clusters(results),
        cost=statistic.cost(results),
        limits=statistic.limits(results),
        isolation=statistic.tally(result.isolation for result in results),
        seeds=statistic.tally(result.seed for result in results),
        graders=statistic.tally(result.grader for result in results),
        devices=statistic.tally(result.device for result in results),
        unknown=tuple(sorted(present - set(run.roster))) if run.roster else (),
        look_alikes=alike(students),
    )


def _weights(course: Course) -> dict[str, float]:
    raw = {topic.slug: course.policy.of(topic.slug).weight for topic in course.topics}
    whole = sum(raw.values())
    return {slug: weight / whole if whole else 0.0 for slug, weight in raw.items()}


def _row(
    student: str,
    course: Course,
    cells: Mapping[tuple[str, str], Cell],
    rules: tuple[Mapping[str, float], Mapping[str, datetime], RunFacts],
) -> Row:
    weights, due, run = rules
    own = tuple(
        cells.get((student, topic.slug)) or _missing(student, topic, due.get(topic.slug), run)
        for topic in course.topics
    )
    return Row(student, own, _total(own, weights))


def _missing(student: str, topic: Topic, due: datetime | None, run: RunFacts) -> Cell:
    overdue = due is None or run.made_at is None or run.made_at >= due
    return Cell(student, topic.slug, MISSING, topic.points, overdue=overdue)


def _cell(entry: Graded, topic: Topic, run: RunFacts) -> Cell:
    result = entry.result
    states = {state_of(check) for check in result.checks if check.outcome != Outcome.SKIPPED}
    current = run.digests.get(topic.slug)
    return Cell(
        student=result.student,
        topic=topic.slug,
        state=NOT_STARTED if states == {NOT_STARTED} else result.outcome.value,
        maximum=entry.score.maximum or topic.points,
        outcome=result.outcome,
        score=entry.score,
        submission=entry.submission,
        problems=_problems(entry),
        flags=result.flags,
        passed=sum(check.outcome == Outcome.PASSED for check in result.checks),
        checks=len(result.checks),
        isolated=result.isolation == WALL,
        drifted=current is not None and current != result.checks_digest,
    )


def _problems(entry: Graded) -> tuple[Text, ...]:
    """What was wrong with the upload, said once, whoever found it."""
    found = [*(problem.text for problem in entry.submission.problems)] if entry.submission else []
    return tuple(dict.fromkeys([*found, *entry.result.problems]))


def _total(cells: tuple[Cell, ...], weights: Mapping[str, float]) -> Total:
    shares = [weights[cell.topic] * (cell.final or 0.0) / cell.maximum for cell in cells if cell.maximum]
    return Total(
        points=sum(cell.final or 0.0 for cell in cells),
        maximum=sum(cell.maximum for cell in cells),
        share=sum(shares) if any(weights.values()) else None,
        held=sum(cell.held for cell in cells),
    )
