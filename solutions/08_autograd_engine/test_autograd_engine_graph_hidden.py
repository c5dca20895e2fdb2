"""Hidden checks of the class Value: how its objects are made, what is special, and what a large graph costs. The order
of a graph comes from the standard library meanwhile, so that a wrong topo_order is blamed once."""

from __future__ import annotations

from typing import Any

import torch
from autograd_engine_reference import BACK, OF_VALUE, PARTS, RUN, away, close

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "Value.new_values",
    hint="An operation makes a new Value. Whoever still holds the old one must find it as it was.",
    zh="运算会生成新的 Value；别人手里的旧值必须保持原样。",
)
def test_operations_leave_their_operands_alone(submission: Any, draw: Draw) -> None:
    source = (
        RUN
        + """
leaves = [student.Value(a), student.Value(b)]
made = [run(leaves, [(name, 0, 1, 2)])[-1] for name in names]
kept = x = student.Value(a)
x += 1; x *= 3; x -= leaves[1]; x /= 2
[[leaf.data for leaf in (*leaves, kept)], [leaf.grad for leaf in (*leaves, kept)], [one.grad for one in made],
 len({id(one) for one in [*leaves, *made, kept, x]}), x.data, [len(leaf.parents) for leaf in (*leaves, kept)]]
"""
    )
    a, b = draw.random.uniform(0.5, 2), away(draw, 0.5, 2)
    data, grads, new, objects, value, parents = compare.items(
        submission.build(source, a=a, b=b, names=OF_VALUE), 6, list
    )
    close(data, [a, b, a], "the numbers of the operands", "操作数的数值")
    close(grads, [0.0] * 3, "the gradients before any backward()", "backward() 之前的梯度")
    close(new, [0.0] * len(OF_VALUE), "the gradients before any backward()", "backward() 之前的梯度")
    compare.equal(objects, len(OF_VALUE) + 4, what="the number of different objects", zh="不同对象的个数")
    compare.number(
        value, (3 * (a + 1) - b) / 2, what="the number after +=, *=, -= and /=", zh="经过 +=、*=、-=、/= 之后的数值"
    )
    compare.equal(parents, [0, 0, 0], what="the number of parents of a leaf", zh="叶子的父节点个数")


@check(
    "Value.parents_and_op",
    hint="parents is a tuple in the order of the formula, with repetitions; op is the operation's sign or name.",
    zh="parents 是元组，按公式中的次序，重复的也要保留；op 是运算的符号或名字。",
)
def test_how_a_value_was_made(submission: Any) -> None:
    source = """
a, b = student.Value(2.0), student.Value(3.0)
names = {id(a): "a", id(b): "b"}
made = [a, a + b, b + a, a * b, b * a, a * a, b + b, a ** 2, a.relu(), b.exp(), a.log(), b.tanh()]
[[one.op, type(one.parents) is tuple, [names.get(id(each), "?") for each in one.parents]]
 if type(one.parents) is tuple else [one.op, False, []] for one in made]
"""
    want = ["", "+ab", "+ba", "*ab", "*ba", "*aa", "+bb", "**a", "relu a", "exp b", "log a", "tanh b"]
    got = compare.items(submission.build(source), len(want), list)
    for one, spelled in zip(got, want, strict=True):
        op, is_tuple, parents = compare.items(one, 3, list)
        name = spelled.rstrip("ab").strip()
        compare.equal(op, name, what=f'op of "{name or "leaf"}"', zh=f"“{name or '叶子'}”的 op")
        compare.require(is_tuple, "parents is not a tuple.", "parents 不是元组。", reason="type")
        names = list(spelled[len(spelled.rstrip("ab")) :])
        compare.equal(parents, names, what=f'parents of "{name or "leaf"}"', zh=f"“{name or '叶子'}”的 parents")


