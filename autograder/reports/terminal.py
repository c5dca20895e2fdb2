"""The gradebook in a terminal: the class, one student, and one line that sums up. Tables fit the width they get."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.reports import figures
from autograder.reports.check_view import CheckView, Reading
from autograder.reports.clean import line
from autograder.reports.gradebook import Cell, Gradebook, Row
from autograder.reports.outcomes import LOOKS, MISSING
from autograder.reports.student_view import TopicView, topic_view
from autograder.reports.words import say

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table
    from rich.text import Text

    from autograder.model.result import TopicResult

_COLOURS = {"good": "green", "poor": "red", "limit": "yellow", "ours": "magenta", "quiet": "bright_black"}
_NAME_AT_MOST = 24
_NAME_AT_LEAST = 12
_HEAD_WIDTH = 8  # at least, for a topic's name
_TOTAL_WIDTH = 7
_GAP = 1


def class_table(gradebook: Gradebook, language: str = "en") -> RenderableType:
    """Students by topics with points and outcome marks; as many tables below each other as the width asks for. Topics
    that nobody handed in have no column; the legend says how many they are."""
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
        from rich.text import Text

        names, width = self._widths()
        places = self.gradebook.touched
        all_fit = options.max_width - _TOTAL_WIDTH - len(places) * (width + _GAP) - _GAP
        if all_fit >= min(names, _NAME_AT_LEAST):
            names = min(names, all_fit)
        room = options.max_width - names - _TOTAL_WIDTH - _GAP
        tables = math.ceil(len(places) / max(1, room // (width + _GAP))) or 1
        each = math.ceil(len(places) / tables) or 1
        for start in range(0, tables * each, each):
            yield self._table(places[start : start + each], names, width, last=start + each >= len(places))
            yield Text()
        yield Text("\n".join(wrapped(legend(self.gradebook, self.language), options.max_width)), style="bright_black")

    def _widths(self) -> tuple[int, int]:
        """Of the names and of a topic's column, if there were room enough. Words may be broken, points may not."""
        from rich.cells import cell_len

        rows = self.gradebook.rows
        names = max(cell_len(text) for text in [say("student", self.language), *(line(row.student) for row in rows)])
        points = [cell_len(mark(cell, self.language)) for row in rows for cell in row.cells if not cell.held]
        return min(names, _NAME_AT_MOST), max([_HEAD_WIDTH, *points])

    def _table(self, places: Sequence[int], names: int, width: int, *, last: bool) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
        table.add_column(say("student", self.language), width=names, no_wrap=True, overflow="ellipsis")
        for place in places:
            topic = self.gradebook.topics[place]
            table.add_column(Text(heading(topic.number, topic.slug, width)), width=width)
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
    share = row.total.share
    return (f"{figures.rounded_percent(share):.1f}%" if share is not None else "–") + ("+" if row.total.held else " ")


def legend(gradebook: Gradebook, language: str) -> list[str]:
    """What the marks of this table mean and how often each occurs; then the signs that occur."""
    parts = [
        f"{LOOKS[state].mark} {count} {LOOKS[state].word.to(language)}" for state, count in gradebook.states.items()
    ]
    cells = gradebook.cells
    signs = {
        "late_mark": any(cell.late_days for cell in cells),
        "drift_mark": any(cell.drifted for cell in cells),
        "unsafe_mark": not all(cell.isolated for cell in cells),
        "plus_open": any(cell.held for cell in cells),
    }
    hidden = len(gradebook.topics) - len(gradebook.touched)
    left_out = [say("untouched", language, n=hidden)] if hidden else []
    return [*parts, *(say(key, language) for key, occurs in signs.items() if occurs), *left_out]


def wrapped(parts: Sequence[str], width: int) -> list[str]:
    """`parts` in lines of at most `width` cells, three apart; no part is broken."""
    from rich.cells import cell_len

    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}   {part}" if lines else part
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


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
        parts.append(Text(_topic_line(view, cell), style="bold"))
        parts += [_indented(problem, 3, "yellow") for problem in (*view.problems, *view.flags)]
        for task in view.tasks:
            parts.append(_indented(f"{task.title}  {task.points or '–'} / {task.maximum}", 3))
            parts += [_indented(task.kindly, 5, "bright_black")] if not task.started else []
            for check in task.checks:
                parts += _check_lines(check)
    return Group(*parts)


def _topic_line(view: TopicView, cell: Cell) -> str:
    late = f"  ({view.before_late} − {view.penalty}, {view.late})" if view.late else ""
    points = f"{view.points or '–'} / {view.maximum}"
    return f"\n{view.number:02d} {view.title}   {LOOKS[cell.state].mark} {view.word}   {points}{late}"


def _check_lines(check: CheckView) -> list[RenderableType]:
    measured = "".join(f"  {name} {value}" for name, value in check.measured)
    head = f"{LOOKS[check.state].mark} {check.name}  {check.points or '–'} / {check.maximum}{measured}"
    lines: list[RenderableType] = [_indented(head, 5, _COLOURS[check.tone])]
    lines += [_indented(check.again, 7)] if check.again else []
    for text in (check.message, check.values, check.detail):
        if text and check.tone != "good":
            lines.append(_indented(text, 7))
    return lines


def _indented(text: str, by: int, style: str = "") -> RenderableType:
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(text, style=style), (0, 0, 0, by))
