"""A solution with some of its top-level functions, classes and values exchanged: how a known mistake stays short."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from autograder.course.markers import END, START, lines_of, tree_of

NOTES = frozenset({"TRIPS", "ALSO"})  # what a mistake says about itself


@dataclass(frozen=True, slots=True)
class Piece:
    """One top-level statement, or several that share a line."""

    start: int  # lines from 1, decorators included
    end: int
    names: frozenset[str]  # what it defines, for functions, classes and assignments
    imports: bool
    text: str


def overlay(master: str, variant: str, name: str = "variant") -> str:
    """The master's text with everything that the variant defines put in its place.

    What the variant defines anew stands just before the next thing it replaces, or at the end; its imports come after
    the master's. The variant's docstring, TRIPS and ALSO are left out. `name` is the variant's in messages.
    """
    kept = [line for line in lines_of(master) if line.strip() not in (START, END)]
    base = pieces("\n".join(kept), "solution")
    own = [piece for piece in pieces(variant, name) if not piece.names & NOTES and not _is_docstring(piece)]
    known = {piece.text for piece in base}
    imports = [piece for piece in own if piece.imports and piece.text not in known]
    code = [piece for piece in own if not piece.imports and (piece.names or piece.text not in known)]
    given = frozenset(name for piece in code for name in piece.names)
    gone = {index for index, piece in enumerate(base) if piece.names and piece.names <= given}
    inserted, rest = _places(base, code, gone)
    out, done = [], 0
    last_import = _last_import(base)
    for index, piece in enumerate(base):
        out += kept[done : piece.start - 1]
        out += [] if index in gone else kept[piece.start - 1 : piece.end]
        out += _lines(inserted.get(index, []))
        out += [each.text for each in imports] if index == last_import else []
        done = piece.end
    out += kept[done:]
    head = [each.text for each in imports] if last_import < 0 else []
    text = "\n".join(head + out).rstrip("\n") + "\n"
    text += "".join(f"\n\n{piece.text}\n" for piece in rest)
    tree_of(text, name)
    return text


def pieces(source: str, name: str) -> list[Piece]:
    """The top-level statements of a file in order."""
    lines = lines_of(source)
    found: list[Piece] = []
    for node in tree_of(source, name).body:
        start = min([node.lineno, *(mark.lineno for mark in getattr(node, "decorator_list", []))])
        end, names = node.end_lineno or start, _names(node)
        imports = isinstance(node, ast.Import | ast.ImportFrom)
        if found and start <= found[-1].end:  # `a = 1; b = 2`
            last = found.pop()
            start, names, imports = last.start, names | last.names, imports and last.imports
        found.append(Piece(start, end, names, imports, "\n".join(lines[start - 1 : end])))
    return found


def defined(source: str, name: str) -> frozenset[str]:
    """The names of all top-level functions, classes and values of a file."""
    return frozenset(each for piece in pieces(source, name) for each in piece.names)


def _names(node: ast.stmt) -> frozenset[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return frozenset({node.name})
    if isinstance(node, ast.Assign):
        inside = [part for target in node.targets for part in ast.walk(target)]
        return frozenset(part.id for part in inside if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store))
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return frozenset({node.target.id})
    return frozenset()


def _places(base: list[Piece], code: list[Piece], gone: set[int]) -> tuple[dict[int, list[Piece]], list[Piece]]:
    """Which pieces of the variant come where the base has its piece of that index, and which at the end."""
    inserted: dict[int, list[Piece]] = {}
    waiting: list[Piece] = []
    for piece in code:
        same = [index for index, other in enumerate(base) if other.names & piece.names]
        waiting.append(piece)
        if same:
            index = next((index for index in same if index in gone), same[0])
            inserted.setdefault(index, []).extend(waiting)
            waiting = []
    return inserted, waiting


def _last_import(base: list[Piece]) -> int:
    """Index of the last import of the file's head, of its docstring if it imports nothing, -1 if there is neither."""
    last = -1
    for index, piece in enumerate(base):
        if not (piece.imports or (index == 0 and _is_docstring(piece))):
            break
        last = index
    return last


def _is_docstring(piece: Piece) -> bool:
    body = ast.parse(piece.text).body
    return len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(getattr(body[0].value, "value", None), str)


def _lines(pieces: list[Piece]) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        lines += ["", "", piece.text] if lines else [piece.text]
    return lines