@check(
    "Value.borders",
    hint="Look at 0 and at numbers far away: relu at 0, powers of 0, and a tanh whose exponentials would overflow.",
    zh="看看 0 与很远的数：relu 在 0 处、0 的幂，以及会让指数溢出的 tanh。",
)
def test_zero_and_far_away(submission: Any, draw: Draw) -> None:
    far = draw.random.uniform(800, 2000)
    points = [
        ("tanh", far, 0, 1.0, 0.0),
        ("tanh", -far, 0, -1.0, 0.0),
        ("relu", 0.0, 0, 0.0, 0.0),
        ("a ** number", 0.0, 2, 0.0, 0.0),
        ("a ** number", 0.0, 1, 0.0, 1.0),
        ("a ** number", 0.0, 0, 1.0, 0.0),
        ("a ** number", -far, 0, 1.0, 0.0),
        ("a ** number", -2.0, 3, -8.0, 12.0),
        ("exp", -far, 0, 0.0, 0.0),
    ]
    cases = [([x], [(operation, 0, 0, number)]) for operation, x, number, _, _ in points]
    got = compare.items(submission.build(RUN + PARTS + BACK, cases=cases), len(cases), list)
    for one, (operation, x, number, value, slope) in zip(got, points, strict=True):
        data, grads = compare.items(one, 2, list)
        name = f"{x:.0f} ** {number}" if number and abs(x) < 9 else operation
        close(data, [x, value], f"the number of {name}", f"{name} 的数值")
        close(grads, [slope, 1.0], f"the gradient of {name}", f"{name} 的梯度")


@check(
    "Value.root_alone",
    hint="The derivative of a value with respect to itself is 1, and the shortest graph is a leaf.",
    zh="一个值对自己的导数是 1；最短的计算图就是一片叶子。",
)
def test_backward_of_a_leaf(submission: Any) -> None:
    source = """
def work():
    x, y = student.Value(7.0), student.Value(2.0)
    x.backward()
    x.backward()
    z = y.exp()
    return [x.data, x.grad, y.grad, z.grad, z.backward()]

with_order(work)
"""
    *found, nothing = compare.items(submission.build(PARTS + source), 5, list)
    close(found, [7.0, 2.0, 0.0, 0.0], "the number and the gradients", "数值与梯度")
    compare.equal(nothing, None, what="what backward() returns", zh="backward() 的返回值")


@check(
    "Value.deep_3000",
    hint="backward() must not call itself from value to value: Python stops at a depth of about 1000.",
    zh="backward() 不能一个值一个值地调用自身：Python 到大约 1000 层就停了。",
)
def test_a_chain_of_three_thousand(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, {"sys.setrecursionlimit", "threading.stack_size"})
    source = """
def work():
    x = y = student.Value(start)
    for _ in range(3000):
        y = (y * factor + 0.125).tanh()
    y.backward()
    return [y.data, x.grad]

with_order(work)
"""
    start, factor = draw.random.uniform(0.2, 0.8), draw.random.uniform(1.001, 1.01)
    y, slope = start, 1.0
    for _ in range(3000):
        y = torch.tanh(torch.tensor(y * factor + 0.125, dtype=torch.float64)).item()
        slope *= factor * (1 - y * y)
    close(submission.build(PARTS + source, start=start, factor=factor), [y, slope], "the end of the chain", "链的末端")


@check(
    "Value.exponential_paths_linear_time",
    hint="Forty doublings have 2^40 paths. Collect all shares of a value first, then send their sum on once.",
    zh="四十次加倍有 2^40 条路径。先收齐一个值的各份，再把它们的和往下传一次。",
    cpu_s=1.0,
)
def test_doublings(submission: Any, draw: Draw) -> None:
    source = """
def work():
    x = y = student.Value(start)
    for _ in range(40):
        y = y + y
    y.backward()
    return [y.data / 2.0**40, x.grad / 2.0**40]

with_order(work)
"""
    start = draw.random.uniform(0.5, 2)
    close(submission.build(PARTS + source, start=start), [start, 1.0], "40 doublings", "40 次加倍")


@check(
    "Value.no_torch",
    hint="The engine is what you are asked to build: plain Python and `math` are enough.",
    zh="要你搭建的正是这个引擎：纯 Python 和 math 就够了。",
    needs=["Value.example"],
    weight=3.0,
)
def test_nothing_is_borrowed(submission: Any) -> None:
    borrowed = {"torch", "numpy", "scipy", "sympy", "jax", "tensorflow", "autograd", "autograder", "sys.modules"}
    source_rules.forbid_imports(submission.source, borrowed)
