"""Hidden checks of house-prices, first part: features, and the figure that counts."""

from __future__ import annotations

import math
from typing import Any

import torch
from house_prices_reference import F32, KINDS, NUMBERS, Table, complete, features, log_error, tables
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# preprocess -----------------------------------------------------------------------------------------------------------


def alike(got: Tensor, want: Tensor, en: str, zh: str) -> None:
    compare.require(got.shape == want.shape and torch.allclose(got, want, rtol=1e-5, atol=1e-6), en, zh)


@check(
    "preprocess.no_test_statistics",
    hint="The test table may come house by house. Whatever is learned is learned from train.",
    zh="测试表里的房子可能一间一间地来。凡是要学的，都只从 train 学。",
)
def test_features_do_not_depend_on_the_other_test_rows(submission: Any, draw: Draw) -> None:
    train, test = tables(draw, draw.size(30, 50), 12)
    X, X_test, _ = features(submission, train, test)
    other = [row[:1] + [None if i % 3 else "9999" for i in range(6)] + ["Moon", "wood"] for row in test[1]]
    changed: list[Table] = [(test[0], test[1][3:7]), (test[0], test[1][::-1] + other), (test[0], [])]
    places = [torch.arange(3, 7), torch.arange(11, -1, -1), torch.arange(0)]
    for table, place in zip(changed, places, strict=True):
        again, part, _ = features(submission, train, table)
        alike(again, X, "with another test table X_train is another.", "换一张测试表，X_train 就变了。")
        alike(part[: len(place)], X_test[place], "the features of a test house depend on the other test houses.",
              "一间测试房子的特征取决于别的测试房子。")  # fmt: skip


@check(
    "preprocess.nan_free",
    hint="Where a number is missing, something average stands in, even if a whole column is missing.",
    zh="缺失的数要用一个平均的值来代替，即使整列都缺失。",
)
def test_every_feature_is_a_finite_number(submission: Any, draw: Draw) -> None:
    for number in range(3):
        train, test = tables(draw, draw.size(20, 40), draw.size(5, 15))
        if number:
            place = draw.size(1, 6) if number == 1 else draw.size(7, 8)
            train[1][:] = [[*row[:place], None, *row[place + 1 :]] for row in train[1]]
        train[1][3][2] = train[1][5][4] = test[1][2][1] = test[1][1][7] = None
        if number == 2:
            test[1][4][3] = "unknown"  # text in a numeric column
            for place, level in ((5, "7"), (3, "0"), (6, "-3")):  # no spread
                train[1][:] = [[*row[:place], level, *row[place + 1 :]] for row in train[1]]
        features(submission, train, test)


@check(
    "preprocess.unseen_category",
    hint="A district that nobody has seen is an unknown district: the same as a missing one, and no error.",
    zh="从没见过的街区就是未知的街区：与缺失相同，而不是报错。",
)
def test_an_unknown_category_counts_as_missing(submission: Any, draw: Draw) -> None:
    train, _ = tables(draw, draw.size(40, 60), 1)
    for place in KINDS:
        row = complete(draw, 1)[0]
        rows = [[*row[:place], kind, *row[place + 1 :]] for kind in ("Nowhere", None, row[place], "zzz")]
        names = train[0][:-1]
        X = features(submission, train, (names, rows))[1]
        alike(X[[0, 3]], X[[1, 1]], "an unseen category has other features than a missing one.",
              "没见过的类别与缺失的类别特征不同。")  # fmt: skip


@check(
    "preprocess.same_width",
    hint="Both tables must get the same columns in the same order, whichever categories happen to occur in them.",
    zh="不论各自恰好出现了哪些类别，两张表都必须得到同样的列、同样的次序。",
)
def test_both_tables_get_the_same_columns(submission: Any, draw: Draw) -> None:
    train, _ = tables(draw, draw.size(40, 60), 1)
    rows = [row for row in train[1] if None not in row][:5] + [row for row in train[1] if None in row][:6]
    test = (train[0][:-1], [row[:-1] for row in rows])
    for chosen in (test[1], test[1][:2], test[1][4:7]):
        X, X_test, _ = features(submission, train, (test[0], chosen))
        places = [train[1].index(next(row for row in rows if row[:-1] == one)) for one in chosen]
        alike(X_test, X[places], "the same house has other features in test than in train.",
              "同一间房子在 test 中的特征与在 train 中不同。")  # fmt: skip


