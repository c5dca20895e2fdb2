"""What the class page says, as plain values for its template. For staff only."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

from autograder.reports import figures
from autograder.reports.clean import line
from autograder.reports.gradebook import WALL, Cell, Gradebook, Row
from autograder.reports.outcomes import LOOKS
from autograder.reports.statistic import CheckRate, Distribution, distribution
from autograder.reports.student_view import MOST_NOTES
from autograder.reports.words import say

MOST_CLUSTERS = 200  # of either kind that are listed


@dataclass(frozen=True, slots=True)
class CellView:
    state: str
    word: str
    tone: str
    points: str
    late: str
    drifted: bool
    isolated: bool
    flagged: bool
    href: str  # "" when there is nothing to see


@dataclass(frozen=True, slots=True)
class RowView:
    student: str
    staff_href: str
    student_href: str
    cells: tuple[CellView, ...]
    points: str
    percent: str
    held: int


@dataclass(frozen=True, slots=True)
class Spread:
    """One line of the distribution table with its histogram."""

    title: str
    numbers: tuple[str, ...]  # n, mean, median, sd, min, max; percent
    bars: tuple[tuple[int, float, float], ...]  # count, x, height, in a picture of 100 by 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A line about one student's topic in one of the lists."""

    student: str
    topic: str
    href: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RateView:
    check: str
    hidden: bool
    passed: int
    graded: int
    skipped: int
    share: float
    mean_points: str
    maximum: str
    remark: str


def class_view(gradebook: Gradebook, names: Mapping[str, str], language: str) -> dict[str, Any]:
    """Everything the class page's template asks for. `names` are the students' file names without ending."""
    titles = {topic.slug: line(topic.title.to(language)) for topic in gradebook.topics}
    shown = [gradebook.topics[place] for place in gradebook.touched]
    states = {state: count for state, count in gradebook.states.items() if state in LOOKS}
    return {
        "language": language,
        "title": line(gradebook.title.to(language)),
        "topics": [(topic, titles[topic.slug], gradebook.weights[topic.slug]) for topic in shown],
        "untouched": len(gradebook.topics) - len(shown),
        "uneven": len({round(weight, 6) for weight in gradebook.weights.values()}) > 1,
        "titles": titles,
        "rows": [row_view(row, names[row.student], language, gradebook.touched) for row in gradebook.rows],
        "states": states,
        "spreads": _spreads(gradebook, titles, language),
        "rates": [
            (titles.get(topic, topic), [_rate(rate, language) for rate in rates])
            for topic, rates in groupby(gradebook.check_rates, key=lambda rate: rate.topic)
        ],
        "clusters": gradebook.clusters,
        "most_clusters": MOST_CLUSTERS,
        "internal": [_internal(gradebook, cell, names) for cell in gradebook.held],
        "flagged": [
            Listed(
                line(cell.student),
                cell.topic,
                _href(cell, names, language),
                tuple(line(f, 300) for f in cell.flags[:MOST_NOTES]),
            )
            for cell in gradebook.cells
            if cell.flags
        ],
        "missing": _missing(gradebook, language),
        "unknown": [line(student) for student in gradebook.unknown],
        "look_alikes": [[(line(name), _spelt(name)) for name in group] for group in gradebook.look_alikes],
        "drifted": sum(cell.drifted for cell in gradebook.cells),
        "unsafe": sum(count for kind, count in gradebook.isolation.items() if kind != WALL),
        "cost": gradebook.cost,
        "run": gradebook.run,
        "limits": gradebook.limits,
        "record": _record(gradebook, language),
        "made_at": figures.moment(gradebook.run.made_at),
    }


def row_view(row: Row, name: str, language: str, places: Sequence[int]) -> RowView:
    """A line of the matrix, with the cells at these places."""
    link = f"students/{quote(name)}.html"
    return RowView(
        student=line(row.student),
        staff_href=link,
        student_href=f"../{link}",
        cells=tuple(_cell(row.cells[place], link, language) for place in places),
        points=figures.points(row.total.points) or "0",
        percent=figures.percent(row.total.share) or "–",
        held=row.total.held,
    )


