"""Hidden checks of topic 25, first part: the path of gradient descent, and points where it stands still."""

from __future__ import annotations

from typing import Any

import torch
from gd_momentum_reference import F32, F64, turned
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# gd -------------------------------------------------------------------------------------------------------------------


class Slope:
    """A gradient A x + b (plus c x^3) that remembers where it was asked."""

    def __init__(self, draw: Draw, d: int, dtype: torch.dtype, curved: bool) -> None:
        self.A, self.b, self.dtype = draw.randn(d, d, dtype=dtype), draw.randn(d, dtype=dtype), dtype
        self.c, self.points = 0.1 * float(curved), []

    def at(self, x: Tensor) -> Tensor:
        return self.A @ x + self.b + self.c * x**3

    def __call__(self, x: Any) -> Tensor:
        shape = tuple(self.b.shape)
        x = compare.tensor(x, shape=shape, dtype=self.dtype, what="what grad is called with", zh="调用 grad 时传入的点")
        self.points.append(x.detach().clone())
        return self.at(x.detach())

    def path(self, x: Tensor, lr: float, steps: int) -> Tensor:
        rows = [x]
        for _ in range(steps):
            rows.append(rows[-1] - lr * self.at(rows[-1]))
        return torch.stack(rows)


@check(
    "gd.trajectory",
    hint="Each step starts where the last one ended, and goes against the gradient there. Is every row another point?",
    zh="每一步从上一步的终点出发，沿该处梯度的反方向走。每一行都是独立的一个点吗？",
)
def test_every_point_of_the_path(submission: Any, draw: Draw) -> None:
    for number in range(12):
        dtype, (d, steps) = float_type(number), draw.sizes(2, 1, 6)
        slope, lr = Slope(draw, d, dtype, number % 2 == 1), draw.random.uniform(0.01, 0.1)
        x0 = draw.layout(draw.randn(d, dtype=dtype), number)
        compare.same(submission.gd(slope, x0, lr, steps), slope.path(x0, lr, steps), what="the path", zh="路径")


@check(
    "gd.input_unchanged",
    hint="x -= ... writes into the tensor that x is. Whose tensor is it at the first step?",
    zh="x -= ... 会改写 x 所指的张量。第一步时，那是谁的张量？",
)
def test_the_start_stays_where_it_is(submission: Any, draw: Draw) -> None:
    x0 = draw.randn(5)
    seen = submission.observe("gd", submission.build("lambda x: 2 * x"), x0, 0.1, 3)
    compare.tensor(seen.result, shape=(4, 5), dtype=F64, what="the path", zh="路径")
    compare.unchanged(x0, seen.args[1], "x0")


@check(
    "gd.diverges_above_2_over_L",
    hint="With curvature 50 a step multiplies the point by 1 - 50 * lr. Nothing is cut off, and nothing is averaged.",
    zh="曲率为 50 时，每一步把点乘以 1 - 50 * lr。既不截断，也不取平均。",
)
def test_a_rate_above_the_limit_runs_away(submission: Any, draw: Draw) -> None:
    grad = submission.build("lambda x: torch.tensor([1.0, 50.0], dtype=x.dtype) * x")
    x0 = draw.uniform(0.5, 2.0, 2)
    ends = []
    for lr in (0.041, 0.038):
        path = compare.tensor(submission.gd(grad, x0, lr, 200), shape=(201, 2), dtype=F64, what="the path", zh="路径")
        ends.append(path.detach()[-1].abs())
    compare.require(
        ends[0][1] > 1000 * x0[1] and ends[1].max() < 0.01 * x0.max(),
        "with curvature 50 the path should grow for lr = 0.041 and shrink for lr = 0.038.",
        "曲率为 50 时，lr = 0.041 的路径应当发散，lr = 0.038 的应当收缩。",
    )


@check(
    "gd.steps0",
    hint="No step at all: the path is the start alone, a matrix of one row, and the gradient is not needed.",
    zh="一步也不走：路径只有起点，是只有一行的矩阵，也用不着梯度。",
)
def test_without_steps_the_path_is_the_start(submission: Any, draw: Draw) -> None:
    for d in (1, 4):
        slope, x0 = Slope(draw, d, F64, False), draw.randn(d)
        compare.same(submission.gd(slope, x0, 0.1, 0), x0[None], what="the path", zh="路径")
        compare.equal(len(slope.points), 0, what="the number of calls of grad", zh="调用 grad 的次数")


