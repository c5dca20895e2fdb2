"""Hidden checks of the class Value. Formulas run in the sandbox with the student's Values and here with torch; what
comes back are numbers. The order of a graph comes from the standard library meanwhile, so that a wrong topo_order is
blamed once."""

from __future__ import annotations

from typing import Any

import torch
from autograd_engine_reference import (
    BACK,
    OF_VALUE,
    PARTS,
    RUN,
    Formula,
    away,
    close,
    formula,
    numbers,
    random_formula,
)

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def backward(submission: Any, formulas: list[Formula]) -> list[list[Any]]:
    """For each formula the numbers and the gradients of all its nodes, leaves first, after one backward()."""
    got = submission.build(RUN + PARTS + BACK, cases=[each.given for each in formulas])
    return [compare.items(one, 2, list) for one in compare.items(got, len(formulas), list)]


def same(submission: Any, formulas: list[Formula], what: str = "", zh: str = "") -> None:
    """The number and the gradient of every node."""
    for each, (data, grads) in zip(formulas, backward(submission, formulas), strict=True):
        within = 1e-12 if len(each.steps) == 1 else 1e-9  # small steps are no derivative
        close(data, each.data(), f"the number{what}", f"数值{zh}", within=within)
        close(grads, each.grads(), f"the gradient{what}", f"梯度{zh}", within=within)


@check(
    "Value.one_operation",
    hint="One operation at a time: its number, and for each operand the derivative from the table in the text.",
    zh="一次只看一个运算：它的数值，以及课文表格中对每个操作数的导数。",
)
def test_every_operation_alone(submission: Any, draw: Draw) -> None:
    for operation in OF_VALUE:
        cases = []
        for _ in range(6):
            a, b, number = away(draw, 0.4, 2.2), away(draw, 0.4, 2.2), away(draw, 0.4, 2.2)
            if operation in ("log", "a ** number"):
                a = abs(a)
            cases.append(formula([a, b], [(operation, 0, 1, number)]))
        same(submission, cases, f" of {operation}", f"（{operation}）")


@check(
    "Value.ops_vs_torch",
    hint="Operations alone may be right and still not work together: each multiplies what comes from above it.",
    zh="单个运算都对，合在一起仍可能不对：每个运算都要乘上从上面传来的那一份。",
    weight=2.0,
)
def test_two_hundred_random_formulas(submission: Any, draw: Draw) -> None:
    formulas = [random_formula(draw, draw.size(2, 4), draw.size(3, 10), OF_VALUE) for _ in range(200)]
    for each, (data, grads) in zip(formulas, backward(submission, formulas), strict=True):
        count = len(each.leaves)
        total = len(each.nodes)
        close(data, each.data(), "the numbers", "数值")
        got = numbers(grads, total, "the gradients", "梯度")[:count].tolist()
        close(got, each.grads()[:count], "the gradients of the leaves", "叶子的梯度")


@check(
    "Value.diamond",
    hint="Two ways lead from z to y. Their shares add up; and y may pass on only when it has both.",
    zh="从 z 到 y 有两条路，两份要相加；而且 y 要等两份都到齐了才能往下传。",
)
def test_two_ways_to_the_same_value(submission: Any, draw: Draw) -> None:
    cases = []
    for _ in range(10):
        x, c = away(draw, 0.5, 2), away(draw, 0.5, 2)
        cases.append(formula([x], [("number * a", 0, 0, c), ("a * b", 1, 1, 0.0), ("a + b", 2, 1, 0.0)]))
        cases.append(formula([x], [("number * a", 0, 0, c), ("tanh", 1, 0, 0.0), ("a * b", 1, 2, 0.0)]))
        cases.append(formula([x], [("a * b", 0, 0, 0.0), ("a + b", 0, 1, 0.0), ("a * b", 2, 1, 0.0)]))
    same(submission, cases)


@check(
    "Value.same_operand_twice",
    hint="In x * x both operands are x: it gets a share for each.",
    zh="x * x 中两个操作数都是 x：每个位置各有一份。",
)
def test_an_operation_on_twice_the_same_value(submission: Any, draw: Draw) -> None:
    operations = ["a * b", "a + b", "a - b", "a / b"]
    same(submission, [formula([away(draw, 0.5, 2)], [(each, 0, 0, 0.0)]) for each in operations])
    inside = [formula([away(draw, 0.5, 2)], [("tanh", 0, 0, 0.0), (each, 1, 1, 0.0)]) for each in operations]
    same(submission, inside)


