"""`%load_ext autograder` in a notebook: `%check TOPIC [TASK ...]` checks the cells that have been run so far."""

from __future__ import annotations

import ast
import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.cli import output
from autograder.errors import AutograderError

if TYPE_CHECKING:
    from autograder.model.course import Topic
    from autograder.model.result import TopicResult

USE = "use: %check TOPIC [TASK ...], for example %check softmax-regression"
PRE = (
    '<pre style="white-space:pre-wrap;font-family:ui-monospace,Menlo,Consolas,monospace;line-height:1.45">{code}</pre>'
)


class Feedback:
    """What the checks said: coloured in a notebook, plain text elsewhere."""

    def __init__(self, topic: Topic, result: TopicResult, hidden: int, language: str) -> None:
        from rich.console import Console

        from autograder.reports.check import check_report

        page = Console(
            record=True, file=io.StringIO(), force_jupyter=False, width=100, highlight=False, markup=False, emoji=False
        )
        for part in check_report(topic, result, hidden, language):
            page.print(part)
        self._html = page.export_html(inline_styles=True, code_format=PRE, clear=False)
        self._text = page.export_text()

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


def load(shell: Any) -> None:
    """Register `%check` with an IPython shell."""

    def check(line: str) -> Feedback | None:
        try:
            return feedback(line.split(), list(shell.user_ns.get("In", ()))[1:])
        except AutograderError as fault:
            output.say(str(fault))
            return None

    shell.register_magic_function(check, "line", "check")


def feedback(words: list[str], cells: list[str]) -> Feedback:
    """The visible checks of the topic that the first word names (the other words: only these tasks), on `cells` in the
    order in which they were run. Of these only cells that define or import something are run again.

    Raises UsageError for a course or a topic that is not there.
    """
    from autograder.cli.check import job, run
    from autograder.cli.workspace import need_course, topic_folder
    from autograder.course.discover import glance, hidden_check_count
    from autograder.errors import UsageError
    from autograder.submissions import workspace
    from autograder.submissions.notebook_cells import Unreadable
    from autograder.submissions.notebook_script import script

    here = Path.cwd()
    remembered = workspace.recall(here).get("topic")
    name = words[0] if words else remembered if isinstance(remembered, str) else ""
    if not name:
        raise UsageError("no topic is named, and this folder belongs to none", now=USE)
    course = os.environ.get("AUTOGRADER_COURSE")
    root = need_course(Path(course) if course else None, here, name)
    topic = glance(root).topic(topic_folder(name, root, here).slug)
    if topic is None:
        raise UsageError(f"{name} is not in grading.yml", where=str(root), now="see `autograder list`")
    defining = [{"cell_type": "code", "source": cell if _defines(cell) else ""} for cell in cells]
    try:
        code = script(json.dumps({"cells": defining}).encode(), "this notebook").text.encode()
    except Unreadable:
        now = f"run the cells that define {topic.tasks[0].name} and the others first"
        raise UsageError("no cell that defines anything has been run yet", now=now) from None
    result = run(job(topic, code, here / f"{topic.module}.ipynb", tuple(words[1:]), seed=1))
    return Feedback(topic, result, hidden_check_count(topic), output.language())


def _defines(cell: str) -> bool:
    """Whether a cell has a definition or an import at its top, or can't be told for the magics in it."""
    from autograder.submissions.notebook_script import neutral

    try:
        body = ast.parse(neutral(cell)).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False  # it did not run either
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom) for node in body)