def _cell(cell: Cell, link: str, language: str) -> CellView:
    look = LOOKS[cell.state]
    return CellView(
        state=cell.state,
        word=look.word.to(language),
        tone=look.tone,
        points=figures.points(cell.final),
        late=say("late_short", language, n=cell.late_days) if cell.late_days else "",
        drifted=cell.drifted,
        isolated=cell.isolated,
        flagged=bool(cell.flags),
        href=f"{link}#{language}-{quote(cell.topic)}" if cell.outcome else "",
    )


def _href(cell: Cell, names: Mapping[str, str], language: str) -> str:
    return f"students/{quote(names[cell.student])}.html#{language}-{quote(cell.topic)}"


def command_for(gradebook: Gradebook, cell: Cell) -> str:
    """The command that grades this student's topic once more."""
    student = shlex.quote(cell.student)
    return line(f"{gradebook.run.again} --student {student} --topic {cell.topic}", 400)


def _internal(gradebook: Gradebook, cell: Cell, names: Mapping[str, str]) -> Listed:
    href = f"students/{quote(names[cell.student])}.html"
    return Listed(line(cell.student), cell.topic, href, (command_for(gradebook, cell),))


def _spelt(name: str) -> str:
    """The name with every letter outside ASCII by its number: here two names that look alike differ."""
    return name.encode("ascii", "backslashreplace").decode("ascii")


def _missing(gradebook: Gradebook, language: str) -> list[tuple[str, str]]:
    """Student and the topics that were not handed in, in one line each."""
    lines = []
    for student, cells in groupby(gradebook.missing, key=lambda cell: cell.student):
        topics = [cell.topic for cell in cells]
        everything = len(topics) == len(gradebook.topics)
        text = say("all_topics", language, n=len(topics)) if everything else ", ".join(topics)
        lines.append((line(student), text))
    return lines


def _spreads(gradebook: Gradebook, titles: Mapping[str, str], language: str) -> list[Spread]:
    """The course total first, then every topic."""
    totals = [row.total.final for row in gradebook.rows if row.handed_in and row.total.final is not None]
    spreads = [_spread(say("total", language), distribution(totals))]
    for place in gradebook.touched:
        cells = [row.cells[place] for row in gradebook.rows]
        shares = [cell.final / cell.maximum for cell in cells if cell.final is not None and cell.maximum]
        spreads.append(_spread(titles[gradebook.topics[place].slug], distribution(shares)))
    return spreads


def _spread(title: str, found: Distribution) -> Spread:
    values = (found.mean, found.median, found.deviation, found.lowest, found.highest)
    numbers = tuple(figures.percent(value) for value in values) if found.count else ("–",) * 5
    most = max(found.bins) or 1
    bars = tuple((count, 10.0 * place, 100.0 * count / most) for place, count in enumerate(found.bins))
    return Spread(title, (str(found.count), *numbers), bars)


def _rate(rate: CheckRate, language: str) -> RateView:
    return RateView(
        check=line(rate.check),
        hidden=rate.hidden,
        passed=rate.passed,
        graded=rate.graded,
        skipped=rate.skipped,
        share=rate.rate,
        mean_points=figures.points(rate.points_share * rate.max_points),
        maximum=figures.points(rate.max_points),
        remark=say(rate.remark, language) if rate.remark else "",
    )


def _record(gradebook: Gradebook, language: str) -> list[tuple[str, str]]:
    """How the class was graded: one line for each property, with how many results had which value."""

    def counted(values: Mapping[Any, int]) -> str:
        several = len(values) > 1
        return (
            ", ".join(line(str(value)) + (f" ({count})" if several else "") for value, count in values.items()) or "–"
        )

    return [
        (say("isolation", language), counted(gradebook.isolation)),
        (say("seed", language), counted(gradebook.seeds)),
        (say("grader", language), counted(gradebook.graders)),
        (say("device", language), counted(gradebook.devices)),
    ]
