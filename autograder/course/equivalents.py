"""`solutions/NN_x/equivalent.yml`: changes of the solution that no check can notice, each with the author's reason.

- change: "softmax: x.amax(dim, keepdim=True) -> x.amin(dim, keepdim=True)"
  reason: "Any shift of a row gives the same result unless it overflows."
  task: softmax   # if you like
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from autograder.course import yaml_marks
from autograder.course.near import near
from autograder.course.yaml_marks import Marked
from autograder.errors import ConfigError, Fault
from autograder.model.course import Topic

EQUIVALENT = "equivalent.yml"
WORDS = 3  # a reason has at least so many


def equivalents(topic: Topic, known: Collection[str]) -> dict[str, str]:
    """The reason for each change that is declared, by the mutant's key. `known` are the keys of all mutants; an entry
    that matches none, and every other fault of the file, is in one ConfigError."""
    path = topic.solution / EQUIVALENT if topic.solution else None
    if path is None or not path.is_file():
        return {}
    faults: list[Fault] = []
    marked = yaml_marks.read(path, f"{path.parts[-3]}/{path.parts[-2]}/{EQUIVALENT}", faults)
    declared: dict[str, str] = {}
    if marked is not None and not isinstance(marked.data, list):
        faults.append(Fault(marked.where(), "this must be a list", "- {change: ..., reason: ...}"))
    elif marked is not None:
        for index, entry in enumerate(marked.data):
            faults += _faults(marked, index, entry, topic, [key for key in known if key not in declared])
            if isinstance(entry, dict):
                declared[str(entry.get("change"))] = str(entry.get("reason"))
    if faults:
        raise ConfigError(faults)
    return declared


def _faults(marked: Marked, index: int, entry: Any, topic: Topic, known: Collection[str]) -> Iterator[Fault]:
    if not isinstance(entry, dict) or not {"change", "reason"} <= entry.keys():
        yield Fault(marked.where((index,)), "an entry has `change` and `reason`, and `task` if you like")
        return
    for key in sorted(entry.keys() - {"change", "reason", "task"}):
        yield Fault(
            marked.where((index, key), key=True), f"unknown key `{key}`", near(key, ["change", "reason", "task"])
        )
    change, reason, tasks = entry["change"], str(entry["reason"] or ""), [task.name for task in topic.tasks]
    if change not in known:
        what = f"no change of the solution is called {str(change)!r}, or it stands here twice"
        hint = near(str(change), known) or "`autograder verify --mutate` lists them"
        yield Fault(marked.where((index, "change")), what, hint)
    if len(reason.split()) < WORDS and len(reason) < 2 * WORDS:
        yield Fault(marked.where((index, "reason")), "say in words why no check can notice it")
    if "task" in entry and entry["task"] not in tasks:
        yield Fault(marked.where((index, "task")), f'"{entry["task"]}" is no task', near(str(entry["task"]), tasks))
