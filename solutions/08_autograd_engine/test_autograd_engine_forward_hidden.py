"""Hidden checks of forward mode. What comes out of one pass of Duals is compared with torch's reverse mode."""

from __future__ import annotations

from typing import Any

from autograd_engine_reference import OF_DUAL, RUN, close, formula, numbers, random_formula

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

PAIRS = """
def one(leaves, moves, steps):
    nodes = run([student.Dual(x, v) for x, v in zip(leaves, moves)], steps)
    return [[node.value for node in nodes], [node.tangent for node in nodes]]

[one(*case) for case in cases]
"""


def directions(draw: Draw, count: int) -> list[float]:
    return [draw.random.uniform(-2, 2) for _ in range(count)]


@check(
    "Dual.value_tangent",
    hint="Each rule is the chain rule: the tangent of the result is the sum of slope times tangent over the operands.",
    zh="每条规则都是链式法则：结果的切向量等于各操作数的斜率乘以其切向量之和。",
    weight=2.0,
)
def test_values_and_tangents_of_all_operations(submission: Any, draw: Draw) -> None:
    rng = draw.random
    single = [formula([rng.uniform(-2, 2), rng.uniform(-2, 2)], [(name, 0, 1, rng.uniform(-2, 2))]) for name in OF_DUAL]
    names = [*OF_DUAL, *[""] * 20]
    formulas = single + [random_formula(draw, draw.size(2, 4), draw.size(3, 10), OF_DUAL) for _ in range(20)]
    moves = [directions(draw, len(each.leaves)) for each in formulas]
    cases = [(each.leaves, move, each.steps) for each, move in zip(formulas, moves, strict=True)]
    got = compare.items(submission.build(RUN + PAIRS, cases=cases), len(cases), list)
    for one, each, move, name in zip(got, formulas, moves, names, strict=True):
        values, tangents = compare.items(one, 2, list)
        close(values, each.data(), f"the value {name and 'of ' + name}".strip(), f"数值 {name}".strip())
        close(tangents, each.tangents(move), f"the tangent {name and 'of ' + name}".strip(), f"切向量 {name}".strip())


JVP = """
def of(steps, calls):
    def f(x):
        calls.append(len(x))
        return run(x, steps)[-1]
    return f

def one(leaves, move, steps):
    calls = []
    return [student.jvp_forward(of(steps, calls), leaves, move), calls, leaves, move]

[one(*case) for case in cases]
"""


@check(
    "Dual.matches_reverse",
    hint="Forward mode gives the gradient times the direction: sum of (df / dx_i) v_i, in one go.",
    zh="前向模式一次就给出梯度与方向的内积：各 (df / dx_i) v_i 之和。",
    weight=2.0,
)
def test_the_same_as_the_gradient_times_the_direction(submission: Any, draw: Draw) -> None:
    formulas = [random_formula(draw, draw.size(1, 6), draw.size(4, 12), OF_DUAL) for _ in range(30)]
    moves = [directions(draw, len(each.leaves)) for each in formulas]
    cases = [(each.leaves, move, each.steps) for each, move in zip(formulas, moves, strict=True)]
    got = compare.items(submission.build(RUN + JVP, cases=cases), len(cases), list)
    found = [compare.items(one, 4, list) for one in got]
    want = [each.tangents(move)[-1] for each, move in zip(formulas, moves, strict=True)]
    close([one[0] for one in found], want, "the derivative along v", "沿 v 的导数")


@check(
    "Dual.one_pass",
    hint="All inputs move at the same time. One call of f is enough, however many inputs there are.",
    zh="所有输入同时移动。不论有多少输入，调用一次 f 就够了。",
)
def test_f_is_called_once_and_the_lists_stay(submission: Any, draw: Draw) -> None:
    formulas = [random_formula(draw, leaves, 8, OF_DUAL) for leaves in (1, 2, 5)]
    moves = [directions(draw, len(each.leaves)) for each in formulas]
    cases = [(each.leaves, move, each.steps) for each, move in zip(formulas, moves, strict=True)]
    got = compare.items(submission.build(RUN + JVP, cases=cases), len(cases), list)
    for one, each, move in zip(got, formulas, moves, strict=True):
        result, calls, leaves, after = compare.items(one, 4, list)
        compare.number(result, what="the derivative", zh="导数")
        compare.require(
            calls == [len(each.leaves)],
            "f should be called exactly once, with a list of as many Duals as there are inputs.",
            "f 应当恰好调用一次，传入与输入个数相同的 Dual 列表。",
        )
        compare.unchanged(each.leaves, leaves, "x")
        compare.unchanged(move, after, "v")


@check(
    "Dual.constants",
    hint="A plain number does not move, whoever computes with it: its tangent is 0.",
    zh="普通的数不动，不论谁与它运算：它的切向量是 0。",
)
def test_constants_do_not_move(submission: Any, draw: Draw) -> None:
    source = """
a, k = student.Dual(x, v), student.Dual(c)
found = [k, a + c, c + a, a - c, c - a, a * c, c * a, a * k, k - a, k * k, k.exp(), k.sin(), a + 2, 2 - a, 3 * a]
[[one.value for one in found], [one.tangent for one in found]]
"""
    x, v, c = (draw.random.uniform(0.5, 2) for _ in range(3))
    _, tangents = compare.items(submission.build(source, x=x, v=v, c=c), 2, list)
    want = [0.0, v, v, v, -v, c * v, c * v, c * v, -v, 0.0, 0.0, 0.0, v, -v, 3 * v]
    close(tangents, want, "the tangents", "切向量")
    lone = """
f = student.jvp_forward
[f(lambda x: 7.0, [a, b], [1.0, c]), f(lambda x: 3, [a], [c]), f(lambda x: x[1], [a, b], [1.0, c]),
 f(lambda x: student.Dual(b), [a], [c]), f(lambda x: 2 * x[0] + 1 - x[0] - x[0], [a, b], [c, 1.0])]
"""
    got = submission.build(lone, a=x, b=v, c=c)
    close(got, [0.0, 0.0, c, 0.0, 0.0], "derivatives of constants and inputs", "常数与输入的导数")


@check(
    "Dual.new_objects",
    hint="An operation makes a new Dual; its operands stay what they were.",
    zh="运算会生成新的 Dual；操作数保持原样。",
)
def test_operations_leave_duals_alone(submission: Any, draw: Draw) -> None:
    source = (
        RUN
        + """
leaves = [student.Dual(x, 1.0), student.Dual(v, 0.5)]
made = [run(leaves, [(name, 0, 1, 2)])[-1] for name in names]
kept = a = student.Dual(x, 1.0)
a += 1; a *= 3; a -= leaves[1]
[kept.value, kept.tangent, *(leaf.value for leaf in leaves), *(leaf.tangent for leaf in leaves), a.value, a.tangent,
 len({id(one) for one in [*leaves, *made, kept, a]})]
"""
    )
    x, v = (draw.random.uniform(0.5, 2) for _ in range(2))
    got = compare.items(submission.build(source, x=x, v=v, names=OF_DUAL), 9, list)
    numbers(got, 9, "what is left", "留下的数")
    close(got[:8], [x, 1.0, x, v, 1.0, 0.5, 3 * (x + 1) - v, 2.5], "the operands afterwards", "运算之后的操作数")
    compare.equal(got[8], len(OF_DUAL) + 4, what="the number of different objects", zh="不同对象的个数")
