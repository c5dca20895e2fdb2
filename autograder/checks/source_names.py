"""Which names a student's file uses, and what they really mean, read from the syntax tree without running anything.

`import torch as t`, `from torch.nn import functional as G`, `s = torch.softmax`, `getattr(torch, "soft" + "max")`,
`__import__("torch")` all lead to the same dotted name. The source is untrusted: its size is capped, nothing here
recurses over the tree, and aliases are followed a limited number of times.
"""

from __future__ import annotations

import ast
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_SOURCE = 300_000  # characters; the largest solution of the course has about ten thousand
_MAX_CHAIN = 32  # parts of one dotted name
_ROUNDS = 4  # aliases of aliases of aliases
_IMPORTERS = {"__import__", "builtins.__import__", "importlib.import_module", "importlib.__import__"}
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Unreadable(Exception):
    """The source is not Python, or too large or too deeply nested to look at. `line` is 0 if unknown."""

    def __init__(self, why: str, line: int = 0) -> None:
        self.line = line
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Use:
    """One name as it is used: `name` fully spelled ("torch.nn.functional.softmax"), or "?.softmax" for an attribute of
    something that is not known. `dynamic` marks a name that is computed while the program runs."""

    name: str
    line: int
    dynamic: bool = False
    own: bool = False  # an attribute of self or cls


@dataclass(slots=True)
class Source:
    """A parsed file with its aliases and its module-level definitions."""

    tree: ast.Module
    aliases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stars: set[str] = field(default_factory=set)  # modules of `from torch import *`
    definitions: dict[str, list[ast.AST]] = field(default_factory=lambda: defaultdict(list))


def parse(text: object) -> Source:
    """The source with every alias resolved; Unreadable if it can't be read."""
    if not isinstance(text, str) or len(text) > MAX_SOURCE:
        raise Unreadable("the file is too large" if isinstance(text, str) else "there is no source")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in the student's strings
            tree = ast.parse(text)
    except SyntaxError as error:
        raise Unreadable("the file is not valid Python", error.lineno or 0) from None
    except (RecursionError, MemoryError, ValueError, OverflowError):
        raise Unreadable("the file is nested too deeply, or holds null bytes") from None
    source = Source(tree)
    _collect(source)
    return source


def _collect(source: Source) -> None:
    assigned: list[tuple[str, ast.expr]] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                bound = item.asname or item.name.partition(".")[0]
                source.aliases[bound].add(item.name if item.asname else bound)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for item in node.names:
                if item.name == "*":
                    source.stars.add(node.module)
                else:
                    source.aliases[item.asname or item.name].add(f"{node.module}.{item.name}")
        else:
            assigned.extend(_assignments(node))
    for _ in range(_ROUNDS):
        for name, value in assigned:
            found = {dotted for dotted in resolve(source, value) if not dotted.startswith("?") and dotted != name}
            source.aliases[name] |= set(sorted(found)[:8])
    for name, node in _module_level(source.tree):
        source.definitions[name].append(node)


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
        yield from ((name, value) for name, value in _assignments(node))
        waiting.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt | ast.ExceptHandler))


def resolve(source: Source, node: ast.expr) -> set[str]:
    """Every dotted name an expression may stand for; "?.x" for the attribute x of something unknown."""
    parts: list[str] = []
    while len(parts) < _MAX_CHAIN:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call) and (name := _looked_up(node)) is not None:
            parts.append(name)
            node = node.args[0]
        else:
            break
    tail = "." + ".".join(reversed(parts)) if parts else ""
    return {_shortened(root + tail) for root in _roots(source, node)}


def _roots(source: Source, node: ast.expr) -> set[str]:
    if isinstance(node, ast.Name):
        return source.aliases.get(node.id) or {node.id}
    if isinstance(node, ast.Call) and _is_import(source, node):
        module = text_of(node.args[0]) if node.args else None
        if module is not None:
            # __import__("a.b") gives a; import_module("a.b") gives a.b
            inner = isinstance(node.func, ast.Name) and node.func.id == "__import__"
            return {module.partition(".")[0] if inner else module}
    return {"?"}


def _is_import(source: Source, node: ast.Call) -> bool:
    func = node.func
    if isinstance(func, ast.Name):
        return bool((source.aliases.get(func.id) or {func.id}) & _IMPORTERS)
    return isinstance(func, ast.Attribute) and func.attr in ("import_module", "__import__")


def _looked_up(node: ast.Call) -> str | None:
    """The constant name in getattr(x, "name")."""
    named = isinstance(node.func, ast.Name) and node.func.id == "getattr"
    return text_of(node.args[1]) if named and len(node.args) >= 2 else None


def text_of(node: ast.expr, depth: int = 8) -> str | None:
    """The text of a constant string, also where it is put together from constants by +."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value[:200]
    if depth and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text_of(node.left, depth - 1), text_of(node.right, depth - 1)
        return None if left is None or right is None else left + right
    return None


def _shortened(dotted: str) -> str:
    """Modules of torch hold torch itself: torch.nn.functional.torch.softmax is torch.softmax."""
    parts = dotted.split(".")
    again = max((place for place, part in enumerate(parts) if part == "torch"), default=0)
    return ".".join(parts[again:]) if again and parts[0] == "torch" else dotted
