"""Hidden checks of topic 25, second part: the way off a saddle, and momentum."""

from __future__ import annotations

from typing import Any

import torch
from gd_momentum_reference import F32, F64, turned, with_momentum
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# escape_direction -----------------------------------------------------------------------------------------------------

CURVED = "lambda p: 0.5 * (p @ (H @ p)) + (c * p ** 4).sum() / 12 + (b * p).sum()"


def curved(submission: Any, draw: Draw, eigenvalues: list[float], bent: bool) -> tuple[Any, Tensor, Tensor]:
    """(f in the sandbox, a point, the Hessian there); with `bent` the point is not 0, the Hessian not constant."""
    H, d = turned(draw, eigenvalues), len(eigenvalues)
    c, b = draw.randn(d) * float(bent), draw.randn(d) * float(bent)
    x = draw.randn(d) * float(bent)
    return submission.build(CURVED, H=H, c=c, b=b), x, H + torch.diag(c * x**2)


def direction(submission: Any, f: Any, x: Tensor) -> Tensor:
    got = compare.tensor(submission.escape(f, x), shape=tuple(x.shape), dtype=x.dtype, what="the direction", zh="方向")
    return compare.finite(got, "the direction", "方向").detach()


@check(
    "escape_direction.steepest_curvature",
    hint="Of all eigenvectors of the Hessian, the one with the smallest eigenvalue: not the largest in size, not"
    " the first in the list, not the gradient.",
    zh="在海森矩阵的所有特征向量中，取特征值最小的那个：不是绝对值最大的，不是列表里的第一个，也不是梯度。",
)
def test_the_direction_bends_down_most(submission: Any, draw: Draw) -> None:
    for number in range(10):
        d = draw.size(2, 6)
        eigenvalues = [-draw.random.uniform(0.5, 2.0), *(draw.random.uniform(-0.4, 9.0) for _ in range(d - 1))]
        f, x, H = curved(submission, draw, eigenvalues, number % 2 == 1)
        lowest = torch.linalg.eigvalsh(H)[0]
        if lowest >= -0.1:
            continue
        v = direction(submission, f, x)
        compare.same(v @ H @ v, lowest, what="the curvature along the direction", zh="沿该方向的曲率")
        compare.same(H @ v, lowest * v, what="the Hessian times the direction", zh="海森矩阵乘以该方向")


@check(
    "escape_direction.loss_decreases",
    hint="At a critical point f must fall on both sides of the direction.",
    zh="在临界点处，沿该方向的正反两侧 f 都应当下降。",
)
def test_f_falls_to_both_sides(submission: Any, draw: Draw) -> None:
    for eigenvalues in ([-1.0, 3.0], [-0.5, 20.0, -0.1], [4.0, 5.0, 6.0, -0.2]):
        f, x, H = curved(submission, draw, eigenvalues, False)
        v = direction(submission, f, x)
        for side in (1.0, -1.0):
            moved = x + 0.1 * side * v
            compare.require(
                moved @ H @ moved < -0.5 * 0.01 * max(-min(eigenvalues), 0.1),
                "f does not fall along the direction that came back.",
                "沿返回的方向走，f 并没有下降。",
            )


@check(
    "escape_direction.none_at_minimum",
    hint="Where no curvature is negative there is no way down of this kind: say so with None.",
    zh="没有负曲率的地方，就没有这样的下坡路：请返回 None。",
    needs=["escape_direction.steepest_curvature"],
)
def test_no_way_out_without_negative_curvature(submission: Any, draw: Draw) -> None:
    for eigenvalues in ([1.0, 3.0], [0.2], [5.0, 0.5, 0.01, 7.0]):
        f, x, _ = curved(submission, draw, eigenvalues, False)
        compare.equal(submission.escape(f, x), None, what="the way out of a minimum", zh="极小点的出路")
    for source in ("lambda p: (p ** 4).sum()", "lambda p: 3 * p.sum()", "lambda p: p[0] ** 2 - 5e-10 * p[1] ** 2"):
        got = submission.escape(submission.build(source), torch.zeros(2, dtype=F64))
        compare.equal(got, None, what="the way out where nothing bends down", zh="无向下弯曲处的出路")


@check(
    "escape_direction.unit",
    hint="A direction has length 1, also where the curvature is tiny or huge.",
    zh="方向的长度为 1，不论曲率多小或多大。",
)
def test_the_direction_has_length_one(submission: Any, draw: Draw) -> None:
    for scale in (1.0, 1e-7, 1e4):
        f, x, _ = curved(submission, draw, [-scale, 2 * scale, 5 * scale, 3 * scale], False)
        got = direction(submission, f, x).square().sum().sqrt()
        compare.same(got, torch.ones((), dtype=F64), what="the length of the direction", zh="方向的长度")
    double = direction(submission, submission.build("lambda p: -(p ** 2).sum()"), torch.zeros(3))
    compare.same(double.square().sum(), torch.ones(()), what="the length of the direction", zh="方向的长度")


