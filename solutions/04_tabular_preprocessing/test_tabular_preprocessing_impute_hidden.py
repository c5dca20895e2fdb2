"""Hidden checks of tabular-preprocessing: gaps among numbers."""

from __future__ import annotations

from typing import Any

import torch
from tabular_preprocessing_reference import F32, F64, NAN, with_gaps
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

FILLED = {"what": "the filled table", "zh": "填补后的表格"}
TABLE = {"what": "the table", "zh": "表格"}


def filled(x: Tensor, stats: Tensor | None = None) -> Tensor:
    if stats is None:
        stats = torch.stack([column[~column.isnan()].double().mean() for column in x.unbind(1)]).to(x.dtype)
    return torch.where(x.isnan(), stats.expand(x.shape), x)


@check(
    "impute.mean",
    hint="The mean of a column is over what was observed: neither the gaps nor zeros in their place count.",
    zh="一列的均值只对观测到的数求：缺失处不算数，更不能当作 0。",
)
def test_gaps_become_the_mean_of_their_column(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, d = draw.sizes(2, 4, 9)
        d = n if number % 6 == 5 else d
        x = draw.layout(with_gaps(draw, n, d, float_type(number)), number % 3)
        compare.same(submission.impute_numeric(x), filled(x), **FILLED)
    compare.same(submission.impute_numeric(x, how="mean"), filled(x), **FILLED)


@check(
    "impute.nothing_missing",
    hint="Where nothing is missing there is nothing to change.",
    zh="没有缺失，就什么也不用改。",
)
def test_a_full_table_stays_as_it_is(submission: Any, draw: Draw) -> None:
    for number in range(4):
        x = draw.randn(*draw.sizes(2, 2, 7), dtype=float_type(number))
        for how in ("mean", "drop"):
            compare.same(submission.impute_numeric(x, how), x, **TABLE)


@check(
    "impute.drop",
    hint="One gap is enough to leave a row out; the others stay whole and in their order.",
    zh="一行只要有一处缺失就整行删去；其余各行原样保留，次序不变。",
)
def test_rows_with_gaps_are_left_out(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, d = draw.sizes(2, 4, 9)
        x = with_gaps(draw, n, d, float_type(number), share=0.1)
        x[draw.permutation(n)[:2]] = draw.randn(2, d, dtype=x.dtype)
        x = draw.layout(x, number % 3)
        want = torch.stack([row for row in x if not row.isnan().any()])
        compare.same(submission.impute_numeric(x, "drop"), want, **TABLE)


@check(
    "impute.all_rows_dropped",
    hint="If every row has a gap, no row is left, but the columns are: shape (0, d).",
    zh="若每行都有缺失，就一行也不剩，但列还在：形状为 (0, d)。",
)
def test_nothing_may_be_left(submission: Any, draw: Draw) -> None:
    n, d = draw.sizes(2, 3, 7)
    x = draw.randn(n, d, dtype=F32)
    x[torch.arange(n), draw.integers(0, d, n)] = NAN
    compare.same(submission.impute_numeric(x, "drop"), torch.zeros(0, d), **TABLE)


@check(
    "impute.uses_given_stats",
    hint="If statistics are given, they fill the gaps: the test set is filled with the means of the training set.",
    zh="给了统计量，就用它来填补：测试集的缺失要用训练集的均值来填。",
)
def test_given_means_are_used(submission: Any, draw: Draw) -> None:
    for number in range(9):
        n, d = draw.sizes(2, 4, 9)
        x = draw.layout(with_gaps(draw, n, d, float_type(number)), number % 3)
        stats = draw.randn(d, dtype=x.dtype) if number else torch.zeros(d, dtype=x.dtype)
        got = submission.impute_numeric(x, stats=stats)
        compare.same(got, filled(x, stats), **FILLED)
    x[:, 0] = NAN
    compare.same(submission.impute_numeric(x, "mean", stats), filled(x, stats), **FILLED)


@check(
    "impute.drop_ignores_stats",
    hint="Dropping needs no statistics: rows with gaps go, whatever the means are.",
    zh="删行不需要统计量：不论均值是多少，有缺失的行都要删去。",
)
def test_given_means_do_not_save_a_row(submission: Any, draw: Draw) -> None:
    x = with_gaps(draw, 7, 3, share=0.1)
    x[0] = 1.0
    want = torch.stack([row for row in x if not row.isnan().any()])
    compare.same(submission.impute_numeric(x, "drop", draw.randn(3)), want, **TABLE)


@check(
    "impute.all_nan_column",
    hint="The mean of nothing is nan, and filling with nan fills nothing. Such a column becomes 0.",
    zh="没有数的均值是 nan，用 nan 去填等于没填。这样的列应当变成 0。",
)
def test_a_column_without_numbers_becomes_zero(submission: Any, draw: Draw) -> None:
    for number in range(4):
        n, d = draw.sizes(2, 4, 8)
        x = with_gaps(draw, n, d, float_type(number))
        want, empty = filled(x), draw.size(0, d - 1)
        x[:, empty], want[:, empty] = NAN, 0.0
        compare.same(submission.impute_numeric(x), want, **FILLED)


@check(
    "impute.no_rows",
    hint="A table without rows stays one: shape (0, d), of the same dtype.",
    zh="没有行的表格还是没有行：形状 (0, d)，数据类型不变。",
)
def test_a_table_of_no_rows(submission: Any, draw: Draw) -> None:
    for dtype in (F32, F64):
        x = torch.zeros(0, draw.size(1, 6), dtype=dtype)
        for how in ("mean", "drop"):
            compare.same(submission.impute_numeric(x, how), x, **TABLE)


@check(
    "impute.unknown_how_raises",
    hint="A word that is neither 'mean' nor 'drop' is a mistake of the caller: ValueError, also if nothing is missing.",
    zh="既不是 'mean' 也不是 'drop' 的词，是调用者的错误：抛出 ValueError，没有缺失时也一样。",
)
def test_other_words_are_refused(submission: Any, draw: Draw) -> None:
    for how in ("median", "", "Mean"):
        compare.raises(ValueError, submission.impute_numeric, with_gaps(draw, 4, 2), how)
        compare.raises(ValueError, submission.impute_numeric, draw.randn(4, 2), how, draw.randn(2))


@check(
    "impute.input_unchanged",
    hint="x belongs to the caller: x[x.isnan()] = ... writes into it. Fill a copy.",
    zh="x 是调用者的：x[x.isnan()] = ... 会改写它。请在副本上填补。",
)
def test_imputing_leaves_x_alone(submission: Any, draw: Draw) -> None:
    for number in range(6):
        x = draw.layout(with_gaps(draw, 5, 3), number % 3)
        stats = draw.randn(3) if number >= 3 else None
        seen = submission.observe("impute_numeric", x, ("mean", "drop")[number % 2], stats)
        compare.tensor(seen.result, shape=(None, 3), dtype=F64)
        compare.unchanged(x, seen.args[0], "x")
        if stats is not None:
            compare.unchanged(stats, seen.args[2], "stats")