@check(
    "Value.shared_subexpression_vs_torch",
    hint="Every value in between has a gradient, too, and the sum of all its shares must be there before it is used.",
    zh="中间的每个值也有梯度；在使用它之前，它的各份必须已经全部加齐。",
    weight=2.0,
)
def test_graphs_with_many_shared_values(submission: Any, draw: Draw) -> None:
    mixed = ["a + b", "a * b", "a - b", "tanh", "number * a", "a * b"]
    same(submission, [random_formula(draw, 2, draw.size(12, 25), mixed) for _ in range(25)])


@check(
    "Value.two_backwards_accumulate",
    hint="backward() adds to what .grad holds: it sets nothing to zero, and nothing old flows on.",
    zh="backward() 是往 .grad 里加：它不清零，旧的内容也不会继续往下流。",
)
def test_gradients_of_leaves_add_up(submission: Any, draw: Draw) -> None:
    source = """
def work():
    found = []
    for leaves, steps, times in cases:
        start = [student.Value(leaf) for leaf in leaves]
        start[0].grad = 5.0
        root = run(start, steps)[-1]
        for _ in range(times):
            root.backward()
        found.append([leaf.grad for leaf in start])
    return found

with_order(work)
"""
    formulas = [random_formula(draw, 2, draw.size(2, 8), OF_VALUE) for _ in range(12)]
    cases = [(*each.given, 1 + place % 3) for place, each in enumerate(formulas)]
    got = compare.items(submission.build(RUN + PARTS + source, cases=cases), len(cases), list)
    for one, each, (*_, times) in zip(got, formulas, cases, strict=True):
        want = [times * grad for grad in each.grads()[:2]]
        close(one, [5 + want[0], want[1]], "the gradients of the leaves", "叶子的梯度")


@check(
    "Value.two_roots",
    hint="Two results may share a part of their graph. What the first backward() left there is not to be sent on.",
    zh="两个结果可能共用一部分计算图。第一次 backward() 留在那里的东西，不能再往下传。",
)
def test_two_results_with_a_common_part(submission: Any, draw: Draw) -> None:
    source = """
def work():
    x, bystander = student.Value(a), student.Value(b)
    y = x * x
    one, other, third = 3 * y, y.tanh(), y * bystander
    one.backward()
    before = [bystander.grad, other.grad, third.grad]
    other.backward()
    return [x.grad, one.grad, other.grad, *before, bystander.grad, third.grad]

with_order(work)
"""
    for _ in range(5):
        a, b = away(draw, 0.3, 1.2), away(draw, 0.5, 2)
        got = submission.build(PARTS + source, a=a, b=b)
        x = torch.tensor(a, dtype=torch.float64, requires_grad=True)
        (grad,) = torch.autograd.grad(3 * x * x + (x * x).tanh(), x)
        close(got, [grad.item(), 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0], "the gradients", "梯度")


@check(
    "Value.radd_rmul",
    hint="Python turns 3 * x into x.__rmul__(3). In 3 - x and 3 / x the order counts; and sum() begins with 0.",
    zh="Python 把 3 * x 变成 x.__rmul__(3)。3 - x 与 3 / x 中次序要紧；sum() 从 0 开始。",
)
def test_plain_numbers_on_either_side(submission: Any, draw: Draw) -> None:
    names = ["a + number", "number + a", "a - number", "number - a", "a * number", "number * a"]
    names += ["a / number", "number / a"]
    cases = [formula([away(draw, 0.5, 2)], [(each, 0, 0, away(draw, 0.5, 2))]) for each in names]
    cases += [formula([away(draw, 0.5, 2)], [(each, 0, 0, draw.random.choice((-3, 2, 5)))]) for each in names]
    same(submission, cases)
    source = """
def work():
    values = [student.Value(float(k)) for k in range(1, 5)]
    total = sum(value * k for k, value in enumerate(values))
    total.backward()
    return [total.data, *(value.grad for value in values)]

with_order(work)
"""
    close(submission.build(PARTS + source), [20.0, 0.0, 1.0, 2.0, 3.0], "a sum() and its gradients", "sum() 及其梯度")
