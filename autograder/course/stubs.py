"""What the program makes of a solution: the stub students get, and the versions that prove the checks."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from autograder.course.check_files import DeclaredCheck, declared
from autograder.course.files import replace_file
from autograder.course.layout import EXERCISES, SOLUTIONS, slug_of, topic_folders
from autograder.course.markers import cut, tree_of
from autograder.course.near import near
from autograder.course.overlay import NOTES, defined, overlay
from autograder.course.yaml_marks import at
from autograder.errors import ConfigError, Fault
from autograder.model.course import Topic

Kind = Literal["stub", "solution", "accepted", "mistake"]


@dataclass(frozen=True, slots=True)
class Variant:
    """One version of a topic's file, as a student could hand it in."""

    kind: Kind
    name: str  # "stub", "solution", or the name of its file without .py
    source: str
    trips: tuple[str, ...] = ()  # ids of checks that a mistake must fail
    also: tuple[str, ...] = ()  # ids of checks of other tasks that it fails as well
    belief: str = ""  # what the student believed


def stubs_of(root: Path) -> dict[Path, str]:
    """The stub of every topic with a solution, listed in grading.yml or not: its path and what must stand in it.

    Needs no valid course, because a new topic's stub doesn't exist yet. All faults are in one ConfigError.
    """
    made: dict[Path, str] = {}
    faults: list[Fault] = []
    for folder in [folder for same in topic_folders(root / EXERCISES).values() for folder in same]:
        entry = f"{slug_of(folder).replace('-', '_')}.py"
        master = root / SOLUTIONS / folder.name / entry
        if master.is_file():
            try:
                made[folder / entry] = cut(_text(master), _shown(master))
            except ConfigError as error:
                faults += error.faults
    if faults:
        raise ConfigError(faults)
    return made


def write_stubs(root: Path) -> list[Path]:
    """Write every stub that is missing or out of step with its solution; returns those."""
    changed = {path: text for path, text in stubs_of(root).items() if _differs(path, text)}
    for path, text in changed.items():
        replace_file(path, text)
    return list(changed)


def stub_faults(root: Path) -> list[Fault]:
    """Solutions that can't be cut, and stubs out of step with their solution: with the first line that differs."""
    try:
        wanted = stubs_of(root)
    except ConfigError as error:
        return list(error.faults)
    faults = []
    for path, text in wanted.items():
        if _differs(path, text):
            there = _text(path).split("\n") if path.is_file() else []
            pairs = zip(there, text.split("\n"), strict=False)
            line = next((number for number, pair in enumerate(pairs, 1) if pair[0] != pair[1]), len(there) or 1)
            what = "the stub is out of step with its solution" if there else "the stub is missing"
            faults.append(Fault(at(_shown(path), (line, 1)), what, "run `autograder stubs`"))
    return faults


def variants(topic: Topic) -> list[Variant]:
    """Stub, solution, accepted ways and known mistakes, in this order. All faults are in one ConfigError."""
    if topic.solution is None:
        raise ConfigError([Fault(topic.slug, f"there is no folder in {SOLUTIONS}/")])
    master_path = topic.solution / topic.entry
    master = _text(master_path)
    made = [Variant("stub", "stub", _text(topic.exercise / topic.entry)), Variant("solution", "solution", master)]
    faults: list[Fault] = []
    known = [check.id for check in checks_of(topic)]
    kinds: list[tuple[Kind, str]] = [("accepted", "accepted"), ("mistake", "mistakes")]
    for kind, folder in kinds:
        for path in sorted((topic.solution / folder).glob("*.py")):
            try:
                made.append(_variant(kind, path, master, known))
            except ConfigError as error:
                faults += error.faults
    if faults:
        raise ConfigError(faults)
    return made


def _variant(kind: Kind, path: Path, master: str, known: list[str]) -> Variant:
    name, source = _shown(path, 3), _text(path)
    tree = tree_of(source, name)
    notes = {key: _note(tree, key, name, known) for key in sorted(NOTES)}
    faults = [fault for _, found in notes.values() for fault in found]
    belief = ast.get_docstring(tree) or ""
    own, there = defined(source, name) - NOTES, defined(master, name)
    if own and not own & there:
        first = min(own)
        faults.append(
            Fault(at(name, (1, 1)), f'"{first}" replaces nothing of the solution', near(first, sorted(there)))
        )
    if kind == "mistake" and not belief:
        faults.append(Fault(at(name, (1, 1)), "the docstring is missing", "it says what the student believed"))
    if kind == "mistake" and not notes["TRIPS"][0] and not faults:
        faults.append(Fault(at(name, (1, 1)), "TRIPS is missing", 'TRIPS = ["task.check"]: the checks that must fail'))
    if faults:
        raise ConfigError(faults)
    whole = overlay(master, source, name)
    return Variant(kind, path.stem, whole, notes["TRIPS"][0], notes["ALSO"][0], " ".join(belief.split()))


def _note(tree: ast.Module, key: str, name: str, known: list[str]) -> tuple[tuple[str, ...], list[Fault]]:
    """The check ids in `TRIPS = [...]` or `ALSO = [...]`, and what is wrong with them."""
    for node in tree.body:
        if not (isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [key]):
            continue
        where = at(name, (node.lineno, 1))
        try:
            ids: Any = ast.literal_eval(node.value)
        except ValueError:
            ids = None
        if not isinstance(ids, list | tuple) or not all(isinstance(each, str) for each in ids):
            return (), [Fault(where, f"{key} must be a list of check ids written out", f'{key} = ["task.check"]')]
        strange = [each for each in ids if each not in known]
        return tuple(ids), [
            Fault(where, f'{key} names "{each}", which is no check', near(each, known)) for each in strange
        ]
    return (), []


def solution_of(topic: Topic) -> str:
    """The text of the solution, with its answer markers."""
    assert topic.solution is not None  # whoever proves anything has the staff's copy of the course
    return _text(topic.solution / topic.entry)


def checks_of(topic: Topic) -> list[DeclaredCheck]:
    """What the check files of the topic declare, in the order in which a grader runs it."""
    paths = [path for path in (topic.visible_checks, *topic.hidden_checks) if path.is_file()]
    return [check for path in paths for check in declared(path, path.name, [])]


def _differs(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_bytes() != text.encode()


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError([Fault(at(_shown(path), (1, 1)), "the file is not UTF-8", "save it as UTF-8")]) from None


def _shown(path: Path, depth: int = 2) -> str:
    """The path below the course: `solutions/13_softmax_regression/softmax_regression.py`."""
    return "/".join(path.parts[-depth - 1 :])
