"""What the page of a proof says, as plain values for its template. For authors only: it names every hidden check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.model.course import Task, Topic
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports import figures
from autograder.reports.clean import line
from autograder.reports.proof import MutationLine

RIGHT = ("solution", "accepted")
UNTOUCHED = (Outcome.PASSED, Outcome.SKIPPED)


@dataclass(frozen=True, slots=True)
class Graded:
    """One variant on one seed: what it promised to trip, and what came of it."""

    kind: str
    name: str
    seed: int
    result: TopicResult
    trips: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    belief: str = ""


@dataclass(frozen=True, slots=True)
class Unnoticed:
    """A mutant that no check caught; `reason` says why none can, if its author said so."""

    task: str
    line: int
    change: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProvenTopic:
    """A topic with everything that was run for it."""

    topic: Topic
    proven: bool
    faults: tuple[str, ...]
    runs: tuple[Graded, ...]
    mutation: tuple[MutationLine, ...] = ()  # its tasks, then the whole; empty if no mutants were made
    unnoticed: tuple[Unnoticed, ...] = ()


@dataclass(frozen=True, slots=True)
class RowView:
    """One variant against the checks of one task. A cell is a mark and its class."""

    label: str
    opens: str  # the word for the kind of variant that begins here, "" within one
    belief: str
    cells: tuple[tuple[str, str], ...]
    cpu: str


@dataclass(frozen=True, slots=True)
class TaskView:
    title: str
    name: str
    points: str
    checks: tuple[tuple[str, bool], ...]  # name without its task, hidden
    rows: tuple[RowView, ...]
    others: int  # mistakes that pass every check of the task
    mutation: MutationLine | None
    unnoticed: tuple[Unnoticed, ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    slug: str
    number: int
    title: str
    proven: bool
    enough: bool
    faults: tuple[str, ...]
    counts: tuple[int, ...]  # checks, solution, accepted, mistakes, garbage
    mutation: MutationLine | None
    cpu: str
    tasks: tuple[TaskView, ...] = field(default_factory=tuple)
    lost: tuple[Unnoticed, ...] = ()  # survivors of no task


def proof_view(title: Text, topics: Sequence[ProvenTopic], grader: str, language: str) -> dict[str, Any]:
    """Everything the template asks for."""
    views = [_topic(one, language) for one in topics]
    mutants = [view.mutation for view in views if view.mutation]
    runs = [run for one in topics for run in one.runs]
    counted = sum(each.made - each.equivalent for each in mutants)
    return {
        "language": language,
        "title": line(title.to(language)),
        "topics": views,
        "proven": sum(view.proven for view in views),
        "checks": sum(view.counts[0] for view in views),
        "runs": len(runs),
        "cpu": figures.seconds(sum(run.result.cpu_s for run in runs)),
        "mutants": sum(each.made for each in mutants),
        "caught": figures.percent(sum(each.caught for each in mutants) / counted) if counted else "",
        "grader": line(grader),
    }


def _topic(one: ProvenTopic, language: str) -> TopicView:
    kinds = [run.kind for run in one.runs]
    first = next((run.result for run in one.runs if run.kind == "solution"), None)
    whole = next((each for each in one.mutation if not each.task), None)
    tasks = {task.name for task in one.topic.tasks}
    return TopicView(
        slug=one.topic.slug,
        number=one.topic.number,
        title=line(one.topic.title.to(language)),
        proven=one.proven,
        enough=whole is None or whole.enough,
        faults=tuple(line(fault, 600) for fault in one.faults),
        counts=(len(first.checks) if first else 0, *map(kinds.count, ("solution", "accepted", "mistake", "garbage"))),
        mutation=whole,
        cpu=figures.seconds(sum(run.result.cpu_s for run in one.runs)),
        tasks=tuple(_task(task, one, language) for task in one.topic.tasks),
        lost=tuple(each for each in one.unnoticed if each.task not in tasks),
    )


def _task(task: Task, one: ProvenTopic, language: str) -> TaskView:
    shown = [run for run in one.runs if run.kind in ("stub", *RIGHT) or _touches(run, task.name)]
    mistakes = [run for run in one.runs if run.kind == "mistake"]
    checks = _of(task.name, one.runs[0].result) if one.runs else []
    return TaskView(
        title=line(task.title.to(language)),
        name=task.name,
        points=figures.points(task.points),
        checks=tuple((line(check.check.partition(".")[2]), check.hidden) for check in checks),
        rows=tuple(
            _row(run, _opened(before, run), task.name, [check.check for check in checks])
            for before, run in zip([None, *shown], shown, strict=False)
        ),
        others=len(mistakes) - sum(run.kind == "mistake" for run in shown),
        mutation=next((each for each in one.mutation if each.task == task.name), None),
        unnoticed=tuple(each for each in one.unnoticed if each.task == task.name),
    )


def _touches(run: Graded, task: str) -> bool:
    """Whether a mistake has to do with a task: it promises or fails one of its checks."""
    promised = any(name.partition(".")[0] == task for name in (*run.trips, *run.also))
    return run.kind == "mistake" and (
        promised or any(check.outcome not in UNTOUCHED for check in _of(task, run.result))
    )


def _of(task: str, result: TopicResult) -> list[CheckResult]:
    return [check for check in result.checks if check.task == task]


def _opened(before: Graded | None, run: Graded) -> str:
    """The word above the first of the accepted ways and of the mistakes."""
    groups = {"accepted": "accepted", "mistake": "mistakes"}
    return "" if before is not None and before.kind == run.kind else groups.get(run.kind, "")


def _row(run: Graded, opens: str, task: str, names: Sequence[str]) -> RowView:
    found = {check.check: check for check in _of(task, run.result)}
    label = run.kind if run.name == run.kind else run.name
    return RowView(
        label=line(f"{label} #{run.seed}" if run.kind in RIGHT else label),
        opens=opens,
        belief=line(run.belief, 300),
        cells=tuple(_cell(run, name, found.get(name)) for name in names),
        cpu=figures.seconds(sum(check.cpu_s for check in found.values())),
    )


def _cell(run: Graded, name: str, check: CheckResult | None) -> tuple[str, str]:
    """Mark and class of one check for one variant."""
    if check is None:
        return "", ""
    if check.outcome is Outcome.INTERNAL:
        return "!", "ours"
    passed = check.outcome is Outcome.PASSED
    if run.kind in RIGHT:
        return ("✓", "fine") if passed else ("✗", "wrong")
    if run.kind == "stub":
        return ("✗", "wrong") if passed else ("–", "fine")
    return _tripped(run, name, check.outcome)


def _tripped(run: Graded, name: str, outcome: Outcome) -> tuple[str, str]:
    """Of a mistake: promised and failed, failed beside it, passed; and what should not be."""
    if outcome in UNTOUCHED:
        if name in run.trips:
            return "✗", "wrong"
        return ("»", "fine") if outcome is Outcome.SKIPPED else ("", "")
    if name in run.trips:
        return "●", "hit"
    tasks = {each.partition(".")[0] for each in run.trips}
    allowed = name.partition(".")[0] in tasks or name in run.also
    return ("○", "too") if allowed else ("✗", "wrong")


def proof_page(title: Text, topics: Sequence[ProvenTopic], grader: str, language: str) -> str:
    """The page: the whole matrix, self-contained, without scripts."""
    from autograder.reports.pages import Pages

    return Pages().render("proof.html.j2", **proof_view(title, topics, grader, language))
