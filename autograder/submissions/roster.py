"""Who belongs to the course: a CSV file whose students are matched by name, whatever its other columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.submissions import names

COLUMNS = ("student", "username", "login", "id", "name", "学号", "姓名")  # the first of these that is there
LARGEST = 10 << 20


@dataclass(frozen=True, slots=True)
class Roster:
    """The students in the order of the file."""

    students: tuple[str, ...]

    def holds(self, name: str) -> bool:
        return names.key(name) in {names.key(student) for student in self.students}

    def missing(self, found: Iterable[str]) -> tuple[str, ...]:
        """Students of whom nothing was found."""
        there = {names.key(name) for name in found}
        return tuple(student for student in self.students if names.key(student) not in there)


def read_roster(path: Path) -> Roster:
    """The students of a CSV file with a header. Raises UsageError with the line of the first fault."""
    try:
        data = path.read_bytes()[: LARGEST + 1]
        text = data.decode("utf-8-sig")
    except OSError as fault:
        raise UsageError(
            f"can't be read: {fault.strerror}", where=str(path), now="check the path of the roster"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(
            "is not UTF-8", where=str(path), now="save the roster as CSV with the encoding UTF-8"
        ) from None
    header = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=header.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        raise UsageError(f"is no CSV: {fault}", where=str(path), now="save it again as CSV") from None
    titles = [title.strip().casefold() for title in rows[0]] if rows else []
    column = next((titles.index(name) for name in COLUMNS if name in titles), None)
    if column is None:
        now = f"name the column of the students in the first line: one of {', '.join(COLUMNS)}"
        raise UsageError("no column of students", where=f"{path}:1", now=now)
    return Roster(tuple(_students(rows, column, path)))


def _students(rows: list[list[str]], column: int, path: Path) -> Iterable[str]:
    seen: dict[str, int] = {}
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            student = names.clean_student(row[column] if column < len(row) else "")
        except UsageError as fault:
            raise UsageError(fault.what, where=f"{path}:{line}", now=fault.now) from None
        first = seen.setdefault(names.key(student), line)
        if first != line:
            raise UsageError(
                f"{student} stands here twice", where=f"{path}:{line}", now=f"the first is in line {first}"
            )
        yield student
