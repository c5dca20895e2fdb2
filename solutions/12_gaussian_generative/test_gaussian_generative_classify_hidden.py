"""Hidden checks of topic 12: the linear classifier, and classes with or without a covariance of their own. Where one
function is judged, those before it are replaced by right ones; the real data meet the student's own."""

from __future__ import annotations

import math
from typing import Any

import torch
from gaussian_generative_reference import (
    F64,
    LABELS,
    correlated,
    decided,
    density,
    line,
    pooled,
    some_classes,
    two_classes,
    with_right_parts,
)
from torch import Tensor

from autograder.checks import compare, datasets, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

PARTS = [
    "gaussian_mle.value",
    "log_density.value",
    "log_density.no_underflow",
    "log_density.extreme_determinant",
    "shared_covariance.within_class",
]

# gaussian_generative ------------------------------------------------------------------------------------------------


def fitted(submission: Any, X: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """The student's w and b, known to have the right shapes and dtype."""
    w, b = compare.items(submission.to_linear(X, y), 2, tuple, "the result", "结果")
    w = compare.tensor(w, shape=(X.shape[1],), dtype=X.dtype, what="w", zh="w").detach()
    return w, compare.tensor(b, shape=(), dtype=X.dtype, what="b", zh="b").detach()


@check(
    "gaussian_generative.logit_equals_log_density_ratio",
    hint="Write both log densities down and subtract: the squares of x cancel since S is the same. What is left is x"
    " times a vector, plus numbers, and the odds of the classes are among them.",
    zh="写出两个对数密度，相减：S 相同，x 的平方项消去。剩下 x 乘一个向量，再加常数，先验之比也在其中。",
)
def test_the_line_says_what_the_densities_say(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number in range(15):
        X, y = two_classes(draw, float_type(number))
        X, x = draw.layout(X, number % 3), correlated(draw, 6, X.shape[1], X.dtype)
        w, b = fitted(submission, X, y)
        S, one, zero = pooled(X.double(), y), X[y == 1].double(), X[y == 0].double()
        ratio = density(x.double(), one.mean(0), S) - density(x.double(), zero.mean(0), S)
        want = (ratio + math.log(len(one) / len(zero))).to(X.dtype)
        compare.same(x @ w + b, want, what="x w + b", zh="x w + b", scale=20)


@check(
    "gaussian_generative.prior_used",
    hint="Where both densities are the same, the counts decide. Twice as many zeros: the log odds fall by log 2"
    " everywhere.",
    zh="两个密度相同之处，由个数决定。0 类多一倍，对数几率处处少 log 2。",
)
def test_doubling_class_zero_moves_the_border(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number in range(3):
        d = draw.size(1, 4)
        zero = correlated(draw, 5 * d + 5, d, float_type(number))
        one = zero[draw.permutation(len(zero))] + draw.uniform(0.5, 1, d, dtype=zero.dtype)  # the same spread
        pair = torch.tensor([0] * len(zero) + [1] * len(one))
        w, b = fitted(submission, torch.cat([zero, one]), pair)
        for times in (2, 5):
            X, y = (
                torch.cat([zero] * (times - 1) + [zero, one]),
                torch.cat([0 * pair[: len(zero)]] * (times - 1) + [pair]),
            )
            order = draw.permutation(len(y))
            more_w, more_b = fitted(submission, X[order], y[order])
            compare.same(more_w, w, what="w", zh="w", scale=20)
            want = torch.full((), -math.log(times), dtype=b.dtype)
            compare.same(more_b - b, want, what="the change of b", zh="b 的变化", scale=20)


@check(
    "gaussian_generative.shapes",
    hint="w has one number for each feature, b is a single number: shapes (d,) and (), both in X's dtype, and the right"
    " values also for a single feature.",
    zh="w 每个特征一个数，b 是单个数：形状为 (d,) 和 ()，数据类型都与 X 相同；只有一个特征时，数值也要对。",
)
def test_a_vector_and_a_number(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number in range(6):
        X, y = two_classes(draw, float_type(number), d=number % 3 + 1)
        w, b = fitted(submission, X, y)
        compare.finite(w, "w", "w")
        compare.finite(b, "b", "b")


@check(
    "gaussian_generative.any_units",
    hint="Grams or tons, mixed or not: a Gaussian is at home in all units. Nothing may be scaled or added to S here.",
    zh="克还是吨，混合与否，高斯分布都不在乎。这里不要缩放，也不要给 S 加任何东西。",
)
def test_other_units_give_the_same_odds(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for _ in range(4):
        X, y = two_classes(draw, d=3)
        change = torch.tensor([[1e-3, 0.0, 0.0], [5e-4, 2.0, 0.0], [0.0, 1.0, 400.0]], dtype=F64)
        moved = (X + draw.randn(3)) @ change
        w, b = line(X, y)
        own_w, own_b = fitted(submission, moved, y)
        odds = {"what": "the log odds in other units", "zh": "换了单位后的对数几率"}
        compare.same(moved @ own_w + own_b, X @ w + b, rtol=1e-6, atol=1e-6, **odds)


@check(
    "gaussian_generative.inputs_unchanged",
    hint="X and y belong to the caller.",
    zh="X 和 y 是调用者的。",
    needs=["gaussian_generative.logit_equals_log_density_ratio"],
    weight=0.5,
)
def test_the_line_leaves_x_and_y_alone(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    X, y = two_classes(draw)
    seen = submission.observe("to_linear", X, y)
    compare.same(seen.result, line(X, y), what="(w, b)", zh="(w, b)", scale=50)
    compare.unchanged(X, seen.args[0], "X")
    compare.unchanged(y, seen.args[1], "y")


# classify -----------------------------------------------------------------------------------------------------------


def same_labels(submission: Any, X: Tensor, y: Tensor, x: Tensor, shared: bool) -> None:
    """The labels of those rows of x that rounding cannot move."""
    x, want = decided(X, y, x, shared)
    if len(x):
        compare.same(submission.gaussian_classify(X, y, x, shared), want, **LABELS)


@check(
    "classify.labels",
    hint="For each class log p_k plus log density, its own or the shared covariance with the ridge; the largest wins.",
    zh="对每一类算 log p_k 加对数密度，协方差用自己的或共用的，再加上岭；最大者胜。",
)
def test_labels_of_random_classes(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number in range(16):
        d, labels = draw.size(1, 4), tuple(range(draw.size(1, 5)))
        X, y = some_classes(draw, labels, d, float_type(number))
        x = 3 * correlated(draw, 60, d, X.dtype)
        same_labels(submission, draw.layout(X, number % 3), y, draw.layout(x, number % 3), number % 2 == 0)


@check(
    "classify.curved",
    hint="shared=False: each class has a spread of its own. A tight class inside a wide one has a closed border.",
    zh="shared=False：每一类有自己的散布。大圈里的小圈，边界是封闭的。",
)
def test_a_tight_class_inside_a_wide_one(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for _ in range(3):
        y = draw.permutation(60) % 2
        X = draw.randn(60, 2) * torch.where(y == 1, 8.0, 1.0)[:, None]
        x = torch.cat([draw.randn(20, 2) * 0.5, draw.randn(40, 2) * 12])
        for shared in (False, True):
            same_labels(submission, X, y, x, shared)


@check(
    "classify.missing_prior",
    hint="A rare class must fit much better than a common one to win: how often does each occur?",
    zh="罕见的类要比常见的类吻合得好得多才能胜出：每一类出现得有多频繁？",
)
def test_a_rare_class_has_to_be_much_better(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for shared in (True, False):
        y = (draw.permutation(160) < 8).long()
        X = draw.randn(160, 2) + 2 * y[:, None]
        x = torch.linspace(-1, 3, 81, dtype=F64)[:, None].expand(81, 2) + 0.1 * draw.randn(81, 2)
        same_labels(submission, X, y, x, shared)


@check(
    "classify.ridge",
    hint="RIDGE is added to every variance once, after the covariances have been averaged, and to nothing else.",
    zh="RIDGE 加到每个方差上，只加一次，在协方差平均之后，别处都不加。",
)
def test_the_ridge_has_the_given_size(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number in range(8):
        X, y = some_classes(draw, (0, 1), 2)
        X = X * 0.03  # variances about as large as the ridge
        middle = (X[y == 0].mean(0) + X[y == 1].mean(0)) / 2
        same_labels(submission, X, y, middle + 0.12 * draw.randn(150, 2), number % 2 == 0)


@check(
    "classify.singular_class",
    hint="A column that never changes, or a class of one row: its covariance has no inverse. The ridge gives it one.",
    zh="从不变化的一列，或者只有一行的类：协方差没有逆。加上岭就有了。",
)
def test_constant_columns_and_lonely_rows(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number in range(4):
        X, y = some_classes(draw, (0, 1, 2), 4, float_type(number))
        X[:, draw.size(0, 3)] = 0.0
        y[draw.size(0, len(y) - 1)] = 3
        same_labels(submission, X, y, X + 0.01 * draw.randn(*X.shape, dtype=X.dtype), number % 2 == 0)


@check(
    "classify.far_points",
    hint="Far away every density is 0 in floating point, and 0 is not larger than 0. Compare logarithms.",
    zh="远处的密度在浮点数中都是 0，而 0 不比 0 大。请比较对数。",
)
def test_points_far_from_all_classes(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for shared in (True, False):
        X, y = some_classes(draw, (0, 1, 2), 3)
        same_labels(submission, X, y, 300 * draw.randn(30, 3), shared)


@check(
    "classify.labels_with_gaps",
    hint="The place of a class in your list is not its label.",
    zh="一个类在你的列表中的位置，并不是它的标签。",
)
def test_labels_are_names_and_not_places(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number, labels in enumerate(((3, 8, 20), (1, 2), (7,), (9, 0, 4))):
        X, y = some_classes(draw, labels, 2)
        same_labels(submission, X, y, 3 * correlated(draw, 30, 2), number % 2 == 0)


@check(
    "classify.inputs_unchanged",
    hint="The tables belong to the caller, those to learn from and those to judge.",
    zh="这些表都是调用者的：用来学习的，和要判断的。",
    needs=["classify.labels"],
    weight=0.5,
)
def test_classifying_leaves_the_tables_alone(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for shared in (True, False):
        X, y = some_classes(draw, (0, 1), 3)
        x, want = decided(X, y, correlated(draw, 20, 3), shared)
        seen = submission.observe("gaussian_classify", X, y, x, shared)
        compare.same(seen.result, want, **LABELS)
        for before, after, name in zip((X, y, x), seen.args, ("Xtr", "ytr", "Xte"), strict=False):
            compare.unchanged(before, after, name)


@check(
    "classify.test_accuracy",
    hint="The real data meet your own functions, all together: 13 measures in units of their own, and 64 pixels of"
    " which some are always white.",
    zh="真实数据用的是你自己的全部函数：13 项指标各有各的单位；64 个像素中有几个总是空白。",
    needs=["classify.example", "classify.labels", *PARTS],
)
def test_wines_and_digits(submission: Any, draw: Draw) -> None:
    for data, shared, threshold, what, zh in (
        (datasets.wine(), True, 0.95, "the accuracy on wines", "葡萄酒的准确率"),
        (datasets.wine(), False, 0.95, "the accuracy on wines", "葡萄酒的准确率"),
        (datasets.digits(), True, 0.94, "the accuracy on digits", "手写数字的准确率"),
        (datasets.digits(), False, 0.96, "the accuracy on digits", "手写数字的准确率"),
    ):
        rows, columns = draw.permutation(len(data.train_x)), draw.permutation(data.train_x.shape[1])
        X, y = data.train_x[rows][:, columns], data.train_y[rows]
        got = submission.gaussian_classify(X, y, data.test_x[:, columns], shared)
        training.at_least(training.accuracy(got, data.test_y), threshold, what, zh)
