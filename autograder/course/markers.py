"""Answer regions of a solution, and the stub that is left when they are cut out.

    # answer
    ...
    # end answer

A region inside a function becomes `raise NotImplementedError`; at the top of the file or of a class it is removed.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass

from autograder.course.yaml_marks import at
from autograder.errors import ConfigError, Fault

START, END = "# answer", "# end answer"
MEANT = {"answer": START, "answers": START, "end answer": END, "end answers": END, "endanswer": END, "answer end": END}
RAISE = "raise NotImplementedError"


@dataclass(frozen=True, slots=True)
class Region:
    """One answer: the lines of its markers, from 1, and their indentation."""

    start: int
    end: int
    indent: str

    def body(self, lines: list[str]) -> list[tuple[int, str]]:
        """The numbered lines of code between the markers, without blank lines and comments."""
        inside = enumerate(lines[self.start : self.end - 1], self.start + 1)
        return [(number, line) for number, line in inside if line.strip() and not line.lstrip().startswith("#")]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a function or class stands, decorators included."""

    name: str
    function: bool
    start: int
    end: int


def lines_of(source: str) -> list[str]:
    return source.replace("\r\n", "\n").split("\n")


def tree_of(source: str, name: str) -> ast.Module:
    """The syntax tree; a syntax error is a ConfigError with its place."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:
        line, column = getattr(error, "lineno", 1) or 1, getattr(error, "offset", 1) or 1
        raise ConfigError([Fault(at(name, (line, column)), f"not Python: {getattr(error, 'msg', error)}")]) from None


def regions(source: str, name: str) -> list[Region]:
    """The answer regions in order; markers that don't pair up are faults, all in one ConfigError."""
    tree_of(source, name)
    found: list[Region] = []
    faults: list[Fault] = []
    opened: tuple[int, str] | None = None
    for line, column, marker, indent in _markers(source, name, faults):
        where = at(name, (line, column))
        if marker == START and opened:
            faults.append(Fault(where, f"a second `{START}` before `{END}`", f"the first is in line {opened[0]}"))
        elif marker == START:
            opened = (line, indent)
        elif opened is None:
            faults.append(Fault(where, f"`{END}` without `{START}`"))
        else:
            if indent != opened[1]:
                faults.append(Fault(where, f"`{END}` is indented differently from its `{START}` in line {opened[0]}"))
            found.append(Region(opened[0], line, opened[1]))
            opened = None
    if opened:
        faults.append(Fault(at(name, (opened[0], len(opened[1]) + 1)), f"`{START}` without `{END}`"))
    if faults:
        raise ConfigError(faults)
    return found


def _markers(source: str, name: str, faults: list[Fault]) -> list[tuple[int, int, str, str]]:
    """Line, column, marker and indentation of every marker comment; a near miss is a fault, for it would leak."""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        meant = MEANT.get(re.sub(r"[\W_]+", " ", token.string).strip().lower())
        if token.type != tokenize.COMMENT or meant is None:
            continue
        (line, column), before = token.start, token.line[: token.start[1]]
        if before.strip():
            faults.append(Fault(at(name, (line, column + 1)), f"`{meant}` must stand on a line of its own"))
        elif token.string.rstrip() != meant:
            faults.append(Fault(at(name, (line, column + 1)), f"`{token.string}` is no marker", f"write `{meant}`"))
        else:
            found.append((line, column + 1, meant, before))
    return found


def cut(source: str, name: str = "solution") -> str:
    """The stub: the solution with every answer taken out. It compiles, or a ConfigError says why not."""
    lines, spans = lines_of(source), _spans(tree_of(source, name))
    found = regions(source, name)
    if not found:
        raise ConfigError([Fault(at(name, (1, 1)), f"no `{START}` here: the stub would be the solution")])
    faults: list[Fault] = []
    stub: list[str] = []
    done = 0  # lines already handled
    for region in found:
        stub += lines[done : region.start - 1]
        done = region.end
        if _inside_function(region, lines, spans, name, faults):
            stub.append(region.indent + RAISE)
        else:
            after = _blanks(lines[done:])
            done += after
            before = _blanks(stub[::-1])
            del stub[len(stub) - before :]
            stub += [""] * (max(before, after) if stub else 0)
    text = "\n".join(stub + lines[done:]).rstrip("\n") + "\n"
    if not faults:
        faults = _compile_faults(text, name)
    if faults:
        raise ConfigError(faults)
    return text


def _spans(tree: ast.Module) -> list[Span]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            start = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
            found.append(Span(node.name, not isinstance(node, ast.ClassDef), start, node.end_lineno or start))
    return found


def _inside_function(region: Region, lines: list[str], spans: list[Span], name: str, faults: list[Fault]) -> bool:
    """Whether the region is part of a function's body; a region that is no clean part of anything is a fault."""
    where, body = at(name, (region.start, len(region.indent) + 1)), region.body(lines)
    if not body:
        faults.append(Fault(where, "there is no code in this answer"))
        return False
    owners = [_owner(region, line, spans) for line, _ in (body[0], body[-1])]
    if owners[0] != owners[1]:
        inner = owners[0] or owners[1]
        faults.append(Fault(where, f'this answer goes beyond "{inner.name if inner else ""}"', f"move the `{END}`"))
    first = body[0][1]
    if first[: len(first) - len(first.lstrip())] != region.indent:
        faults.append(Fault(where, f"`{START}` is not indented like the code below it"))
    return bool(owners[0] and owners[0].function)


def _owner(region: Region, line: int, spans: list[Span]) -> Span | None:
    """The innermost function or class that begins above the region and holds the line."""
    holding = [span for span in spans if span.start < region.start and line <= span.end]
    return max(holding, key=lambda span: span.start, default=None)


def _blanks(lines: list[str]) -> int:
    return next((index for index, line in enumerate(lines) if line.strip()), len(lines))


def _compile_faults(stub: str, name: str) -> list[Fault]:
    try:
        compile(stub, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        line = lines_of(stub)[(error.lineno or 1) - 1].strip()
        return [Fault(at(name, (1, 1)), f"the stub cut from this file is not Python: {error.msg}, at `{line}`")]
    return []