@check(
    "preprocess.every_column_counts",
    hint="A difference in any number or category must be visible in the features.",
    zh="任何一个数、任何一个类别不同，都应当在特征里看得出来。",
)
def test_houses_that_differ_have_different_features(submission: Any, draw: Draw) -> None:
    train, _ = tables(draw, draw.size(40, 60), 1)
    row = complete(draw, 1)[0]
    row[2], row[7] = "5400021", "Hill"
    for i, one in enumerate(train[1]):
        one[2] = str(5_400_000 + 12 * i)  # metres north of the equator
        one[7] = {"Mill": "12", "Park": "3"}.get(one[7] or "", one[7])  # some districts have numbers
    rows = [row]
    for place in NUMBERS:
        rows.append([*row[:place], str(float(row[place] or 0) + 3), *row[place + 1 :]])
    for place in KINDS:
        others = {one[place] for one in train[1]} - {None, row[place]}
        rows += [[*row[:place], other, *row[place + 1 :]] for other in sorted(map(str, others))]
    X = features(submission, train, (train[0][:-1], rows))[1]
    far = (X[1:] - X[0]).abs().amax(1)
    compare.require(bool((far > 1e-4).all()), "two different houses have the same features.",
                    "两间不同的房子特征却相同。")  # fmt: skip


@check(
    "preprocess.no_id_no_price",
    hint="The number on a form says nothing about a house, and the price is what is to be predicted.",
    zh="表格上的编号与房子无关，而价格正是要预测的东西。",
)
def test_neither_id_nor_price_is_a_feature(submission: Any, draw: Draw) -> None:
    train, test = tables(draw, draw.size(30, 50), 9)
    X, X_test, y = features(submission, train, test)
    want = torch.tensor([[float(row[-1])] for row in train[1]])
    compare.same(y, want, what="the prices", zh="价格")
    turned = [[str(3 * len(train[1]) - i), *row[1:-1], row[0] + "000"] for i, row in enumerate(train[1])]
    elsewhere = [[str(90000 - 7 * i), *row[1:]] for i, row in enumerate(test[1])]
    again, part, _ = features(submission, (train[0], turned), (test[0], elsewhere))
    alike(again, X, "other ids or prices give other features.", "换了编号或价格，特征就变了。")
    alike(part, X_test, "other ids or prices give other features.", "换了编号或价格，特征就变了。")


@check(
    "preprocess.similar_sizes",
    hint="Square metres in thousands next to a quality from 1 to 10: bring the columns to one size.",
    zh="上千的平方米数，旁边是 1 到 10 的品质：请把各列缩放到同样的大小。",
)
def test_columns_are_of_similar_size(submission: Any, draw: Draw) -> None:
    train, test = tables(draw, draw.size(60, 90), 3)
    count = len(train[1])
    for place, centre, step in ((2, 5_400_000, 12), (5, 0, 50)):  # metres north of the equator, and east of the church
        for i, row in enumerate(train[1]):
            row[place] = str(centre + step * (2 * i - count + 1))
    X, _, _ = features(submission, train, test)
    fine = bool((X.mean(0).abs() <= 1.0).all() and (X.std(0, correction=0) <= 2.0).all())
    compare.require(fine, "a column of X_train has a mean beyond 1 or a standard deviation above 2.",
                    "X_train 有一列的均值绝对值超过 1，或标准差超过 2。")  # fmt: skip


# log_rmse -------------------------------------------------------------------------------------------------------------

TELLS = """
class Tells(nn.Module):
    def __init__(self, p, mode):
        super().__init__()
        self.p, self.mode, self.seen = nn.Parameter(p), mode, []
        self.drop = nn.Dropout(0.5)

    def forward(self, X):
        self.seen.append((self.training, torch.is_grad_enabled()))
        p = self.p[X[:, 0].long()]
        return self.drop(p) if self.mode else p

Tells(p, mode)
"""