@check(
    "escape_direction.input_unchanged",
    hint="requires_grad_() marks the caller's own tensor. Mark a copy of it.",
    zh="requires_grad_() 会标记调用者自己的张量。请标记一个副本。",
)
def test_the_point_is_not_marked(submission: Any, draw: Draw) -> None:
    f, x, _ = curved(submission, draw, [-1.0, 2.0, 3.0], False)
    made = submission.build("[student.escape(f, x), x.detach(), x.requires_grad]", f=f, x=x)
    got, after, marked = compare.items(made, 3, list)
    compare.tensor(got, shape=(3,), dtype=F64, what="the direction", zh="方向")
    compare.unchanged(x, after, "x")
    compare.equal(marked, False, what="x.requires_grad after the call", zh="调用之后的 x.requires_grad")


# sgd_momentum ---------------------------------------------------------------------------------------------------------

RUN = """
p, state, path, buffer = start, {}, [], torch.empty_like(start)
for g, lr in zip(gradients, rates):
    buffer.copy_(g)
    p = getattr(student, name)(p, buffer if shared else g, state, lr, mu)
    path.append(p)
path
"""
STEPS = ("momentum_step", "nesterov_step")


def agree(submission: Any, draw: Draw, number: int, rates: list[float], mu: float, shared: bool = False) -> None:
    """Both rules for as many steps as there are rates, with gradients of very different size."""
    dtype, shape = float_type(number), draw.sizes(number % 4, 2, 5)
    start, gradients = draw.randn(*shape, dtype=dtype), draw.randn(len(rates), *shape, dtype=dtype)
    gradients = gradients * torch.logspace(-2, 1, len(rates)).reshape(-1, *(1,) * len(shape)).to(dtype)
    for name in STEPS:
        values = {"name": name, "start": start, "gradients": gradients, "rates": rates, "mu": mu, "shared": shared}
        got = submission.build(RUN, **values)
        compare.same(
            got, with_momentum(name, start, gradients, rates, mu), what=f"a point of {name}", zh=f"{name} 的点"
        )


@check(
    "sgd_momentum.match_torch",
    hint="The old v keeps mu of itself, the gradient is added whole, and the state goes on to the next step. Nesterov"
    " looks one mu * v further, with the new v.",
    zh="旧的 v 保留 mu 倍，梯度全部加上，状态带到下一步。Nesterov 用新的 v 再往前看 mu * v。",
)
def test_ten_steps(submission: Any, draw: Draw) -> None:
    for number in range(8):
        agree(submission, draw, number, [draw.random.uniform(0.05, 0.5)] * 10, draw.random.uniform(0.3, 0.95))


@check(
    "sgd_momentum.first_step_plain",
    hint="Before the first step v is 0. With mu = 0 every step is one of plain descent.",
    zh="第一步之前 v 为 0。mu = 0 时每一步都是普通的梯度下降。",
)
def test_the_first_step_and_no_momentum(submission: Any, draw: Draw) -> None:
    for number, mu in enumerate((0.9, 0.0, 0.5)):
        agree(submission, draw, number, [0.3], mu)
        agree(submission, draw, number, [0.3] * 4, 0.0)


@check(
    "sgd_momentum.constant_grad_limit",
    hint="If the gradient stays the same, the steps add up to a geometric series: 1 + mu + mu^2 + ...",
    zh="梯度不变时，步长是几何级数之和：1 + mu + mu^2 + ……",
)
def test_under_a_constant_gradient_the_step_grows_to_a_limit(submission: Any, draw: Draw) -> None:
    g, mu, lr, count = draw.randn(4), draw.random.uniform(0.3, 0.8), 0.1, 200
    for name in STEPS:
        values = {"start": torch.zeros(4, dtype=F64), "gradients": g.expand(count, 4), "rates": [lr] * count, "mu": mu}
        path = compare.items(submission.build(RUN, name=name, shared=False, **values), count, list)
        ends = [compare.tensor(p, shape=(4,), dtype=F64, what="a point", zh="一个点") for p in path[-2:]]
        compare.same(ends[0].detach() - ends[1].detach(), lr * g / (1 - mu), what="the last step", zh="最后一步")