@check(
    "gd.one_gradient_per_step",
    hint="Gradients are dear: one for each step, at the point where the step starts, and none at the end.",
    zh="梯度很昂贵：每步只算一次，在这一步的出发点；终点处不算。",
)
def test_where_the_gradient_is_asked(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        d, steps = draw.sizes(2, 2, 6)
        slope, x0 = Slope(draw, d, F64, True), draw.randn(d)
        compare.tensor(submission.gd(slope, x0, 0.05, steps), shape=(steps + 1, d), what="the path", zh="路径")
        compare.equal(len(slope.points), steps, what="the number of calls of grad", zh="调用 grad 的次数")
        compare.same(torch.stack(slope.points), slope.path(x0, 0.05, steps)[:-1], what="the points", zh="求梯度的点")


# classify_critical ----------------------------------------------------------------------------------------------------


def kinds(submission: Any, draw: Draw, want: str, cases: list[list[float]], **more: float) -> None:
    """Every list of eigenvalues, turned in space, is of the kind `want`."""
    for eigenvalues in cases:
        got = submission.classify_critical(turned(draw, eigenvalues), **more)
        compare.equal(got, want, what="the kind of critical point", zh="临界点的类型")


@check(
    "classify_critical.min",
    hint="All eigenvalues are positive, whatever the entries look like.",
    zh="所有特征值都为正，不论矩阵的元素看起来如何。",
)
def test_a_minimum_bends_upwards_everywhere(submission: Any, draw: Draw) -> None:
    kinds(submission, draw, "min", [[1.0, 2.0], [0.3], [9.0, 0.01, 0.02], [1e-4, 5.0, 3.0, 0.7], [2.0, 2.0]])
    compare.equal(submission.classify_critical(turned(draw, [1.0, 2.0, 3.0]).float()), "min")


@check(
    "classify_critical.max",
    hint="Minus the identity has a positive determinant in two dimensions, and yet every way leads down.",
    zh="二维时负单位矩阵的行列式为正，然而每个方向都向下。",
)
def test_a_maximum_bends_downwards_everywhere(submission: Any, draw: Draw) -> None:
    kinds(submission, draw, "max", [[-1.0, -1.0], [-0.3], [-9.0, -0.01, -0.02], [-1e-4, -5.0, -3.0, -0.7]])
    for d in (1, 2, 3, 4):
        compare.equal(submission.classify_critical(-torch.eye(d)), "max")


@check(
    "classify_critical.saddle_offdiag",
    hint="The diagonal may be positive, and a slanted line can still lead down. Look at the eigenvalues.",
    zh="对角线元素可以都为正，而沿某条斜线仍然向下。请看特征值。",
)
def test_a_saddle_with_a_positive_diagonal(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        a, b = draw.random.uniform(0.5, 2.0), draw.random.uniform(0.5, 2.0)
        c = (a * b) ** 0.5 * draw.random.uniform(1.1, 3.0) * draw.random.choice([-1, 1])
        compare.equal(submission.classify_critical(torch.tensor([[a, c], [c, b]], dtype=F64)), "saddle")
    compare.equal(submission.classify_critical(torch.tensor([[1.0, 2.0], [2.0, 1.0]])), "saddle")


@check(
    "classify_critical.degenerate",
    hint="A direction without curvature, and no sign against the others: here the Hessian does not tell.",
    zh="有一个方向没有曲率，其余方向符号一致：这时海森矩阵说明不了什么。",
)
def test_flat_directions(submission: Any, draw: Draw) -> None:
    for diagonal in ([0.0, 1.0], [0.0, -2.0, -1.0], [0.0], [0.0, 0.0, 0.0], [3.0, 0.0, 1.0]):
        H = torch.diag(torch.tensor(diagonal, dtype=F64))
        compare.equal(submission.classify_critical(H), "degenerate")
        compare.equal(submission.classify_critical(H, 0.0), "degenerate")
    kinds(submission, draw, "degenerate", [[0.0, 1.0], [0.0, -2.0, -1.0, 0.0], [1e-10, 3.0, 1.0]])


@check(
    "classify_critical.3d_saddle_positive_det",
    hint="Two negative eigenvalues make the determinant positive again. How many of each sign are there?",
    zh="两个负特征值使行列式又变为正。正、负特征值各有几个？",
)
def test_saddles_with_any_determinant(submission: Any, draw: Draw) -> None:
    cases = [[-1.0, -2.0, 3.0], [-1.0, 2.0, 3.0], [-5.0, -0.01, 0.1, 2.0], [-0.01, 8.0, 9.0, 7.0], [9.0, -8.0, -7.0]]
    kinds(submission, draw, "saddle", cases)


@check(
    "classify_critical.saddle_with_zero",
    hint="One way leads up and one leads down: that is settled, whatever a third direction does.",
    zh="有的方向向上，有的方向向下：这就足以定论，与第三个方向无关。",
)
def test_a_saddle_stays_one_beside_a_flat_direction(submission: Any, draw: Draw) -> None:
    kinds(submission, draw, "saddle", [[-1.0, 0.0, 1.0], [0.0, 0.0, -3.0, 0.5]])
    compare.equal(submission.classify_critical(torch.diag(torch.tensor([-1.0, 0.0, 1.0]))), "saddle")


@check(
    "classify_critical.tolerance",
    hint="tol is a distance from 0, on both sides of it and not relative to anything.",
    zh="tol 是与 0 的距离，正负两侧都算，不是相对误差。",
)
def test_small_eigenvalues_count_as_zero(submission: Any, draw: Draw) -> None:
    kinds(
        submission, draw, "degenerate", [[0.4, 7.0], [-0.4, 7.0, 9.0], [0.4, -7.0], [-0.4, -7.0], [0.4, -0.4]], tol=0.5
    )
    kinds(submission, draw, "min", [[0.6, 7.0], [0.6]], tol=0.5)
    kinds(submission, draw, "max", [[-0.6, -700.0], [-0.6]], tol=0.5)
    kinds(submission, draw, "saddle", [[-0.6, 0.6], [-0.6, 0.1, 800.0]], tol=0.5)
    for edge in (0.5, -0.5):  # exactly at the tolerance counts as zero
        compare.equal(submission.classify_critical(torch.tensor([[edge]]), 0.5), "degenerate")


@check(
    "classify_critical.input_unchanged",
    hint="H belongs to the caller.",
    zh="H 是调用者的。",
    weight=0.5,
)
def test_the_hessian_is_left_alone(submission: Any, draw: Draw) -> None:
    H = turned(draw, [1.0, -2.0, 3.0]).to(F32)
    seen = submission.observe("classify_critical", H)
    compare.equal(seen.result, "saddle")
    compare.unchanged(H, seen.args[0], "H")
