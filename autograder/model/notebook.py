"""The first line of a notebook's script, which says where its cells begin, and places in cells for people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.model.text import Text

HEAD = "# A notebook, one cell after the other. Cell:line where it begins:"
Cells = tuple[tuple[int, int], ...]  # number of the cell, its first line in the script, both from 1
_FRAME = re.compile(r'^  File "[^"\n]*", line (\d{1,8})(.*)$', re.MULTILINE)
_HEAD = re.compile(re.escape(HEAD) + r"((?: \d{1,6}:\d{1,8})+)\s*$")


def head(cells: Sequence[tuple[int, int]]) -> str:
    return f"{HEAD} {' '.join(f'{number}:{line}' for number, line in cells)}"


def cells_of(source: str) -> Cells:
    """The cells of a script that was made from a notebook; none for any other file."""
    found = _HEAD.match(source.partition("\n")[0])
    if not found:
        return ()
    cells = tuple((int(number), int(line)) for number, _, line in (part.partition(":") for part in found[1].split()))
    lines, last = [line for _, line in cells], source.count("\n") + 1
    return cells if lines == sorted(set(lines)) and lines[0] > 1 and lines[-1] <= last else ()


def cell_at(cells: Cells, line: int) -> tuple[int, int]:
    """The cell that holds a line of the script, and which line of the cell it is; (0, line) if it is in none."""
    number, start = next(((n, first) for n, first in reversed(cells) if first <= line), (0, 1))
    return number, line - start + 1


def place(cells: Cells, line: int) -> Text:
    """Where that line stands, for the student: `line 7 of your file` or `line 2 of code cell 3`."""
    number, inside = cell_at(cells, line)
    if not number:
        return Text(f"line {line} of your file", f"你的文件第 {line} 行")
    return Text(f"line {inside} of code cell {number}", f"第 {number} 个代码单元格的第 {inside} 行")


def in_cells(trace: str, cells: Cells) -> str:
    """A traceback through the script with its lines as places in cells."""
    if not cells:
        return trace
    return _FRAME.sub(lambda found: f"  {place(cells, int(found[1])).en}{found[2]}", trace)
