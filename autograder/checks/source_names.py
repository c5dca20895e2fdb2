"""What the names in a student's file really mean, read from the syntax tree without running anything.

`import torch as t`, `from torch.nn import functional as G`, `s = torch.softmax`, `getattr(torch, "soft" + "max")`,
`__import__("torch")` all lead to the same dotted name. Nothing here recurses over the tree, which a student
can make as deep as Python's parser allows.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass, field

from autograder.checks.source_text import SourceText

_MAX_CHAIN = 32  # parts of one dotted name
_IMPORTERS = {"__import__", "builtins.__import__", "importlib.import_module", "importlib.__import__"}
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(slots=True)
class Source:
    """A parsed file with its aliases, its module-level definitions, and the methods of its classes."""

    text: SourceText
    tree: ast.Module
    aliases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stars: set[str] = field(default_factory=set)  # modules of `from torch import *`
    definitions: dict[str, list[ast.AST]] = field(default_factory=lambda: defaultdict(list))
    methods: dict[str, list[ast.AST]] = field(default_factory=lambda: defaultdict(list))

    def meanings(self, name: str) -> set[str]:
        """The dotted names a plain name may stand for; itself if nothing is known of it."""
        return self.aliases.get(name) or {name}


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
