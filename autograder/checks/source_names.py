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
_MEANINGS = 8  # things one name may stand for
_IMPORTERS = {"__import__", "builtins.__import__", "importlib.import_module", "importlib.__import__"}
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Unreadable(Exception):
    """The source is not Python, or too large or too deeply nested to look at. `line` is 0 if unknown."""

    def __init__(self, why: str, line: int = 0) -> None:
        self.line = line
        super().__init__(why)


@dataclass(slots=True)
class Source:
    """A parsed file with its aliases, its module-level definitions, and the methods of its classes."""

    tree: ast.Module
    aliases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stars: set[str] = field(default_factory=set)  # modules of `from torch import *`
    definitions: dict[str, list[ast.AST]] = field(default_factory=lambda: defaultdict(list))
    methods: dict[str, list[ast.AST]] = field(default_factory=lambda: defaultdict(list))

    def meanings(self, name: str) -> set[str]:
        """The dotted names a plain name may stand for; itself if nothing is known of it."""
        return self.aliases.get(name) or {name}


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


def resolve(source: Source, node: ast.expr) -> set[str]:
    """Every dotted name an expression may stand for; "?.x" for the attribute x of something unknown."""
    parts: list[str] = []
    while len(parts) < _MAX_CHAIN:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call) and (name := _looked_up(source, node)) is not None:
            parts.append(name)
            node = node.args[0]
        else:
            break
    return {_shortened(".".join([root, *reversed(parts)])) for root in _roots(source, node)}


def _roots(source: Source, node: ast.expr) -> set[str]:
    if isinstance(node, ast.Name):
        return source.meanings(node.id)
    module = imports(source, node)
    return {module} if module else {"?"}


def imports(source: Source, node: ast.AST) -> str | None:
    """The module that __import__("a.b") or import_module("a.b") gives; "" if its name is computed; None if `node` is
    no such call."""
    if not isinstance(node, ast.Call):
        return None
    names = {name for name in resolve(source, node.func) if name in _IMPORTERS}
    if not names:
        return None
    module = text_of(node.args[0]) if node.args else None
    if module is None:
        return ""
    return module.partition(".")[0] if all(name.endswith("__import__") for name in names) else module


def _looked_up(source: Source, node: ast.Call) -> str | None:
    """The constant name in getattr(x, "name")."""
    named = isinstance(node.func, ast.Name) and "getattr" in source.meanings(node.func.id)
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
    return ".".join(parts[again:]) if parts[0] == "torch" else dotted
