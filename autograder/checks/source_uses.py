"""Every use of a name in a part of a student's file: a function, a class, and the code of the module they call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.checks.source_names import Definition, Source, imports, resolve, text_of

# ways to reach a name that is computed while the program runs
_COMPUTED = {"eval", "exec", "globals", "vars", "__builtins__", "__dict__", "__getattribute__", "__getattr__"}
_COMPUTED |= {"attrgetter", "methodcaller", "sys.modules"}


@dataclass(frozen=True, slots=True)
class Use:
    """One name as it is used: `name` fully spelled ("torch.nn.functional.softmax"), or "?.softmax" for an attribute of
    something that is not known. `computed` marks a way to names that can't be read in the source."""

    name: str
    line: int
    computed: bool = False
    own: bool = False  # an attribute of self or cls


def uses(source: Source, within: str | None = None) -> Iterator[Use]:
    """The uses inside the function or class `within` ("softmax", "Net.forward") and all module-level code it reaches;
    in the whole file if `within` is None or is not defined there."""
    for part in _reached(source, within):
        for node in ast.walk(part):
            yield from _uses_of(source, node)


def _reached(source: Source, within: str | None) -> list[ast.AST]:
    waiting = _find(source, within) if within else []
    if not waiting:
        return [source.tree]
    reached: dict[int, ast.AST] = {}
    while waiting:
        part = waiting.pop()
        if id(part) in reached:
            continue
        reached[id(part)] = part
        for node in ast.walk(part):
            if isinstance(node, ast.Name):
                waiting.extend(source.definitions.get(node.id, ()))
            elif isinstance(node, ast.Attribute) and _is_own(node):
                waiting.extend(source.methods.get(node.attr, ()))
    return list(reached.values())


def _find(source: Source, within: str) -> list[ast.AST]:
    name, _, method = within.partition(".")
    found = list(source.definitions.get(name, ()))
    if not method:
        return found
    inside = [inner for outer in found if isinstance(outer, ast.ClassDef) for inner in outer.body]
    return [inner for inner in inside if isinstance(inner, Definition) and inner.name == method]


def _uses_of(source: Source, node: ast.AST) -> Iterator[Use]:
    if isinstance(node, ast.Attribute | ast.Name):
        yield from _named(source, node)
    elif isinstance(node, ast.Call):
        yield from _called(source, node)
    elif isinstance(node, ast.Import):
        yield from (Use(item.name, node.lineno) for item in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from (Use(f"{node.module}.{item.name}", node.lineno) for item in node.names)


def _named(source: Source, node: ast.Attribute | ast.Name) -> Iterator[Use]:
    own = isinstance(node, ast.Attribute) and _is_own(node)
    for name in resolve(source, node):
        yield Use(name, node.lineno, own=own)
        last = name.rpartition(".")[2]
        if not own and isinstance(node.ctx, ast.Load) and not _COMPUTED.isdisjoint({name, last}):
            yield Use(last if last in _COMPUTED else name, node.lineno, computed=True)
    if isinstance(node, ast.Name) and node.id not in source.aliases:
        yield from (Use(f"{module}.{node.id}", node.lineno) for module in source.stars)


def _called(source: Source, node: ast.Call) -> Iterator[Use]:
    module = imports(source, node)
    if module is not None:
        yield Use(module or "import_module", node.lineno, computed=not module)
    elif isinstance(node.func, ast.Name) and "getattr" in source.meanings(node.func.id) and len(node.args) >= 2:
        yield from (Use(name, node.lineno) for name in resolve(source, node))
        if text_of(node.args[1]) is None and not _is_self(node.args[0]):
            yield Use("getattr", node.lineno, computed=True)


def _is_own(node: ast.Attribute) -> bool:
    return _is_self(node.value)


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")
