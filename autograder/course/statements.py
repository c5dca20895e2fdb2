"""One small change to a statement: left out, unwrapped, or another one in its place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from autograder.course.changes import OPERATORS, called

Change = tuple[list[ast.stmt], str]  # what stands there instead, and how it is called if its text does not say it
LEFT_OUT, ALWAYS, NEVER, BARE = "(left out)", "(always)", "(never)", "(without it)"
SETTINGS = frozenset({"no_grad", "inference_mode", "enable_grad", "set_grad_enabled", "autocast", "fork_rng"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


def replaced(node: ast.stmt, function: Function | None) -> Iterator[Change]:
    """Everything else that could stand in this statement's place; `function` is the one around it."""
    yield from TABLE.get(type(node), _nothing)(node, function)


def _nothing(_: ast.stmt, __: Function | None) -> Iterator[Change]:
    return iter(())


def _gone() -> Change:
    return [ast.Pass()], LEFT_OUT


def _expression(node: ast.Expr, _: Function | None) -> Iterator[Change]:
    if not isinstance(node.value, ast.Constant):
        yield _gone()


def _assign(node: ast.Assign, function: Function | None) -> Iterator[Change]:
    """Left out, unless that would only leave a name without a value."""
    parts = [part for target in node.targets for part in ast.walk(target)]
    names = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    attributes = any(isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store) for part in parts)
    fresh = function is None or not names <= set(_known(function, node.lineno))
    if not fresh and not (attributes and function is not None and function.name == "__init__"):
        yield _gone()


def _augmented(node: ast.AugAssign, _: Function | None) -> Iterator[Change]:
    if type(node.op) in OPERATORS:
        yield [ast.AugAssign(node.target, OPERATORS[type(node.op)](), node.value)], ""
    yield [ast.Assign([node.target], node.value, lineno=node.lineno)], ""
    yield _gone()


def _if(node: ast.If, _: Function | None) -> Iterator[Change]:
    yield node.body, ALWAYS
    yield node.orelse or [ast.Pass()], NEVER


def _with(node: ast.With, _: Function | None) -> Iterator[Change]:
    calls = [item.context_expr for item in node.items]
    if any(isinstance(call, ast.Call) and called(call) in SETTINGS for call in calls):
        yield node.body, BARE


def _break(_: ast.Break, __: Function | None) -> Iterator[Change]:
    yield [ast.Continue()], ""


def _continue(_: ast.Continue, __: Function | None) -> Iterator[Change]:
    yield [ast.Break()], ""
    yield _gone()


def _return(node: ast.Return, function: Function | None) -> Iterator[Change]:
    """Another variable: the one that got its value last, and the first parameter."""
    if not isinstance(node.value, ast.Name) or function is None:
        return
    known = [name for name in _known(function, node.lineno) if name not in (node.value.id, "self", "cls")]
    for name in dict.fromkeys([*known[:1], *known[-1:]]):
        yield [ast.Return(ast.Name(name, ast.Load()))], ""


def _function(node: Function, _: Function | None) -> Iterator[Change]:
    """Without one of its decorators."""
    for place in range(len(node.decorator_list)):
        parts = {name: getattr(node, name) for name in node._fields}
        parts["decorator_list"] = [*node.decorator_list[:place], *node.decorator_list[place + 1 :]]
        yield [type(node)(**parts, lineno=node.lineno)], BARE


def _known(function: Function, line: int) -> list[str]:
    """The names that have a value before `line`: parameters, then variables in the order of their last assignment."""
    given = function.args
    parameters = [arg.arg for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    stored = [part for part in ast.walk(function) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
    last = {part.id: part.lineno for part in sorted(stored, key=lambda part: part.lineno) if part.lineno < line}
    return [*parameters, *sorted(last.keys() - set(parameters), key=lambda name: (last[name], name))]


TABLE: dict[type[ast.stmt], Callable[..., Iterator[Change]]] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.If: _if,
    ast.With: _with,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Return: _return,
    ast.FunctionDef: _function,
}
