"""One small change to an expression, as a slip of the hand or of the mind would make it: the table of all of them.

`changed(node, parent)` yields other expressions for one. They share the parts that stay with the original, so they are
for writing out as source, not for changing any further.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.MatMult: ast.Mult},
    **{ast.Pow: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd},
}
ORDERED = (ast.Sub, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv, ast.Mod)  # a before b is not b before a
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    **{ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt)},
    **{ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,)},
    **{ast.In: (ast.NotIn,), ast.NotIn: (ast.In,)},
}
PAIRS = (
    *(("min", "max"), ("amin", "amax"), ("argmin", "argmax"), ("minimum", "maximum"), ("mean", "sum"), ("any", "all")),
    *(("clamp_min", "clamp_max"), ("cummin", "cummax"), ("cumsum", "cumprod"), ("triu", "tril"), ("floor", "ceil")),
    *(("zeros", "ones"), ("zeros_like", "ones_like"), ("new_zeros", "new_ones"), ("zeros_", "ones_")),
    *(("sin", "cos"), ("std", "var"), ("train", "eval"), ("randn", "rand"), ("square", "abs"), ("prod", "sum")),
    *(("add_", "sub_"), ("mul_", "div_"), ("no_grad", "enable_grad"), ("normal_", "uniform_"), ("hstack", "vstack")),
)
OTHER_NAME = {**{new: old for old, new in reversed(PAIRS)}, **dict(reversed(PAIRS))}  # the first pair of a name counts
STEPS = frozenset(  # methods whose result could stand in for what they are called on
    {
        *(
            "abs",
            "clamp",
            "clamp_",
            "clamp_max",
            "clamp_min",
            "clone",
            "conj",
            "contiguous",
            "copy",
            "detach",
            "double",
        ),
        *("exp", "exp_", "flip", "flatten", "float", "log", "log1p", "long", "neg", "reciprocal", "relu", "reshape"),
        *("requires_grad_", "rsqrt", "sigmoid", "softmax", "sort", "sqrt", "square", "squeeze", "tanh", "to"),
        *("transpose", "type", "unsqueeze", "view"),
    }
)
AXES = frozenset({"dim", "axis", "dim0", "dim1", "start_dim", "end_dim"})
KEPT_WORDS = frozenset({"device", "strict"})  # they change nothing on this device, and for arguments as promised
NAMES_OF_TYPES = frozenset({"isinstance", "issubclass", "hasattr", "getattr", "TypeVar"})
EITHER_WAY = frozenset({"add", "allclose", "dot", "eq", "hypot", "logaddexp", "maximum", "minimum", "mul", "ne"})
TINY = 1e-3  # a positive float up to here is there against dividing by zero


def changed(node: ast.expr, parent: ast.AST) -> Iterator[ast.expr]:
    """Every other expression that a change of this very node makes, not of its parts. `parent` holds the node."""
    if isinstance(parent, ast.keyword) and parent.arg in KEPT_WORDS:
        return
    number = literal(node)
    if number is not None:
        yield from (_constant(other) for other in _others(number, _is_axis(parent)))
    elif not (isinstance(node, ast.Tuple) and isinstance(parent, ast.Compare)):  # `in (a, b)`: in any order
        yield from TABLE.get(type(node), _nothing)(node)


def literal(node: ast.AST) -> int | float | bool | None:
    """The number or flag that stands here, its sign included."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = literal(node.operand)
        return None if inner is None or isinstance(inner, bool) else -inner
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    return None


def _others(value: int | float | bool, axis: bool) -> list[int | float | bool]:
    if isinstance(value, bool):
        return [not value]
    if axis:
        return [0 if value == -1 else -1 if value == 0 else value - 1]
    if isinstance(value, int):
        return [value + 1, value - 1, *([-value] if value < 0 else [])]
    if value == 0.0 or 0 < abs(value) <= TINY:
        return [0.0 if value else 1.0]
    return [0.0, 2 * value]


def _constant(value: int | float | bool) -> ast.expr:
    if isinstance(value, bool) or value >= 0:
        return ast.Constant(value)
    return ast.UnaryOp(ast.USub(), ast.Constant(-value))


def _is_axis(parent: ast.AST) -> bool:
    return isinstance(parent, ast.keyword) and parent.arg in AXES


def _nothing(_: ast.expr) -> Iterator[ast.expr]:
    return iter(())


def _binary(node: ast.BinOp) -> Iterator[ast.expr]:
    """Another operator, the operands the other way round, or without one of its terms."""
    left, right = node.left, node.right
    if type(node.op) in OPERATORS:
        yield ast.BinOp(left, OPERATORS[type(node.op)](), right)
    if isinstance(node.op, ast.Mult | ast.Div):
        yield ast.BinOp(left, ast.Add(), right)
    if isinstance(node.op, ORDERED):
        yield ast.BinOp(right, node.op, left)
    yield left
    if not isinstance(node.op, ast.Pow | ast.FloorDiv | ast.Mod):
        yield right


