"""A student's file as a syntax tree with its aliases resolved.

The source is untrusted: its size is capped, whatever the parser refuses is Unreadable, and aliases are followed a
limited number of times.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from autograder.checks.source_names import Definition, Source, resolve
from autograder.checks.source_text import SourceText

MAX_SOURCE = 100_000  # characters; the largest solution of the course has about ten thousand
_ROUNDS = 4  # aliases of aliases of aliases
_MEANINGS = 8  # things one name may stand for


class Unreadable(Exception):
    """The source is not Python, or too large or too deeply nested to look at. `line` is 0 if unknown; `module` is ""
    for the entry file."""

    def __init__(self, why: str, line: int = 0, module: str = "") -> None:
        self.line, self.module = line, module
        super().__init__(why)


def parse(text: object) -> Source:
    """The source with every alias resolved; Unreadable if it can't be read."""
    if not isinstance(text, str):
        raise Unreadable("there is no source")
    text = text if isinstance(text, SourceText) else SourceText(text)
    if len(text) > MAX_SOURCE:
        raise Unreadable("it is too large", module=text.name)
    if text.strange:
        raise Unreadable(f"it says that it is written in {text.strange}; save it as UTF-8", module=text.name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in the student's strings
            source = Source(text, ast.parse(str(text)))
    except SyntaxError as error:
        raise Unreadable("it is not valid Python", error.lineno or 0, text.name) from None
    except (RecursionError, MemoryError, ValueError, OverflowError):
        raise Unreadable("it is nested too deeply, or holds null bytes", module=text.name) from None
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
        elif (module := module_of(source, node)) and item.name == "*":
            source.stars.add(module)
        elif module:
            source.aliases[item.asname or item.name].add(f"{module}.{item.name}")


def module_of(source: Source, node: ast.ImportFrom) -> str:
    """The module a `from ... import` means; `from .ops import f` beside this one, or in it if it is a package."""
    if not node.level:
        return node.module or ""
    beside = source.text.name.split(".")
    beside = beside[: len(beside) - node.level + source.text.package]
    return ".".join([*beside, node.module] if node.module else beside)


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
