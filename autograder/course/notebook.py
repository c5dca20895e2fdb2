"""A topic as a notebook: the prose of its README, with every function of the stub below the task that asks for it.

A plain nbformat 4.5 document, made from the two files whenever it is wanted, so that it can't be out of step with them.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from autograder.model.text import Text

_TASK = re.compile(r"^### (\d+)\. ")
_NAME = re.compile(r"`([A-Za-z_]\w*)")
_FENCE = re.compile(r"^(```|~~~)")
_DEFINITION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_TRY = Text(
    "# Try it here: this cell is not graded. These two lines check what you have run so far:\n"
    "# %load_ext autograder\n# %check {topic}",
    "# 在这里试一试：这个单元格不参与评分。下面两行可检查目前已运行的代码：\n# %load_ext autograder\n# %check {topic}",
)


@dataclass(slots=True)
class Section:
    """A piece of prose: what stands before the first task, a task, or what comes after the last."""

    task: bool = False
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def notebook(slug: str, readme: str, stub: str, language: str = "en") -> bytes:
    """The notebook of a topic; `readme` and `language` belong together. Raises SyntaxError if the stub is no Python."""
    module = slug.replace("-", "_")
    sections = _sections(readme.replace(f"`{module}.py`", f"`{module}.ipynb`"))  # the file to fill in is this one
    pieces = list(_pieces(stub))
    place = _places(sections, {name for name, _ in pieces})
    below: dict[int, list[tuple[str, str]]] = {}
    where = 0
    for name, text in pieces:
        where = place.get(name, where)  # what no heading names stays with what stands before it
        below.setdefault(where, []).append((name, text))
    cells: list[dict[str, Any]] = []
    for number, section in enumerate(sections):
        cells.append(_cell("markdown", f"text-{number}", section.text))
        for name, text in below.get(number, []):
            cells.append(_cell("code", f"code-{name}", text))
        if section.task:
            cells.append(_cell("code", f"try-{number}", _TRY.to(language).format(topic=slug), "try"))
    document = {
        "cells": cells,
        "metadata": {
            "autograder": {"topic": slug, "asks": [name for name, _ in pieces if name != "start"]},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _places(sections: list[Section], defined: set[str]) -> dict[str, int]:
    """The section of each function and class: the task whose heading names it, else the first one whose text does."""
    place: dict[str, int] = {}
    for whole in (False, True):
        for index, section in enumerate(sections):
            said = _NAME.findall(section.text if whole else section.lines[0]) if section.task else ()
            for name in said:
                if name in defined:
                    place.setdefault(name, index)
    return place


def _cell(kind: str, name: str, source: str, role: str = "") -> dict[str, Any]:
    """`role` "try": a cell to play in, which is not graded."""
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": name[:64],
        "metadata": {"autograder": {"role": role}} if role else {},
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _sections(readme: str) -> list[Section]:
    """The prose cut before every task, and before the first heading after them."""
    sections = [Section()]
    fenced = False
    for line in readme.replace("\r\n", "\n").split("\n"):
        fenced ^= bool(_FENCE.match(line))
        if not fenced and _TASK.match(line):
            sections.append(Section(task=True))
        elif not fenced and sections[-1].task and line.startswith("## "):
            sections.append(Section())
        sections[-1].lines.append(line)
    return [section for section in sections if section.text]


def _pieces(stub: str) -> Iterator[tuple[str, str]]:
    """The stub cut before every function and class, with the comments and decorators above it: (name, text). What
    stands before the first is called "start"; a constant belongs to the definition before it."""
    lines = stub.replace("\r\n", "\n").split("\n")
    cuts = [("start", 0)]
    end = 0
    for node in ast.parse(stub).body:
        if isinstance(node, _DEFINITION):
            first = min([node.lineno, *(mark.lineno for mark in node.decorator_list)]) - 1
            while first > end and lines[first - 1].startswith("#"):
                first -= 1
            cuts.append((node.name, first))
        end = node.end_lineno or 0
    for (name, first), (_, last) in zip(cuts, [*cuts[1:], ("", len(lines))], strict=True):
        text = "\n".join(lines[first:last]).strip()
        if text:
            yield name, text
