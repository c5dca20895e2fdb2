"""The other files of a submission, where the code that a rule looks at goes on into them."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from autograder.checks.source_names import Source, resolve
from autograder.checks.source_parse import MAX_SOURCE, Unreadable, module_of, parse

_MOST = 2 * MAX_SOURCE  # characters of all files that are looked at


@dataclass(slots=True)
class Files:
    """The files beside `entry`. Each is parsed when it is first reached."""

    entry: Source
    whole: bool  # all of a file that is imported counts, not only what is used of it
    _parsed: dict[str, Source] = field(default_factory=dict)
    _above: dict[int, list[Source]] = field(default_factory=dict)
    _size: int = 0

    def parts(self, source: Source, node: ast.AST) -> Iterator[tuple[Source, ast.AST]]:
        """What the name `node` in `source` means in another file: for "ops.softmax" the definitions of that name in
        ops.py, or all of ops.py."""
        modules = self.entry.text.modules
        for name in _dotted(source, node) if modules else ():
            if module := _longest(name, modules):
                last = name[len(module) + 1 :].partition(".")[0]
                other = self._parse(module)
                found = [] if self.whole else other.definitions.get(last, [])
                yield from ((other, part) for part in found or [other.tree])

    def inherited(self, source: Source, method: str) -> list[tuple[Source, ast.AST]]:
        """The methods of that name in the files where the classes in `source` have their base classes."""
        if not self.entry.text.modules:
            return []
        if id(source) not in self._above:
            self._above[id(source)] = self._files_of_bases(source)
        return [(other, part) for other in self._above[id(source)] for part in other.methods.get(method, [])]

    def _files_of_bases(self, source: Source) -> list[Source]:
        waiting, seen = [source], {id(source): source}
        while waiting:
            inside = waiting.pop()
            classes = [node for node in ast.walk(inside.tree) if isinstance(node, ast.ClassDef)]
            above = [other for one in classes for base in one.bases for other, _ in self.parts(inside, base)]
            waiting += [other for other in above if id(other) not in seen]
            seen |= {id(other): other for other in above}
        return list(seen.values())

    def compiled(self, source: Source, node: ast.AST) -> set[str]:
        """The modules that `node` imports and that can't be read."""
        modules = self.entry.text.compiled
        return {_longest(name, modules) for name in _dotted(source, node)} - {""} if modules else set()

    def _parse(self, module: str) -> Source:
        if module in self._parsed:
            return self._parsed[module]
        text = self.entry.text.modules[module]
        self._size += len(text)
        if self._size > _MOST:
            raise Unreadable("the files that it imports are too large")
        self._parsed[module] = parse(text)
        return self._parsed[module]


def _dotted(source: Source, node: ast.AST) -> Iterator[str]:
    """The names by which `node` may mean something in another file."""
    if isinstance(node, ast.Import):
        yield from (item.name for item in node.names)
    elif isinstance(node, ast.ImportFrom) and (module := module_of(source, node)):
        yield from (module if item.name == "*" else f"{module}.{item.name}" for item in node.names)
    elif isinstance(node, ast.Name | ast.Attribute | ast.Call):
        yield from resolve(source, node)
        if isinstance(node, ast.Name) and node.id not in source.aliases:
            yield from (f"{module}.{node.id}" for module in source.stars)


def _longest(name: str, modules: Container[str]) -> str:
    """The longest beginning of a dotted name that is one of `modules`."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name
