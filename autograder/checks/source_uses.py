"""Every use of a name in a part of a student's files: a function, a class, and the code of theirs that it reaches."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from autograder.checks.source_files import Files
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
    module: str = ""  # where it stands; "" for the entry file


def uses(source: Source, within: str | None = None) -> Iterator[Use]:
    """The uses inside the function or class `within` ("softmax", "Net.forward") and all module-level code it reaches,
    in this file and in others; in the whole file and all it imports if `within` is None, or not defined there.
    Unreadable if a file it reaches can't be read."""
    files = Files(source, whole=not within)
    for inside, part in _reached(source, within, files):
        for node in ast.walk(part):
            found = list(_uses_of(inside, node))
            found += (Use(name, getattr(node, "lineno", 0), computed=True) for name in files.compiled(inside, node))
            yield from (replace(use, module=inside.text.name) for use in found)


def _reached(source: Source, within: str | None, files: Files) -> list[tuple[Source, ast.AST]]:
    waiting = [(source, part) for part in _find(source, within)] if within else []
    waiting = waiting or [(source, source.tree)]
    reached: dict[int, tuple[Source, ast.AST]] = {}
    while waiting:
        inside, part = waiting.pop()
        if id(part) in reached:
            continue
        reached[id(part)] = inside, part
        nodes = list(ast.walk(part))
        owners = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}  # "ops" of "ops.softmax"
        for node in nodes:
            waiting.extend(_defined(inside, node, files))
            if id(node) not in owners:
                waiting.extend(files.parts(inside, node))
    return list(reached.values())


def _defined(source: Source, node: ast.AST, files: Files) -> list[tuple[Source, ast.AST]]:
    if isinstance(node, ast.Name):
        return [(source, part) for part in source.definitions.get(node.id, [])]
    if isinstance(node, ast.Attribute) and _is_own(node):
        found = [(source, part) for part in source.methods.get(node.attr, [])]
        return found or files.inherited(source, node.attr)
    return []


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
    elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
        yield Use("@", node.lineno)


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
