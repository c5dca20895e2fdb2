"""A notebook as it is in its file: which cells it has. Written by hand, by Jupyter, Colab or VS Code, of any age."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from autograder.model.submission import Problem
from autograder.submissions import problems

LARGEST_CELL = 1 << 20  # characters of one cell
MOST_CELLS = 2000
SHOW = "try"  # the role of a cell where students play: it stands below a task and is not graded


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell: `number` counts code cells from 1, as they stand."""

    number: int
    source: str


@dataclass(frozen=True, slots=True)
class Notebook:
    """The code cells that count, and what the course wrote into the notebook: its topic, the names it asks for."""

    cells: tuple[Cell, ...]
    topic: str = ""
    asks: tuple[str, ...] = ()


class Unreadable(Exception):
    """The file is no notebook that could be graded; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.text.en)


def read(data: bytes, name: str) -> Notebook:
    """The notebook in a file called `name`. Raises Unreadable."""
    whole = _document(data, name)
    found = _cells(whole)
    if found is None:
        raise Unreadable(problems.no_notebook(name))
    code: list[Cell] = []
    number = 0
    for cell in found[:MOST_CELLS]:
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        number += 1
        source = _text(cell.get("source", cell.get("input")))
        if source.strip() and _role(cell) != SHOW:
            code.append(Cell(number, source[:LARGEST_CELL]))
    if not code:
        raise Unreadable(problems.empty_notebook(name))
    about = _about(whole)
    asks = about.get("asks")
    names = tuple(each for each in asks if isinstance(each, str)) if isinstance(asks, list) else ()
    topic = about.get("topic")
    return Notebook(tuple(code), topic if isinstance(topic, str) else "", names)


def without_outputs(data: bytes) -> bytes:
    """The notebook without what its cells have printed and drawn, which can be many times what was written; the data
    as it is if that can't be told."""
    try:
        whole = _document(data, "")
    except Unreadable:
        return data
    for cell in _cells(whole) or ():
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            cell["outputs"] = []
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def topic_of(data: bytes) -> str:
    """The topic that the course wrote into a notebook, "" if it can't be told: a renamed file still says it."""
    try:
        topic = _about(_document(data, "")).get("topic")
    except Unreadable:
        return ""
    return topic if isinstance(topic, str) else ""


def _document(data: bytes, name: str) -> dict[str, Any]:
    if not data.strip():
        raise Unreadable(problems.empty_notebook(name))
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        lines = data.splitlines()
        if any(line.startswith(b"<<<<<<< ") for line in lines) and any(line.startswith(b">>>>>>> ") for line in lines):
            raise Unreadable(problems.conflicts(name)) from None
        raise Unreadable(problems.no_notebook(name)) from None
    if not isinstance(whole, dict):
        raise Unreadable(problems.no_notebook(name))
    return whole


def _cells(whole: dict[str, Any]) -> list[Any] | None:
    """The cells; of a notebook from before 2015 those of its worksheets."""
    if isinstance(whole.get("cells"), list):
        return list(whole["cells"])
    sheets = whole.get("worksheets")
    if not isinstance(sheets, list):
        return None
    lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    return [cell for cells in lists if isinstance(cells, list) for cell in cells]


def _text(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source.replace("\r\n", "\n") if isinstance(source, str) else ""


def _role(cell: dict[str, Any]) -> str:
    about = _about(cell).get("role")
    return about if isinstance(about, str) else ""


def _about(whole: dict[str, Any]) -> dict[str, Any]:
    metadata = whole.get("metadata")
    about = metadata.get("autograder") if isinstance(metadata, dict) else None
    return about if isinstance(about, dict) else {}