def tells(submission: Any, p: Tensor, mode: bool = False) -> Any:
    """A module that predicts p[i] for a row that begins with i."""
    return submission.build(TELLS, p=p, mode=mode)


def rows_of(n: int) -> Tensor:
    return torch.arange(n, dtype=F32)[:, None].repeat(1, 2)


def some_prices(draw: Draw, n: int, dtype: torch.dtype = F32) -> Tensor:
    return (12 + draw.randn(n)).exp().to(dtype)


@check(
    "log_rmse_metric.value",
    hint="Logarithms first, then differences, squares, the mean over all houses, and one square root at the end.",
    zh="先取对数，再求差、平方，对所有房子取平均，最后只开一次平方。",
)
def test_the_root_of_the_mean_squared_difference_of_logarithms(submission: Any, draw: Draw) -> None:
    for number in range(9):
        n, dtype = draw.size(1, 40), float_type(number)
        p, y = some_prices(draw, n, dtype), some_prices(draw, n, dtype)
        order = draw.permutation(n)
        column = draw.layout(y[order, None], number % 3)
        got = submission.log_rmse(tells(submission, p[:, None]), rows_of(n)[order], column)
        compare.is_type(got, float, "the log-RMSE", "对数均方根误差")
        compare.number(got, log_error(p, y), 1e-4, 1e-6, what="the log-RMSE", zh="对数均方根误差")


@check(
    "log_rmse_metric.clamp",
    hint="There is no logarithm of a price at or below 0: predictions below 1 count as 1. True prices stay.",
    zh="小于等于 0 的价格没有对数：小于 1 的预测算作 1。真实价格保持原样。",
)
def test_predictions_below_one_count_as_one(submission: Any, draw: Draw) -> None:
    n = draw.size(6, 12)
    p, y = some_prices(draw, n), some_prices(draw, n)
    p[:4] = torch.tensor([0.5, -3.0, 0.0, 1.7])
    y[1], y[4] = 0.25, 1.2
    got = submission.log_rmse(tells(submission, p[:, None]), rows_of(n), y[:, None])
    compare.number(got, log_error(p, y), 1e-4, 1e-6, what="the log-RMSE", zh="对数均方根误差")
    p[0] = math.nan
    got = submission.log_rmse(tells(submission, p[:, None]), rows_of(n), y[:, None])
    compare.number(got, math.nan, what="the log-RMSE of a nan", zh="含 nan 时的对数均方根误差")


@check(
    "log_rmse_metric.column_shapes",
    hint="(n, 1) minus (n,) is (n, n): every prediction against every price. Bring both to one shape first.",
    zh="(n, 1) 减 (n,) 得到 (n, n)：每个预测与每个价格都比了一遍。先把两者变成同一形状。",
)
def test_columns_and_rows_are_not_mixed_up(submission: Any, draw: Draw) -> None:
    for p_column in (True, False):
        for y_column in (True, False):
            n = draw.size(3, 20)
            p, y = some_prices(draw, n), some_prices(draw, n)
            model = tells(submission, p[:, None] if p_column else p)
            got = submission.log_rmse(model, rows_of(n), y[:, None] if y_column else y)
            compare.number(got, log_error(p, y), 1e-4, 1e-6, what="the log-RMSE", zh="对数均方根误差")


@check(
    "log_rmse_metric.evaluation_mode",
    hint="Looking is not training: dropout off, no graph.",
    zh="看成绩不是训练：关掉 dropout，不建计算图。",
)
def test_the_model_is_only_looked_at(submission: Any, draw: Draw) -> None:
    n = draw.size(20, 30)
    p, y = some_prices(draw, n), some_prices(draw, n)
    model = tells(submission, p[:, None], mode=True)
    model.train()
    got = submission.log_rmse(model, rows_of(n), y[:, None])
    compare.number(got, log_error(p, y), 1e-4, 1e-6, what="the log-RMSE", zh="对数均方根误差")
    seen = compare.items(model.seen, None, list, "the calls of the model", "对模型的调用")
    compare.equal(seen[-1:], [(False, False)], what="(training mode, gradients on)", zh="（训练模式，求导开启）")
