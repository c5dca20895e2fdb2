"""Hidden checks of topic 21, second part: the norm of the exact minimum. The reference solves one least-squares problem
per strength; the properties need no reference at all."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from weight_decay_reference import F64, ridge

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def path(submission: Any, X: Tensor, y: Tensor, lams: list[float]) -> Tensor:
    got = submission.ridge_path(X, y, lams)
    return compare.finite(compare.tensor(got, shape=(len(lams),), dtype=X.dtype)).detach()


def norms(X: Tensor, y: Tensor, lams: list[float]) -> Tensor:
    return torch.stack([ridge(X, y, lam)[0].norm() for lam in lams]).to(X.dtype)


def data(draw: Draw, number: int, dtype: torch.dtype = F64) -> tuple[Tensor, Tensor]:
    """Far from the origin, so that the intercept matters. Sometimes more columns than rows."""
    n, d = draw.sizes(2, 2, 9)
    X = draw.randn(n, d, dtype=dtype) + 2 * draw.randn(1, d, dtype=dtype)
    return draw.layout(X, number % 3), draw.randn(n, 1, dtype=dtype) + 3


@check(
    "ridge_path.value",
    hint="Set the gradient of the objective to zero: the mean over n rows on one side, lam times w on the other.",
    zh="令目标函数的梯度为零：一边是 n 行的平均，另一边是 lam 乘 w。",
)
def test_the_norm_of_the_exact_minimum(submission: Any, draw: Draw) -> None:
    for number in range(20):
        X, y = data(draw, number, float_type(number // 3))
        lams = [draw.random.uniform(0.02, 5.0) for _ in range(draw.size(1, 4))]
        compare.same(path(submission, X, y, lams), norms(X, y, lams), what="the norms", zh="各个范数")


@check(
    "ridge_path.order_kept",
    hint="One norm for each strength, where it stands in the list: unsorted, repeated, or none at all.",
    zh="每个强度对应一个范数，按列表中的位置排列：可以无序、重复，也可以一个都没有。",
)
def test_strengths_in_any_order(submission: Any, draw: Draw) -> None:
    X, y = data(draw, 0)
    lams = [0.7, 3.0, 0.1, 3.0, 0.0, 1.3]
    compare.same(path(submission, X, y, lams), norms(X, y, lams), what="the norms", zh="各个范数")
    compare.same(path(submission, X, y, []), torch.zeros(0, dtype=F64), what="the norms", zh="各个范数")


@check(
    "ridge_path.monotone",
    hint="The more a weight costs, the less of it is bought: with lam the norm falls, and towards 0.",
    zh="权重越贵，买得越少：lam 增大，范数下降，直至趋于 0。",
)
def test_the_norm_falls_with_the_strength(submission: Any, draw: Draw) -> None:
    for number in range(6):
        X, y = data(draw, number)
        if number % 2:  # many rows in large units: a strength that stands at the data lets the norm rise from 0 to 0.01
            X, y = 5 * draw.randn(40, 3) - 2, draw.randn(40, 1)
        got = path(submission, X, y, [0.0, 0.01, 0.1, 1.0, 10.0, 1e5])
        compare.require(bool((got.diff() < 0).all()), "the norm does not fall with lam.", "范数没有随 lam 下降。")
        compare.require(
            got[-1].item() < 0.01 * got[0].item(), "a huge lam should nearly remove w.", "lam 极大时 w 应接近 0。"
        )


@check(
    "ridge_path.lam0_is_min_norm",
    hint="With more unknowns than rows many w fit exactly. Which of them do smaller and smaller strengths lead to?",
    zh="未知数多于行数时，有许多 w 都恰好拟合，此时解方程组会失败。强度越来越小时，会走向其中哪一个？",
)
def test_without_a_penalty_the_smallest_solution_counts(submission: Any, draw: Draw) -> None:
    for number in range(8):
        n, d = draw.size(2, 5), draw.size(7, 11)
        n, d = (n, d) if number % 2 else (d, n + 1)
        X, y = draw.randn(n, d) + 1, draw.randn(n, 1) - 2
        if number % 4 >= 2:
            X = torch.cat([X, X[:, :1] - X[:, 1:2]], 1)  # a column that says nothing new
        compare.same(
            path(submission, X, y, [0.0]), norms(X, y, [0.0]), what="the norm at lam = 0", zh="lam = 0 时的范数"
        )


@check(
    "ridge_path.bias_free",
    hint="A constant added to y is what b is for, and b costs nothing: take the means away before you solve.",
    zh="给 y 加上一个常数，由 b 去承担，而 b 不受惩罚：求解之前先减去各自的平均值。",
)
def test_constants_change_nothing(submission: Any, draw: Draw) -> None:
    for number in range(6):
        X, y = data(draw, number)
        lams = [0.05, 0.5, 2.0]
        plain = path(submission, X, y, lams)
        moved = path(submission, X + 5 * draw.randn(1, X.shape[1]), y - 40.0, lams)
        compare.same(moved, plain, what="the norms after moving the data", zh="平移数据之后的范数")
        compare.same(plain, norms(X, y, lams), what="the norms", zh="各个范数")


@check(
    "ridge_path.rows_repeated",
    hint="The objective has a mean over the rows: all rows twice are the same data. Where does n stand?",
    zh="目标函数对各行取平均：把所有行重复一遍，数据并没有变。n 应当在哪里？",
)
def test_every_row_twice_changes_nothing(submission: Any, draw: Draw) -> None:
    for number in range(6):
        X, y = data(draw, number)
        lams = [0.05, 0.5, 2.0]
        twice = path(submission, torch.cat([X, X, X]), torch.cat([y, y, y]), lams)
        compare.same(
            twice, path(submission, X, y, lams), what="the norms with all rows repeated", zh="各行重复后的范数"
        )
        compare.same(twice, norms(X, y, lams), what="the norms", zh="各个范数")


@check(
    "ridge_path.one_row",
    hint="One row, or rows that are all alike, are explained by b alone: then w is 0.",
    zh="只有一行，或各行都相同时，单凭 b 就能解释：这时 w 为 0。",
)
def test_where_b_explains_everything(submission: Any, draw: Draw) -> None:
    alike = draw.expanded(draw.randn(5, 3))  # not at lam = 0, where the rounding of a mean would be divided by itself
    for X, y, first in ((draw.randn(1, 4), draw.randn(1, 1), 0.0), (alike, draw.randn(5, 1), 0.2)):
        compare.same(path(submission, X, y, [first, 0.4]), torch.zeros(2, dtype=F64), what="the norms", zh="各个范数")
    X = draw.randn(6, 3)
    compare.same(path(submission, X, torch.full((6, 1), 2.5, dtype=F64), [0.0, 1.0]), torch.zeros(2, dtype=F64))


@check(
    "ridge_path.bad_strength_raises",
    hint="A negative strength would reward large weights, without end.",
    zh="负的强度等于奖励大权重，永无止境。",
)
def test_negative_strengths_are_refused(submission: Any, draw: Draw) -> None:
    X, y = data(draw, 0)
    for lams in ([-0.1], [1.0, -1e-6], [0.5, -2.0, 0.1]):
        compare.raises(ValueError, submission.ridge_path, X, y, lams)


@check(
    "ridge_path.inputs_unchanged",
    hint="Centre copies: X -= X.mean(0) writes into the caller's data.",
    zh="请对副本做中心化：X -= X.mean(0) 会改写调用者的数据。",
)
def test_the_data_are_left_alone(submission: Any, draw: Draw) -> None:
    X, y = data(draw, 0)
    lams = [0.5, 0.1, 2.0]
    seen = submission.observe("ridge_path", X, y, lams)
    compare.tensor(seen.result, shape=(3,), dtype=F64)
    for name, before, after in zip(("X", "y", "lams"), (X, y, lams), seen.args, strict=True):
        compare.unchanged(before, after, name)
