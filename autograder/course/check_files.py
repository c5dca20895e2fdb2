"""What the check files of a topic declare, read from their source: nothing is imported or run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.near import near
from autograder.course.yaml_marks import Marked, at
from autograder.errors import Fault


@dataclass(frozen=True, slots=True)
class DeclaredCheck:
    """What a course must know of one `@check(...)`; hints and weights are read when the checks run."""

    id: str  # "softmax.large_logits"
    where: str  # file:line:column
    needs: tuple[str, ...] = ()

    @property
    def task(self) -> str:
        return self.id.partition(".")[0]


def declared(path: Path, name: str, faults: list[Fault]) -> list[DeclaredCheck]:
    """The checks of one file in their order; `name` is the file as shown in messages."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        line, column = getattr(error, "lineno", 1) or 1, getattr(error, "offset", 1) or 1
        faults.append(Fault(at(name, (line, column)), f"not Python: {getattr(error, 'msg', error)}"))
        return []
    found = []
    for call in _marks(tree):
        where = at(name, (call.lineno, call.col_offset + 1))
        given = {word.arg: word.value for word in call.keywords}
        ids = call.args[0] if call.args else given.get("id")
        if isinstance(ids, ast.Constant) and isinstance(ids.value, str):
            found.append(DeclaredCheck(ids.value, where, _texts(given.get("needs"))))
        else:
            faults.append(Fault(where, "the id of a check must be written out", '@check("task.name", ...)'))
    return found


def _marks(tree: ast.Module) -> Iterator[ast.Call]:
    """Every `@check(...)` or `@marks.check(...)` on a function at the top or in a class."""
    for node in ast.walk(tree):
        for mark in getattr(node, "decorator_list", []):
            called = mark.func if isinstance(mark, ast.Call) else None
            word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if isinstance(mark, ast.Call) and word == "check" and not _is_pytest_mark(called):
                yield mark


def _is_pytest_mark(called: ast.expr | None) -> bool:
    return isinstance(called, ast.Attribute) and ast.unparse(called) == "pytest.mark.check"


def _texts(value: ast.expr | None) -> tuple[str, ...]:
    items = value.elts if isinstance(value, ast.List | ast.Tuple) else []
    return tuple(item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str))


def check_faults(checks: Sequence[DeclaredCheck], tasks: Sequence[str], topic: Marked) -> list[Fault]:
    """Ids of unknown tasks, ids used twice, prerequisites that don't exist, and tasks that nothing checks."""
    faults: list[Fault] = []
    first: dict[str, str] = {}
    for item in checks:
        if item.id in first:
            faults.append(Fault(item.where, f'the check "{item.id}" stands here a second time', first[item.id]))
        first.setdefault(item.id, f"the first is at {item.where}")
        if item.task not in tasks:
            what = f'the check "{item.id}" is for a task "{item.task}" that {topic.name} does not have'
            faults.append(Fault(item.where, what, near(item.task, tasks)))
        elif item.task == item.id:
            faults.append(Fault(item.where, f'the check "{item.id}" has no name of its own', f"{item.id}.value"))
    for item in checks:
        for need in item.needs:
            if need not in first:
                what = f'the check "{item.id}" needs "{need}", which is no check of this topic'
                faults.append(Fault(item.where, what, near(need, list(first))))
    checked = {item.task for item in checks}
    for index, task in enumerate(tasks):
        if task not in checked:
            what = f'no check belongs to the task "{task}": its points can\'t be earned'
            faults.append(Fault(topic.where(("tasks", index)), what, f'name one "{task}.value"'))
    return faults
