"""YAML with the place of every value: plain data only, and every fault of a file at once.

Nodes are turned into data here, not by the loader, so that no tag can make a Python object, a duplicate key is seen
instead of winning silently, and an alias can't grow a small file into a large one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from autograder.errors import Fault

try:  # the C loader is ten times faster; a PyYAML built without it works the same
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

LARGEST = 256 * 1024  # bytes; the course of forty topics shipped here needs 10,000
DEEPEST = 20  # lists and tables in each other; the files described in docs/grading-yml.md need five
PLAIN = frozenset("tag:yaml.org,2002:" + name for name in ("str", "int", "float", "bool", "null", "timestamp"))
CONTAINERS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})

Place = tuple[str | int, ...]  # ("topics", 1, "weight")
Position = tuple[int, int]  # line and column, both from 1


@dataclass(frozen=True, slots=True)
class Marked:
    """A file's data, and where in the file each value and key stands."""

    name: str  # as shown in messages, "exercises/13_softmax_regression/topic.yml"
    data: Any
    values: Mapping[Place, Position]
    keys: Mapping[Place, Position]
    unread: frozenset[Place] = frozenset()  # values that couldn't be read: None in the data, and already a fault

    def where(self, place: Place = (), *, key: bool = False) -> str:
        """`file:line:column` of a value, or of its key; of the nearest container when it isn't in the file."""
        if key and place in self.keys:
            return at(self.name, self.keys[place])
        while place not in self.values:
            place = place[:-1]
        return at(self.name, self.values[place])


def at(name: str, position: Position) -> str:
    return f"{name}:{position[0]}:{position[1]}"


def read(path: Path, name: str, faults: list[Fault]) -> Marked | None:
    """The file's data with marks; None, and why in `faults`, when nothing of it can be used."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            hint = f"at most {LARGEST // 1024} KiB"
            faults.append(Fault(at(name, (1, 1)), f"the file is too large: {size:,} bytes", hint))
            return None
        raw = path.read_bytes()
    except OSError as error:
        faults.append(Fault(name, f"the file can't be read: {error.strerror}"))
        return None
    text = _decoded(raw, name, faults)
    return None if text is None else parse(text, name, faults)


def parse(text: str, name: str, faults: list[Fault]) -> Marked | None:
    """Like `read`, for text that is at hand."""
    try:
        deep = _too_deep(text)
        if deep:
            faults.append(Fault(at(name, deep), f"lists and tables stand more than {DEEPEST} deep in each other"))
            return None
        loader = Loader(text)
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        faults.append(_syntax(error, text, name))
        return None
    if root is None:
        faults.append(Fault(at(name, (1, 1)), "the file is empty"))
        return None
    walk = _Walk(loader, name, faults)
    data = walk.value(root, ())
    return Marked(name, data, walk.values, walk.keys, frozenset(walk.unread))


def _too_deep(text: str) -> Position | None:
    """Where the nesting gets too deep. Composing nodes recurses in C: a file of brackets would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        mark = event.start_mark
        if depth > DEEPEST and mark:
            return mark.line + 1, mark.column + 1
    return None


def _decoded(raw: bytes, name: str, faults: list[Fault]) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        what = f"the file is not UTF-8: byte 0x{raw[error.start]:02x}"
        faults.append(Fault(at(name, _position_in(before)), what, "save it as UTF-8"))
        return None


def _position_in(before: str) -> Position:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _syntax(error: yaml.YAMLError, text: str, name: str) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it can't be read"
    position = (mark.line + 1, mark.column + 1) if mark else _position_in(text[: getattr(error, "position", 0)])
    lines = text.splitlines()
    line = lines[position[0] - 1] if position[0] <= len(lines) else ""
    return Fault(at(name, position), f"not YAML: {said}", "indent with spaces, not tabs" if "\t" in line else "")


class _Walk:
    """Nodes to plain data, noting every place."""

    def __init__(self, loader: Any, name: str, faults: list[Fault]) -> None:
        self.loader, self.name, self.faults = loader, name, faults
        self.values: dict[Place, Position] = {}
        self.keys: dict[Place, Position] = {}
        self.seen: set[int] = set()
        self.unread: set[Place] = set()

    def value(self, node: yaml.Node, place: Place) -> Any:
        self.values.setdefault(place, _start(node))
        if id(node) in self.seen:
            return self._unread(node, place, "anchors and aliases (&name, *name) are not used here", "write it out")
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode) and node.tag in CONTAINERS:
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode) and node.tag in CONTAINERS:
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag != "tag:yaml.org,2002:str":
                shown = key if isinstance(key, str) else "a list or table"
                self._fault(key_node, f"a key must be a word, not {shown}", "put it in quotes if it is one")
            elif key in made:
                first = self.keys[*place, key][0]
                self._fault(key_node, f'the key "{key}" stands here a second time', f"the first is in line {first}")
            else:
                self.keys[*place, key] = _start(key_node)
                made[key] = self.value(value_node, (*place, key))
        return made

    def _scalar(self, node: yaml.Node, place: Place) -> Any:
        if node.tag not in PLAIN or not isinstance(node, yaml.ScalarNode):
            short = node.tag.replace("tag:yaml.org,2002:", "!!")
            return self._unread(node, place, f"the tag {short} is not used here", "plain values only")
        try:
            return self.loader.construct_object(node)
        except (ValueError, yaml.YAMLError) as error:  # 2027-02-30
            return self._unread(node, place, f'"{node.value[:40]}" can\'t be read: {error}')

    def _unread(self, node: yaml.Node, place: Place, what: str, hint: str = "") -> None:
        self.unread.add(place)
        self._fault(node, what, hint)

    def _fault(self, node: yaml.Node, what: str, hint: str = "") -> None:
        self.faults.append(Fault(at(self.name, _start(node)), what, hint))


def _start(node: yaml.Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1
