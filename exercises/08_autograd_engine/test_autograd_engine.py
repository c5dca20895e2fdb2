"""Visible checks of topic 8: one small example per task, the one of the text. `submission` is your file; the text given
to `submission.build` runs beside it, where it is called `student`."""

from __future__ import annotations

import math
from typing import Any

from autograder.checks import compare
from autograder.checks.marks import check

LEDGER = """
a, b = student.Value(2.0), student.Value(-3.0)
c = a * b
d = c + a
L = c * d
"""


@check(
    "topo_order.example",
    hint="a and b come before c, both a and c before d, c and d before L, and L is the last. Each comes once.",
    zh="a、b 在 c 之前，a、c 在 d 之前，c、d 在 L 之前，L 最后；每个只出现一次。",
    weight=0.5,
)
def test_an_order_of_five_values(submission: Any) -> None:
    source = """
class Box:
    def __init__(self, name, *parents):
        self.name, self.parents = name, parents

a, b = Box("a"), Box("b")
c = Box("c", a, b)
d = Box("d", c, a)
found = student.topo_order(Box("L", c, d))
[box.name for box in found] if type(found) is list else found
"""
    names = compare.items(submission.build(source), 5, list, "the order", "次序")
    places = {name: place for place, name in enumerate(names) if isinstance(name, str)}
    compare.require(
        sorted(places) == ["L", "a", "b", "c", "d"],
        "the list should hold a, b, c, d and L, each once.",
        "列表应当恰好包含 a、b、c、d、L 各一次。",
    )
    pairs = [("a", "c"), ("b", "c"), ("a", "d"), ("c", "d"), ("c", "L"), ("d", "L")]
    compare.require(
        all(places[parent] < places[child] for parent, child in pairs),
        f"the order {', '.join(names)} puts a value before one of its parents.",
        f"次序 {', '.join(names)} 把某个值放到了它的父节点之前。",
    )


@check(
    "Value.example",
    hint="Work it out on paper first, from the last line of the ledger to the first. c sends two shares to whom?",
    zh="先在纸上从账本的最后一行推到第一行：c 收到几份，又要分给谁？",
    weight=0.5,
)
def test_the_ledger_of_the_text(submission: Any) -> None:
    numbers, grads = compare.items(
        submission.build(
            LEDGER + "L.backward()\n([v.data for v in (a, b, c, d, L)], [v.grad for v in (a, b, c, d, L)])"
        ),
        2,
    )
    for name, got, want in zip("abcdL", compare.items(numbers, 5, list), (2, -3, -6, -4, 24), strict=True):
        compare.number(got, want, what=f"{name}.data", zh=f"{name}.data")
    for name, got, want in zip("abcdL", compare.items(grads, 5, list), (24, -20, -10, -6, 1), strict=True):
        compare.number(got, want, what=f"{name}.grad", zh=f"{name}.grad")


@check(
    "Value.example_chain",
    hint="The derivative of ln is 1 / x, of x ** 2 it is 2 x; relu passes nothing below 0. A 3 may stand on the left.",
    zh="ln 的导数是 1 / x，x ** 2 的导数是 2 x；relu 在 0 以下什么也不传。数字 3 也可能写在左边。",
    weight=0.5,
)
def test_a_chain_of_operations(submission: Any) -> None:
    source = (
        "x = student.Value(4.0)\ny = (3 - 1 / x + (x ** 2).log() - x.relu()).tanh()\ny.backward()\n(y.data, x.grad)"
    )
    inner = 3 - 1 / 4 + math.log(16) - 4
    value, grad = compare.items(submission.build(source), 2)
    compare.number(value, math.tanh(inner), what="y.data", zh="y.data")
    slope = (1 - math.tanh(inner) ** 2) * (1 / 16 + 8 / 16 - 1)
    compare.number(grad, slope, what="x.grad", zh="x.grad")


@check(
    "Dual.example",
    hint="Each operation has two results: the number, and how fast it changes. For a product both factors change.",
    zh="每个运算有两个结果：数值，以及它变化的快慢。乘积中两个因子都在变。",
    weight=0.5,
)
def test_two_numbers_that_move(submission: Any) -> None:
    source = "a, b = student.Dual(2.0, 1.0), student.Dual(3.0, 10.0)\nc = a * b + 5\nd = (a - 2).exp()\n"
    got = submission.build(source + "[c.value, c.tangent, d.value, d.tangent]")
    for name, one, want in zip(
        ("c.value", "c.tangent", "d.value", "d.tangent"),
        compare.items(got, 4, list, "the four numbers", "四个数"),
        (11, 23, 1, 1),
        strict=True,
    ):
        compare.number(one, want, what=name, zh=name)


@check(
    "Dual.example_jvp",
    hint="Give every input its own part of the direction as tangent, call f once, and read the tangent that comes out.",
    zh="把方向的各个分量作为切向量分别交给各个输入，调用一次 f，再读出结果的切向量。",
    weight=0.5,
)
def test_a_derivative_along_a_direction(submission: Any) -> None:
    got = submission.build("student.jvp_forward(lambda x: x[0] * x[0] * x[1], [3.0, 5.0], [1.0, 10.0])")
    compare.number(got, 120, what="the derivative", zh="导数")


@check(
    "graph_cost.example",
    hint="Five values; each of the three operations has two parents; which numbers do the two products need again?",
    zh="共五个值；三个运算各有两个父节点；两个乘积还会用到哪些数？",
    weight=0.5,
)
def test_the_cost_of_the_ledger(submission: Any) -> None:
    source = """
class Box:
    def __init__(self, op, *parents):
        self.op, self.parents = op, parents

a, b = Box(""), Box("")
c = Box("*", a, b)
d = Box("+", c, a)
student.topo_order, mine = lambda root: [a, b, c, d, root], student.topo_order
try:
    cost = student.graph_cost(Box("*", c, d))
finally:
    student.topo_order = mine
cost
"""
    got = compare.is_type(submission.build(source), dict)
    for key, want in (("nodes", 5), ("edges", 6), ("stored", 4)):
        compare.require(key in got, f'the dict has no key "{key}".', f"字典中没有键 “{key}”。")
        compare.equal(got[key], want, what=key, zh=key)


@check(
    "train_xor_engine.example",
    hint="Each hidden unit has three numbers of its own, in a row. The last number is added outside of any tanh.",
    zh="每个隐藏单元有自己的三个数，依次排列。最后一个数加在所有 tanh 之外。",
    needs=["Value.example_chain"],
    weight=0.5,
)
def test_a_network_with_two_units_awake(submission: Any) -> None:
    params = [0.0] * 33
    params[0:3], params[24] = [1.0, 1.0, -0.5], 2.0  # unit 0
    params[3:6], params[25] = [2.0, -1.0, 0.0], -3.0  # unit 1
    params[32] = 0.25
    got = submission.build("student.mlp([student.Value(p) for p in params], [1.0, 2.0]).data", params=params)
    compare.number(got, 2 * math.tanh(2.5) - 3 * math.tanh(0) + 0.25, what="the output", zh="输出")
