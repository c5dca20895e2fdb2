"""A notebook as one Python file, cell by cell, for the sandbox to run and for people and rules to read.

The first line says where the cells begin, so that each is run on its own: an error in one does not stop the rest.
What only a notebook understands (`%matplotlib inline`, `!pip install`, `%%bash`, `softmax?`) becomes a comment.
"""

from __future__ import annotations

import ast
import difflib
import re
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.model.notebook import head
from autograder.model.submission import Problem
from autograder.submissions import problems
from autograder.submissions.notebook_cells import Cell, Notebook, read

TRANSPARENT = frozenset({"time", "timeit", "capture", "prun"})  # magics of a cell whose rest is Python
_MAGIC = re.compile(r"\s*(?:[%!?]|.*\?\s*$|[\w.,\s]+=\s*[%!])")
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Script:
    """The text of the file, and what is to be said about the notebook it was made from."""

    text: str
    problems: tuple[Problem, ...] = ()


def script(data: bytes, name: str) -> Script:
    """The notebook of a file called `name` as a script. Raises Unreadable."""
    notebook = read(data, name)
    cells = [Cell(cell.number, neutral(cell.source)) for cell in notebook.cells]
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    for cell in cells:
        lines += ["", f"# %% cell {cell.number}"]
        places.append((cell.number, len(lines) + 2))
        lines += cell.source.rstrip().split("\n")
    text = "\n".join([head(places), *lines]) + "\n"
    return Script(text, tuple(_said(notebook, cells)))


def neutral(source: str) -> str:
    """A cell's source as Python, line by line the same, with what Python can't read of a notebook's own commented."""
    lines = source.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        word = lines[first][2:].split()
        if not word or word[0] not in TRANSPARENT:
            return "\n".join(f"# {line}".rstrip() for line in lines)
        lines[first] = f"# {lines[first]}"
    for _ in range(len(lines)):
        at = _fault_line("\n".join(lines))
        if at is None or at >= len(lines) or not _MAGIC.match(lines[at]):
            break  # Python, or a fault that the student has to see
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        lines[at] = f"{indent}pass  # {lines[at].strip()}"
    return "\n".join(lines)


def _fault_line(source: str) -> int | None:
    """The first line, from 0, that Python can't read."""
    try:
        _tree(source)
    except SyntaxError as fault:
        return (fault.lineno or 1) - 1
    except (ValueError, MemoryError, RecursionError):
        return None
    return None


def _tree(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def _said(notebook: Notebook, cells: Sequence[Cell]) -> list[Problem]:
    """What a student should know of the notebook before it is graded."""
    said: list[Problem] = []
    found: dict[str, list[int]] = defaultdict(list)
    for cell in cells:
        try:
            body = _tree(cell.source).body
        except SyntaxError as fault:
            said.append(problems.bad_cell(cell.number, fault.lineno or 1, fault.msg))
            continue
        except (ValueError, MemoryError, RecursionError) as fault:
            said.append(problems.bad_cell(cell.number, 1, type(fault).__name__))
            continue
        for node in body:
            if isinstance(node, _Definition):
                found[node.name].append(cell.number)
    for name in notebook.asks:
        places = list(dict.fromkeys(found.get(name, ())))
        if not places:
            others = [other for other in found if other not in notebook.asks]
            said.append(problems.undefined(name, "".join(difflib.get_close_matches(name, others, n=1))))
        elif len(places) > 1:
            said.append(problems.defined_twice(name, places))
    return said