@check(
    "sgd_momentum.nesterov_first_step",
    hint="The first v is g itself, so looking ahead makes the first step (1 + mu) times as long.",
    zh="第一个 v 就是 g，所以前瞻使第一步变为 (1 + mu) 倍。",
)
def test_nesterov_begins_with_a_longer_step(submission: Any, draw: Draw) -> None:
    for number in range(4):
        p, g = (draw.layout(draw.randn(3, 4), number) for _ in range(2))
        lr, mu = draw.random.uniform(0.1, 0.9), draw.random.uniform(0.2, 0.95)
        got = submission.nesterov_step(p, g, {}, lr, mu)
        compare.same(got, p - lr * (1 + mu) * g, what="the first point", zh="第一个点")
        compare.same(submission.momentum_step(p, g, {}, lr, mu), p - lr * g, what="the first point", zh="第一个点")


@check(
    "sgd_momentum.rate_changes",
    hint="lr stands before v, not inside it: a new rate counts at once, for all that v remembers.",
    zh="lr 乘在 v 外面，不在 v 里面：换了学习率，立刻对 v 记住的一切生效。",
)
def test_another_rate_at_every_step(submission: Any, draw: Draw) -> None:
    for number in range(4):
        agree(submission, draw, number, [0.5, 0.1, 0.9, 0.01, 0.3], draw.random.uniform(0.5, 0.95))


@check(
    "sgd_momentum.own_memory",
    hint="The caller writes the next gradient into the same memory. Is what you remember a tensor of your own?",
    zh="调用者会把下一个梯度写进同一块内存。你记住的是自己的张量吗？",
)
def test_a_gradient_whose_memory_is_used_again(submission: Any, draw: Draw) -> None:
    for number in range(4):
        agree(submission, draw, number, [0.4] * 6, 0.8, shared=True)


TWO = """
p, q, one, other, path = first, second, {}, {}, []
for a, b in zip(*gradients):
    p = getattr(student, name)(p, a, one, 0.2, 0.9)
    q = getattr(student, name)(q, b, other, 0.2, 0.9)
    path.append([p, q])
path
"""


@check(
    "sgd_momentum.state_per_parameter",
    hint="Everything that is remembered stands in `state`: two parameters in turn must not share a velocity.",
    zh="要记住的一切都放在 state 里：两个参数轮流更新，不得共用同一个速度。",
)
def test_two_parameters_in_turn(submission: Any, draw: Draw) -> None:
    starts, gradients = draw.randn(2, 5), draw.randn(2, 4, 5)
    for name in STEPS:
        got = submission.build(TWO, name=name, first=starts[0], second=starts[1], gradients=list(gradients))
        both = [with_momentum(name, starts[k], gradients[k], [0.2] * 4, 0.9) for k in (0, 1)]
        compare.same(got, [[p, q] for p, q in zip(*both, strict=True)], what="the two parameters", zh="两个参数")


KEPT = """
state, new, outs = {}, [], []
for p, g in zip(points, gradients):
    out = getattr(student, name)(p, g, state, 0.3, 0.8)
    new.append(isinstance(out, torch.Tensor) and out.data_ptr() not in (p.data_ptr(), g.data_ptr()))
    outs.append(out)
[points, gradients, new, outs]
"""


@check(
    "sgd_momentum.input_unchanged",
    hint="The old parameter and its gradient belong to the caller: sub_ and add_ write into them.",
    zh="旧的参数和它的梯度是调用者的：sub_ 和 add_ 会改写它们。",
)
def test_only_the_state_changes(submission: Any, draw: Draw) -> None:
    for name in STEPS:
        points, gradients = ([draw.randn(4, dtype=F32) for _ in range(3)] for _ in range(2))
        made = submission.build(KEPT, name=name, points=points, gradients=gradients)
        after_p, after_g, new, outs = compare.items(made, 4, list)
        for label, before, after in (("p", points, after_p), ("g", gradients, after_g)):
            for one, other in zip(before, compare.items(after, 3, list), strict=True):
                compare.unchanged(one, other, label)
        compare.equal(new, [True] * 3, what="whether the result has memory of its own", zh="结果是否有自己的内存")
        v = [0.64 * gradients[0] + 0.8 * gradients[1] + gradients[2], gradients[2]]
        move = v[0] if name == "momentum_step" else 0.8 * v[0] + v[1]
        compare.same(compare.items(outs, 3, list)[2], points[2] - 0.3 * move, what="the third point", zh="第三个点")


@check(
    "sgd_momentum.from_scratch",
    hint="torch.optim has this rule ready made. Here you write its two lines yourself.",
    zh="torch.optim 里有现成的实现。这里请自己写出那两行。",
    needs=["sgd_momentum.match_torch"],
)
def test_no_ready_made_optimiser(submission: Any) -> None:
    for name in STEPS:
        source_rules.forbid_imports(submission.source, {"torch.optim"}, within=name)
