"""A student's file as a syntax tree with its aliases resolved.

The source is untrusted: its size is capped, whatever the parser refuses is Unreadable, and aliases are followed a
limited number of times.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from autograder.checks.source_names import Definition, Source, resolve

MAX_SOURCE = 100_000  # characters; the largest solution of the course has about ten thousand
_ROUNDS = 4  # aliases of aliases of aliases
_MEANINGS = 8  # things one name may stand for


class Unreadable(Exception):
    """The source is not Python, or too large or too deeply nested to look at. `line` is 0 if unknown."""

    def __init__(self, why: str, line: int = 0) -> None:
        self.line = line
        super().__init__(why)


def parse(text: object) -> Source:
    """The source with every alias resolved; Unreadable if it can't be read."""
    if not isinstance(text, str):
        raise Unreadable("there is no source")
    if len(text) > MAX_SOURCE:
        raise Unreadable("it is too large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in the student's strings
            source = Source(ast.parse(text))
    except SyntaxError as error:
        raise Unreadable("it is not valid Python", error.lineno or 0) from None
    except (RecursionError, MemoryError, ValueError, OverflowError):
        raise Unreadable("it is nested too deeply, or holds null bytes") from None
    _collect(source)
    return source


def _collect(source: Source) -> None:
    assigned: list[tuple[str, ast.expr]] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            _imported(source, node)
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, Definition):
                    source.methods[inner.name].append(inner)
        else:
            assigned.extend(_assignments(node))
    for _ in range(_ROUNDS):
        for name, value in assigned:
            found = sorted(dotted for dotted in resolve(source, value) if dotted[0] != "?" and dotted != name)
            if found:
                source.aliases[name] |= set(found[: _MEANINGS - len(source.aliases[name])])
    for name, part in _module_level(source.tree):
        source.definitions[name].append(part)


def _imported(source: Source, node: ast.Import | ast.ImportFrom) -> None:
    for item in node.names:
        if isinstance(node, ast.Import):
            bound = item.asname or item.name.partition(".")[0]
            source.aliases[bound].add(item.name if item.asname else bound)
        elif node.module and not node.level:
            if item.name == "*":
                source.stars.add(node.module)
            else:
                source.aliases[item.asname or item.name].add(f"{node.module}.{item.name}")


def _assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """`s = torch.softmax`, also as a default argument, a walrus, or item by item of a tuple."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _pairs(target, node.value)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield from _pairs(node.target, node.value)
    elif isinstance(node, ast.arguments):
        positional = [*node.posonlyargs, *node.args]
        yield from ((arg.arg, value) for arg, value in zip(reversed(positional), reversed(node.defaults), strict=False))
        yield from ((arg.arg, value) for arg, value in zip(node.kwonlyargs, node.kw_defaults, strict=True) if value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        yield from ((t.id, v) for t, v in zip(target.elts, value.elts, strict=False) if isinstance(t, ast.Name))


def _module_level(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """What the module's names stand for, also where it is defined inside if, try, for or with."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Definition):
            yield node.name, node
            continue
        yield from _assignments(node)
        waiting.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt | ast.ExceptHandler))
