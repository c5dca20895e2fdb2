"""Every use of a name in a part of a student's file: a function, a class, and the code of the module they call."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.checks.source_names import Definition, Source, Use, resolve, text_of

_DYNAMIC = {"eval", "exec", "compile", "globals", "vars", "locals", "__builtins__"}
_LOOKUPS = {"__dict__", "__getattribute__", "__getattr__", "attrgetter", "methodcaller"}


def uses(source: Source, within: str | None = None) -> Iterator[Use]:
    """The uses inside the function or class `within` ("softmax", "Net.forward") and all module-level code it reaches;
    in the whole file if `within` is None or is not defined there."""
    for part in _reached(source, within):
        for node in ast.walk(part):
            yield from _uses_of(source, node)


def _reached(source: Source, within: str | None) -> list[ast.AST]:
    start = _find(source, within) if within else []
    if not start:
        return [source.tree]
    reached, waiting, seen = [], list(start), set()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        reached.append(part)
        for node in ast.walk(part):
            if isinstance(node, ast.Name):
                waiting.extend(source.definitions.get(node.id, ()))
    return reached


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
    elif isinstance(node, ast.Subscript):
        key = text_of(node.slice)
        if key is not None:  # torch.__dict__["softmax"], vars(torch)["softmax"], globals()["F"]
            yield Use(f"?.{key}", node.lineno, own=True)


def _named(source: Source, node: ast.Attribute | ast.Name) -> Iterator[Use]:
    own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
    for name in resolve(source, node):
        yield Use(name, node.lineno, own=own)
        if isinstance(node, ast.Name) and name == node.id:
            yield from (Use(f"{module}.{name}", node.lineno) for module in source.stars)
    last = node.attr if isinstance(node, ast.Attribute) else node.id
    if last in (_LOOKUPS if isinstance(node, ast.Attribute) else _DYNAMIC):
        yield Use(last, node.lineno, dynamic=True)


def _called(source: Source, node: ast.Call) -> Iterator[Use]:
    func = node.func
    named = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    if named == "getattr" and len(node.args) >= 2:
        if text_of(node.args[1]) is None:
            yield Use("getattr", node.lineno, dynamic=True)
        else:
            yield from (Use(name, node.lineno) for name in resolve(source, node))
    elif named in ("__import__", "import_module"):
        known = bool(node.args) and text_of(node.args[0]) is not None
        names = resolve(source, node) if known else {named}
        yield from (Use(name, node.lineno, dynamic=not known) for name in names)
    elif named in ("attrgetter", "methodcaller") and node.args and text_of(node.args[0]) is not None:
        yield Use(f"?.{text_of(node.args[0])}", node.lineno)
