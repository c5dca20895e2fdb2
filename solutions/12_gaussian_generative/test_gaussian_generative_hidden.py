"""Hidden checks of topic 12: one Gaussian, its density, and the covariance of several classes."""

from __future__ import annotations

from typing import Any

import torch
from gaussian_generative_reference import F32, F64, SCATTER, correlated, covariance, density, moments, pooled
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

FIT = {"what": "(mean, covariance)", "zh": "(均值, 协方差)"}
HEIGHTS = {"what": "the log densities", "zh": "对数密度"}

# gaussian_mle -------------------------------------------------------------------------------------------------------


@check(
    "gaussian_mle.value",
    hint="Subtract the mean of the rows. Every pair of columns is multiplied and averaged: over n, not over n - 1.",
    zh="先减去各行的均值。每一对列都要相乘再求平均：除以 n，而不是 n - 1。",
)
def test_mean_and_covariance(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, d = draw.sizes(2, 1, 12)
        X = draw.layout(correlated(draw, n, d, float_type(number)), number)
        compare.same(submission.gaussian_mle(X), moments(X), **FIT)


@check(
    "gaussian_mle.n1",
    hint="A single row does not vary: no gap to its mean, nothing to divide by 0.",
    zh="只有一行就没有变化：它与均值的差是 0，也没有什么要除以 0。",
)
def test_one_row_has_no_spread(submission: Any, draw: Draw) -> None:
    for number, d in enumerate((1, 3, 4)):
        X = correlated(draw, 1, d, float_type(number))
        want = (X[0], torch.zeros(d, d, dtype=X.dtype))
        compare.same(submission.gaussian_mle(X), want, **FIT)


@check(
    "gaussian_mle.symmetric_psd",
    hint="Column i with column j is column j with column i, and no direction has a negative variance.",
    zh="第 i 列与第 j 列，就是第 j 列与第 i 列；任何方向的方差都不会是负的。",
)
def test_no_direction_varies_less_than_nothing(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        d = draw.size(2, 8)
        X = correlated(draw, draw.size(2, 2 * d), d)
        _, S = compare.items(submission.gaussian_mle(X), 2, tuple, "the result", "结果")
        S = compare.finite(compare.tensor(S, shape=(d, d), dtype=F64, what="S", zh="S"), "S", "S").detach()
        compare.same(S, S.T, rtol=0, atol=1e-10, what="the covariance", zh="协方差")
        low = torch.linalg.eigvalsh(S).min().item()
        compare.require(low >= -1e-10, "a direction has a negative variance.", "有一个方向的方差是负的。")
        along = draw.randn(d)
        compare.same(
            along @ S @ along,
            (X @ along).var(correction=0),
            what="the variance along a direction",
            zh="沿一个方向的方差",
        )


@check(
    "gaussian_mle.far_from_zero",
    hint="The mean of the squares minus the square of the mean: two huge numbers whose difference is lost in rounding.",
    zh="“平方的均值减去均值的平方”：两个很大的数相减，差淹没在舍入误差里。",
)
def test_features_far_from_zero(submission: Any, draw: Draw) -> None:
    for dtype, far in ((F32, 2000.0), (F64, 1e6)):
        X = draw.integers(-8, 9, 16, draw.size(2, 4)).to(dtype) / 4 + far  # sums of these are exact
        compare.same(submission.gaussian_mle(X), moments(X), **FIT)


@check(
    "gaussian_mle.inputs_unchanged",
    hint="X belongs to the caller: -= subtracts the mean for everybody.",
    zh="X 是调用者的：用 -= 减均值，会改掉所有人的 X。",
    needs=["gaussian_mle.value"],
    weight=0.5,
)
def test_the_fit_leaves_x_alone(submission: Any, draw: Draw) -> None:
    for number in range(3):
        X = draw.layout(correlated(draw, 6, 3), number)
        seen = submission.observe("gaussian_mle", X)
        compare.same(seen.result, moments(X), **FIT)
        compare.unchanged(X, seen.args[0], "X")


@check(
    "gaussian_mle.no_builtin",
    hint="torch.cov is what you are building: gaps to the mean, and one matrix product.",
    zh="torch.cov 正是你要实现的东西：与均值的差，加上一次矩阵乘法。",
    needs=["gaussian_mle.example"],
)
def test_the_covariance_is_your_own(submission: Any) -> None:
    source_rules.forbid_names(
        submission.source, {"torch.cov", "torch.corrcoef", "np.cov", "np.corrcoef"}, within="gaussian_mle"
    )


# log_density --------------------------------------------------------------------------------------------------------


def points(draw: Draw, number: int, n: int, d: int) -> tuple[Tensor, Tensor, Tensor]:
    dtype = float_type(number)
    x, mu = 2 * draw.randn(n, d, dtype=dtype), draw.randn(d, dtype=dtype)
    return draw.layout(x, number), draw.layout(mu, number % 2), draw.layout(covariance(draw, d, dtype), number % 3)


@check(
    "log_density.value",
    hint="Three terms, all with -1/2: d times log(2 pi), log det S, and the gap, S^-1, the gap again.",
    zh="三项，都乘 -1/2：d 乘 log(2π)、log det S，以及差、S 的逆、差相乘。",
)
def test_log_density_of_many_points(submission: Any, draw: Draw) -> None:
    for number in range(20):
        given = points(draw, number, *draw.sizes(2, 1, 9))
        compare.same(submission.log_density(*given), density(*given), **HEIGHTS, scale=5)


@check(
    "log_density.no_underflow",
    hint="exp(-1800) is 0 in floating point, and log 0 is -inf. Never build the density itself.",
    zh="exp(-1800) 在浮点数中是 0，而 log 0 是 -inf。不要先算密度本身。",
)
def test_a_point_sixty_sigma_away(submission: Any, draw: Draw) -> None:
    for number in range(6):
        d, dtype = draw.size(1, 4), float_type(number)
        mu, S = draw.randn(d, dtype=dtype), covariance(draw, d, dtype)
        x = mu + 60 * draw.uniform(1, 3, 5, 1, dtype=dtype) * S.diagonal().sqrt()
        got = compare.finite(compare.tensor(submission.log_density(x, mu, S), shape=(5,), dtype=dtype), **HEIGHTS)
        compare.same(got, density(x, mu, S), **HEIGHTS)


@check(
    "log_density.extreme_determinant",
    hint="A determinant is a product of d variances: many small ones give 0, many large ones inf. A sum of logarithms"
    " gives neither.",
    zh="行列式是 d 个方差之积：很多个小的乘起来是 0，很多个大的乘起来是 inf。对数之和则不会。",
)
def test_many_features_with_small_or_large_variances(submission: Any, draw: Draw) -> None:
    for dtype, d, scale in ((F64, 70, 1e-4), (F64, 70, 1e4), (F32, 30, 1e-2), (F32, 30, 1e2)):
        S = scale**2 * (torch.eye(d, dtype=F64) + 0.5 * torch.diag(draw.uniform(0, 1, d)))
        x, mu = scale * draw.randn(4, d, dtype=dtype), scale * draw.randn(d, dtype=dtype)
        S = S.to(dtype)
        compare.same(submission.log_density(x, mu, S), density(x, mu, S), **HEIGHTS, scale=10)


@check(
    "log_density.vectorised",
    hint="All rows at once: one solve for d times n numbers. Of a table of n times n numbers only the diagonal would"
    " be of use.",
    zh="所有的行一次算完：对 d 乘 n 个数解一次方程组。n 乘 n 的表里，有用的只有对角线。",
)
def test_rows_are_not_taken_one_by_one(submission: Any, draw: Draw) -> None:
    mu, S, counts = draw.randn(3), covariance(draw, 3), []
    for n in (4, 400):
        x = draw.randn(n, 3)
        seen = submission.observe("log_density", x, mu, S)
        compare.same(seen.result, density(x, mu, S), **HEIGHTS)
        counts.append(seen.op_count)
    source_rules.vectorised(*counts, slack=4)
    compare.require(
        type(seen.largest) is int and seen.largest < 40_000,
        "somewhere a table with a row and a column for every point is made.",
        "计算途中造出了一张 n x n 的大表：每个点各占一行、一列。",
        reason="vectorised",
    )


@check(
    "log_density.d1",
    hint="One feature is still a matrix with one column, and S is 1 times 1: don't squeeze dimensions away.",
    zh="只有一个特征时，x 仍是一列的矩阵，S 是 1 乘 1：不要把维度压掉。",
)
def test_one_feature(submission: Any, draw: Draw) -> None:
    for number in range(6):
        given = points(draw, number, draw.size(1, 7), 1)
        compare.same(submission.log_density(*given), density(*given), **HEIGHTS, scale=5)


@check(
    "log_density.gradient",
    hint="The result must stay connected to x and mu: no NumPy, no .data, no detach().",
    zh="结果必须与 x 和 mu 保持连接：不要经过 NumPy、.data 或 detach()。",
)
def test_gradient_with_respect_to_points_and_mean(submission: Any, draw: Draw) -> None:
    S = covariance(draw, 3)

    def inputs(draw: Draw) -> tuple[Tensor, Tensor]:
        return draw.randn(5, 3), draw.randn(3)

    gradients.match(lambda x, mu: submission.log_density(x, mu, S), lambda x, mu: density(x, mu, S), inputs, draw)


@check(
    "log_density.inputs_unchanged",
    hint="x, mu and S belong to the caller: -= writes into x.",
    zh="x、mu、S 都是调用者的：-= 会改写 x。",
    needs=["log_density.value"],
    weight=0.5,
)
def test_the_density_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    for number in range(3):
        given = points(draw, number, 4, 3)
        seen = submission.observe("log_density", *given)
        compare.same(seen.result, density(*given), **HEIGHTS, scale=5)
        for before, after, name in zip(given, seen.args, ("x", "mu", "S"), strict=True):
            compare.unchanged(before, after, name)


@check(
    "log_density.no_builtin",
    hint="torch.linalg has all you need: a Cholesky factor or slogdet, and a solve.",
    zh="torch.linalg 里的东西就够了：Cholesky 分解或 slogdet，再解一次方程组。",
    needs=["log_density.example"],
)
def test_the_density_is_your_own(submission: Any) -> None:
    source_rules.forbid_names(submission.source, {"torch.distributions.*", "scipy.*"}, within="log_density")


# shared_covariance --------------------------------------------------------------------------------------------------


def groups(draw: Draw, number: int, labels: tuple[int, ...]) -> tuple[Tensor, Tensor]:
    """Classes of very unequal sizes, their means far apart, in random order."""
    counts = draw.sizes(len(labels), 2, 16)
    y = torch.cat([torch.full((count,), label) for count, label in zip(counts, labels, strict=True)])
    y = y[draw.permutation(len(y))]
    d = draw.size(1, 5)
    X = correlated(draw, len(y), d) * (1 + y[:, None] % 3) + 5 * draw.randn(max(labels) + 1, d)[y]
    return draw.layout(X.to(float_type(number)), number % 3), draw.layout(y, number % 2)


@check(
    "shared_covariance.weighted",
    hint="A class of forty rows knows more about the spread than one of four: its covariance counts ten times.",
    zh="四十行的类比四行的类更了解散布的大小：它的协方差的权重应是后者的十倍。",
)
def test_class_sizes_are_the_weights(submission: Any, draw: Draw) -> None:
    for number in range(12):
        X, y = groups(draw, number, tuple(range(draw.size(2, 4))))
        compare.same(submission.shared_covariance(X, y), pooled(X, y), **SCATTER, scale=10)


@check(
    "shared_covariance.within_class",
    hint="How far the classes lie apart is no spread: each row is compared with the mean of its own class.",
    zh="类与类之间的距离不算散布：每一行都要与自己那一类的均值相比。",
)
def test_moving_a_whole_class_changes_nothing(submission: Any, draw: Draw) -> None:
    for number in range(4):
        X, y = groups(draw, 3 * number, (0, 1, 2))
        moved = X + 20 * draw.randn(3, X.shape[1])[y]
        compare.same(submission.shared_covariance(X, y), pooled(X, y), **SCATTER)
        compare.same(submission.shared_covariance(moved, y), pooled(X, y), **SCATTER, scale=10)


@check(
    "shared_covariance.labels_with_gaps",
    hint="Which labels occur? The mean of no rows is nan, a class of one row has no spread, and one class alone is just"
    " gaussian_mle.",
    zh="哪些标签真的出现了？零行的均值是 nan；一行的类没有散布；只有一类时，就是 gaussian_mle。",
)
def test_missing_labels_and_lonely_rows(submission: Any, draw: Draw) -> None:
    for number, labels in enumerate(((2, 5, 11), (1,), (0, 3), (40,))):
        X, y = groups(draw, number, labels)
        compare.same(submission.shared_covariance(X, y), pooled(X, y), **SCATTER, scale=10)
        y = y.clone()
        y[draw.size(0, len(y) - 1)] = 6  # a class of its own
        compare.same(submission.shared_covariance(X, y), pooled(X, y), **SCATTER, scale=10)


@check(
    "shared_covariance.inputs_unchanged",
    hint="X belongs to the caller: X[members] -= ... writes into it. Work on a clone.",
    zh="X 是调用者的：X[members] -= ... 会改写它。请在 clone 上计算。",
    needs=["shared_covariance.weighted"],
    weight=0.5,
)
def test_the_shared_covariance_leaves_x_and_y_alone(submission: Any, draw: Draw) -> None:
    for number in range(3):
        X, y = groups(draw, number, (0, 1, 2))
        seen = submission.observe("shared_covariance", X, y)
        compare.same(seen.result, pooled(X, y), **SCATTER, scale=10)
        compare.unchanged(X, seen.args[0], "X")
        compare.unchanged(y, seen.args[1], "y")
