"""Mutants: the solution with one small change inside its answers, as a check should notice it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from autograder.course.changes import changed, literal
from autograder.course.markers import Region, lines_of, regions, tree_of
from autograder.course.statements import Function, replaced

TELLING, TOO_LONG = 16, 100  # characters of a change that say enough, and that nobody reads
UNTOUCHED = frozenset({"annotation", "returns", "exc", "msg", "decorator_list", "type_comment"})
Place = tuple[ast.AST, str, int | None]  # whose field it is, which one, and where in it if it is a list


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. `key` names it as long as the code around it stays, wherever it moves: for `equivalent.yml`."""

    place: str  # "softmax", "SoftmaxRegression.fit", "" for the module itself
    line: int  # of the solution
    before: str
    after: str
    key: str
    source: str

    @property
    def text(self) -> str:
        return f"{self.before} -> {self.after}"


@dataclass(frozen=True, slots=True)
class _Spot:
    """A node inside an answer: where it hangs, what stands around it (outermost first)."""

    node: ast.expr | ast.stmt
    at: Place
    around: tuple[ast.AST, ...]


def mutants(source: str, name: str = "solution") -> list[Mutant]:
    """All mutants in the order of the file. None has the text of the solution or of another one."""
    tree, lines, found = tree_of(source, name), lines_of(source), regions(source, name)
    made: list[Mutant] = []
    for top in tree.body:
        seen = {ast.unparse(top)}
        start = min([top.lineno, *(mark.lineno for mark in getattr(top, "decorator_list", []))])
        head, tail = lines[: start - 1], lines[top.end_lineno :]
        for spot in _spots(top, found, (tree, "body", tree.body.index(top)), ()):
            for before, after, text in _edits(spot, tree, top):
                if text not in seen:
                    seen.add(text)
                    whole = "\n".join([*head, text, *tail])
                    made.append(Mutant(_name(spot), spot.node.lineno, before, after, "", whole))
    return _with_keys(made)


def sample(made: Sequence[Mutant], most: int | None, seed: int) -> list[Mutant]:
    """At most `most` of them, spread evenly over the file; the seed says where the spreading begins."""
    if most is None or len(made) <= most:
        return list(made)
    step = len(made) / most
    start = Random(seed).random() * step
    return [made[min(int(start + number * step), len(made) - 1)] for number in range(most)]


def hollowed(source: str, name: str = "solution") -> dict[str, str]:
    """For each function or method with an answer in it: the solution where just that one raises NotImplementedError."""
    tree, lines, found = tree_of(source, name), lines_of(source), regions(source, name)
    made: dict[str, str] = {}
    for place, function in _functions(tree):
        if any(_overlaps(function, region) for region in found):
            first = function.body[0]
            indent = " " * first.col_offset
            head, tail = lines[: first.lineno - 1], lines[function.end_lineno :]
            if first.lineno > function.lineno:  # else it is all on one line
                made[place] = "\n".join([*head, f"{indent}raise NotImplementedError", *tail])
    return made


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    for top in tree.body:
        if isinstance(top, Function):
            yield top.name, top
        elif isinstance(top, ast.ClassDef):
            yield from ((f"{top.name}.{each.name}", each) for each in top.body if isinstance(each, Function))


def _overlaps(node: ast.stmt, region: Region) -> bool:
    return node.lineno < region.end and (node.end_lineno or node.lineno) > region.start


def _spots(node: ast.AST, found: list[Region], at: Place, around: tuple[ast.AST, ...]) -> Iterator[_Spot]:
    """Every expression and statement in an answer, outer ones first; nothing inside messages and annotations."""
    if isinstance(node, ast.expr | ast.stmt):
        end = node.end_lineno or node.lineno
        if any(region.start < node.lineno and end < region.end for region in found):
            yield _Spot(node, at, around)
        elif not any(_overlaps_lines(node.lineno, end, region) for region in found):
            return
    if isinstance(node, ast.JoinedStr) or literal(node) is not None:
        return
    for field, value in ast.iter_fields(node):
        if field in UNTOUCHED:
            continue
        for index, part in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(part, ast.AST):
                yield from _spots(
                    part, found, (node, field, index if isinstance(value, list) else None), (*around, node)
                )


def _overlaps_lines(start: int, end: int, region: Region) -> bool:
    return start < region.end and end > region.start


def _name(spot: _Spot) -> str:
    names = [each.name for each in (*spot.around, spot.node) if isinstance(each, Function | ast.ClassDef)]
    return ".".join(names[:2] if spot.around and isinstance(spot.around[0], ast.ClassDef) else names[:1])


def _edits(spot: _Spot, tree: ast.Module, top: ast.stmt) -> Iterator[tuple[str, str, str]]:
    """Before, after, and the text of the top-level statement for each change of a spot. The tree is left as it was."""
    if isinstance(spot.node, ast.expr):
        parent = spot.around[-1]
        shown = _telling(spot)
        before = _line(shown)
        for other in changed(spot.node, parent):
            text, after = _tried(spot.at, [other], tree, top, other if shown is spot.node else shown)
            yield before, after, text
        return
    functions = [each for each in spot.around if isinstance(each, Function)]
    before = _line(spot.node)
    for others, said in replaced(spot.node, functions[-1] if functions else None):
        text, after = _tried(spot.at, others, tree, top, others[0])
        yield before, said or after, text


def _tried(at: Place, others: Sequence[ast.AST], tree: ast.Module, top: ast.stmt, shown: ast.AST) -> tuple[str, str]:
    """The text of the top-level statement with the change in it, and of the part that is shown; then takes it back."""
    owner, field, index = at
    value = getattr(owner, field)
    put = [*value[:index], *others, *value[index + 1 :]] if index is not None else others[0]
    setattr(owner, field, put)
    try:
        changed_top: Sequence[ast.stmt] = [top] if owner is not tree else tree.body[index : (index or 0) + len(others)]
        return "\n".join(ast.unparse(each) for each in changed_top), _line(shown)
    finally:
        setattr(owner, field, value)


def _telling(spot: _Spot) -> ast.AST:
    """The node itself, or what stands around it if it says too little: `1` alone is no description."""
    shown: ast.AST = spot.node
    for outer in reversed(spot.around):
        if len(_line(shown)) >= TELLING or isinstance(shown, ast.stmt):
            break
        if isinstance(outer, ast.expr | ast.stmt) and not isinstance(outer, ast.Attribute):  # that is half a call
            if len(_line(outer)) > TOO_LONG:
                break
            shown = outer
    return shown


def _line(node: ast.AST) -> str:
    """The code in one line; of a compound statement its first."""
    return ast.unparse(node).split("\n")[0]


def _with_keys(made: list[Mutant]) -> list[Mutant]:
    """The same change can be made twice in a function: the second one is numbered."""
    count: Counter[str] = Counter()
    named = []
    for mutant in made:
        key = f"{mutant.place}: {mutant.text}"
        count[key] += 1
        named.append(replace(mutant, key=key if count[key] == 1 else f"{key} ({count[key]})"))
    return named