def _unary(node: ast.UnaryOp) -> Iterator[ast.expr]:
    yield node.operand


def _compare(node: ast.Compare) -> Iterator[ast.expr]:
    for place, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            yield ast.Compare(node.left, [*node.ops[:place], other(), *node.ops[place + 1 :]], node.comparators)


def _bool(node: ast.BoolOp) -> Iterator[ast.expr]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for place in range(len(node.values)):
        rest = [*node.values[:place], *node.values[place + 1 :]]
        yield ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]


def _choice(node: ast.IfExp) -> Iterator[ast.expr]:
    yield node.body
    yield node.orelse


def _tuple(node: ast.Tuple) -> Iterator[ast.expr]:
    if len(node.elts) > 1 and isinstance(node.ctx, ast.Load):
        yield ast.Tuple([node.elts[1], node.elts[0], *node.elts[2:]], ast.Load())


def _subscript(node: ast.Subscript) -> Iterator[ast.expr]:
    """A slice without one of its bounds, or with one moved by one; whole numbers move as constants do."""
    if not isinstance(node.slice, ast.Slice) or not isinstance(node.ctx, ast.Load):
        return
    lower, upper, step = node.slice.lower, node.slice.upper, node.slice.step
    for low, high in _bounds(lower, upper):
        yield ast.Subscript(node.value, ast.Slice(low, high, step), node.ctx)


def _bounds(lower: ast.expr | None, upper: ast.expr | None) -> Iterator[tuple[ast.expr | None, ast.expr | None]]:
    if lower is not None:
        yield None, upper
        yield from ((moved, upper) for moved in _moved(lower))
    if upper is not None:
        yield lower, None
        yield from ((lower, moved) for moved in _moved(upper))


def _moved(bound: ast.expr) -> Iterator[ast.expr]:
    if literal(bound) is None:
        yield ast.BinOp(bound, ast.Add(), ast.Constant(1))
        yield ast.BinOp(bound, ast.Sub(), ast.Constant(1))


def _call(node: ast.Call) -> Iterator[ast.expr]:
    """Another function, arguments swapped or left out, a step left out, a range of another length."""
    name = called(node)
    if name in NAMES_OF_TYPES:
        return
    if name in OTHER_NAME:
        yield ast.Call(_renamed(node.func, OTHER_NAME[name]), node.args, node.keywords)
    if isinstance(node.func, ast.Attribute) and name in STEPS:
        yield node.func.value
    yield from _arguments(node)
    yield from _keywords(node)
    if name == "range" and node.args:
        stop = min(1, len(node.args) - 1)
        for moved in _moved(node.args[stop]):
            yield ast.Call(node.func, [*node.args[:stop], moved, *node.args[stop + 1 :]], node.keywords)


def called(node: ast.Call) -> str:
    """The last part of the name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _renamed(function: ast.expr, name: str) -> ast.expr:
    return ast.Attribute(function.value, name, ast.Load()) if isinstance(function, ast.Attribute) else ast.Name(name)


def _arguments(node: ast.Call) -> Iterator[ast.expr]:
    args, name = node.args, called(node)
    if name in EITHER_WAY or (isinstance(node.func, ast.Name) and name in ("min", "max")):
        return
    for place in range(len(args) - 1):
        if not any(isinstance(each, ast.Starred) for each in args[place : place + 2]):
            swapped = [*args[:place], args[place + 1], args[place], *args[place + 2 :]]
            yield ast.Call(node.func, swapped, node.keywords)


def _keywords(node: ast.Call) -> Iterator[ast.expr]:
    for place, word in enumerate(node.keywords):
        rest = [*node.keywords[:place], *node.keywords[place + 1 :]]
        if word.arg and word.arg not in KEPT_WORDS and not isinstance(literal(word.value), bool):
            yield ast.Call(node.func, node.args, rest)
        if word.arg in ("min", "max"):
            renamed = ast.keyword(OTHER_NAME[word.arg], word.value)
            yield ast.Call(node.func, node.args, [*node.keywords[:place], renamed, *node.keywords[place + 1 :]])


def _comprehension(node: ast.expr) -> Iterator[ast.expr]:
    """Without one of its conditions."""
    loops: list[ast.comprehension] = getattr(node, "generators", [])
    for place, loop in enumerate(loops):
        for number in range(len(loop.ifs)):
            rest = [*loop.ifs[:number], *loop.ifs[number + 1 :]]
            other = ast.comprehension(loop.target, loop.iter, rest, loop.is_async)
            parts = {name: getattr(node, name) for name in node._fields}
            yield type(node)(**(parts | {"generators": [*loops[:place], other, *loops[place + 1 :]]}))


TABLE: dict[type[ast.expr], Callable[..., Iterator[ast.expr]]] = {
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _bool,
    ast.IfExp: _choice,
    ast.Tuple: _tuple,
    ast.Subscript: _subscript,
    ast.Call: _call,
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), _comprehension),
}
