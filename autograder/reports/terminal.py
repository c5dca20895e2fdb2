"""The gradebook in a terminal: the class, one student, and one line that sums up. Fits its tables to the width it gets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.reports import figures
from autograder.reports.clean import line
from autograder.reports.gradebook import Cell, Gradebook, Row
from autograder.reports.outcomes import LOOKS, MISSING
from autograder.reports.student_view import CheckView, Reading, TopicView, topic_view
from autograder.reports.words import say

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table
    from rich.text import Text

    from autograder.model.result import TopicResult

_COLOURS = {"good": "green", "poor": "red", "limit": "yellow", "ours": "magenta", "quiet": "bright_black"}
_NAME_WIDTH = 20
_HEAD_WIDTH = 8  # at least, for a topic's name
_TOTAL_WIDTH = 9
_GAP = 2


def class_table(gradebook: Gradebook, language: str = "en") -> RenderableType:
    """Students by topics with points and outcome marks; as many tables below each other as the width asks for."""
    return _ClassTable(gradebook, language)


def summary(gradebook: Gradebook, language: str = "en") -> str:
    """How many cells are in each state: `41 passed, 12 failed, 1 call a person, 3 nothing handed in`."""
    counts = [f"{count} {LOOKS[state].word.to(language)}" for state, count in gradebook.states.items()]
    return ("，" if language == "zh" else ", ").join(counts)


@dataclass(frozen=True, slots=True)
class _ClassTable:
    gradebook: Gradebook
    language: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        from rich.cells import cell_len
        from rich.text import Text

        rows = self.gradebook.rows
        name_width = min(_NAME_WIDTH, max([cell_len(line(row.student)) for row in rows] or [0]))
        name_width = max(name_width, cell_len(say("student", self.language)))
        marks = [cell_len(mark(cell, self.language)) for row in rows for cell in row.cells]
        width = max([_HEAD_WIDTH, *marks])
        room = options.max_width - name_width - _TOTAL_WIDTH - _GAP
        each = max(1, room // (width + _GAP))
        places = range(len(self.gradebook.topics))
        chunks = [places[start : start + each] for start in places[::each]] or [places]
        for chunk in chunks:
            yield self._table(chunk, name_width, width, last=chunk is chunks[-1])
        yield Text(legend(self.gradebook, self.language), style="bright_black")

    def _table(self, places: range, name_width: int, width: int, *, last: bool) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
        table.add_column(say("student", self.language), width=name_width, no_wrap=True, overflow="ellipsis")
        for place in places:
            topic = self.gradebook.topics[place]
            table.add_column(Text(heading(topic.number, topic.slug, width)), width=width, no_wrap=True, vertical="bottom")
        if last:
            table.add_column(say("total", self.language), justify="right", width=_TOTAL_WIDTH, no_wrap=True)
        for row in self.gradebook.rows:
            cells = [_coloured(row.cells[place], self.language) for place in places]
            table.add_row(Text(line(row.student)), *cells, *([Text(total(row))] if last else []))
        return table


def heading(number: int, slug: str, width: int) -> str:
    """A topic's number over its name, a word a line, each cut to `width`."""
    words = [word if len(word) <= width else word[: width - 1] + "…" for word in slug.split("-")]
    return "\n".join([f"{number:02d}", *words[:3]])


def mark(cell: Cell, language: str) -> str:
    """One cell as text: mark, points, and the signs explained in the legend. Our own fault has words, never a zero."""
    look = LOOKS[cell.state]
    if cell.state == MISSING:
        return look.mark
    signs = ("L" if cell.late_days else "") + ("~" if cell.drifted else "") + ("" if cell.isolated else "?")
    what = look.word.to(language) if cell.held else figures.points(cell.final)
    return f"{look.mark} {what}" + (f" {signs}" if signs else "")


def total(row: Row) -> str:
    """The course score in percent; a `+` says that points are still open."""
    return f"{figures.percent(row.total.share):.1f} %" + ("+" if row.total.held else "")


def legend(gradebook: Gradebook, language: str) -> str:
    """What the marks of this table mean: only those that occur in it."""
    parts = [f"{LOOKS[state].mark} {LOOKS[state].word.to(language)}" for state in gradebook.states]
    cells = gradebook.cells
    signs = {
        "late_mark": any(cell.late_days for cell in cells),
        "drift_mark": any(cell.drifted for cell in cells),
        "unsafe_mark": not all(cell.isolated for cell in cells),
        "plus_open": any(cell.held for cell in cells),
    }
    return "   ".join([*parts, *(say(key, language) for key, occurs in signs.items() if occurs)])


def _coloured(cell: Cell, language: str) -> Text:
    from rich.text import Text

    text = Text(mark(cell, language))
    text.stylize(_COLOURS[LOOKS[cell.state].tone], 0, None if cell.held or cell.state == MISSING else 1)
    return text


def student_detail(
    gradebook: Gradebook, row: Row, results: Sequence[TopicResult], language: str = "en"
) -> RenderableType:
    """One student, check by check, with what staff may see."""
    from rich.console import Group
    from rich.text import Text

    by_topic = {result.topic: result for result in results}
    reading = Reading("staff", language)
    parts: list[RenderableType] = [Text(f"{line(row.student)}   {total(row)}", style="bold")]
    for cell in row.cells:
        view = topic_view(gradebook, cell, by_topic.get(cell.topic), reading)
        parts.append(Text(_topic_line(view, cell, language), style="bold"))
        parts += [_indented(problem, 3, "yellow") for problem in (*view.problems, *view.flags)]
        for task in view.tasks:
            parts.append(_indented(f"{task.title}  {task.points} / {task.maximum}", 3))
            parts += [_indented(task.kindly, 5, "bright_black")] if not task.started else []
            for check in task.checks:
                parts += _check_lines(check)
    return Group(*parts)


def _topic_line(view: TopicView, cell: Cell, language: str) -> str:
    late = f"  ({view.before_late} − {view.penalty}, {view.late})" if view.late else ""
    points = f"{view.points or '–'} / {view.maximum}"
    return f"\n{view.number:02d} {view.title}   {LOOKS[cell.state].mark} {view.word}   {points}{late}"


def _check_lines(check: CheckView) -> list[RenderableType]:
    measured = "".join(f"  {name} {value}" for name, value in check.measured)
    head = f"{LOOKS[check.state].mark} {check.name}  {check.points or '–'} / {check.maximum}{measured}"
    lines: list[RenderableType] = [_indented(head, 5, _COLOURS[check.tone])]
    for text in (check.message, check.values, check.detail):
        if text and check.tone != "good":
            lines.append(_indented(text, 7))
    return lines


def _indented(text: str, by: int, style: str = "") -> RenderableType:
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(text, style=style), (0, 0, 0, by))
