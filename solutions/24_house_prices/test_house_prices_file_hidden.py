"""Hidden checks of house-prices, third part: the file that is handed in, and what it is worth."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from house_prices_reference import F32, WRITE, entries, log_error, solved
from torch import Tensor

from autograder.checks import compare, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# submission -----------------------------------------------------------------------------------------------------------


def written(submission: Any, ids: list[int], pred: Tensor) -> Tensor:
    return entries(submission.build(WRITE, ids=ids, pred=pred), ids)


def some_ids(draw: Draw, count: int) -> list[int]:
    return (1000 + draw.permutation(5000)[:count]).tolist()


def some_prices(draw: Draw, *shape: int) -> Tensor:
    return (12 + 0.5 * draw.randn(*shape)).exp().to(F32)


@check(
    "submission.csv_format",
    hint="A header, then one line per house: id, comma, plain number, whatever the shape of the predictions.",
    zh="先是表头，然后每间房子一行：编号、逗号、普通小数表示的价格，不论预测是什么形状。",
)
def test_a_header_and_one_line_per_house(submission: Any, draw: Draw) -> None:
    for m in (1, *draw.sizes(3, 2, 30), 0):
        for shape in ((m, 1), (m,)):
            pred = some_prices(draw, *shape)
            got = written(submission, some_ids(draw, m), pred)
            compare.same(got, pred.double().flatten(), rtol=1e-7, atol=0.0051, what="the prices", zh="价格")


@check(
    "submission.order",
    hint="The first prediction belongs to the first id, also where the ids are not sorted.",
    zh="第一个预测属于第一个编号，即使编号没有排序。",
)
def test_ids_and_prices_stay_together(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        m = draw.size(5, 25)
        pred = some_prices(draw, m, 1).requires_grad_()
        got = written(submission, some_ids(draw, m), draw.noncontiguous(pred))
        compare.same(got, pred.detach().double().flatten(), rtol=1e-7, atol=0.0051, what="the prices", zh="价格")


@check(
    "submission.finite_positive",
    hint="A price at or below 0 is no price, and nan is no number. What does the docstring want in either case?",
    zh="小于等于 0 的价格不是价格，nan 不是数。两种情形下，文档字符串各要求什么？",
)
def test_prices_below_one_become_one_and_nan_is_refused(submission: Any, draw: Draw) -> None:
    pred = some_prices(draw, 6, 1)
    pred[:4, 0] = torch.tensor([-5.0, 0.0, 0.4, 2.75])
    ids = some_ids(draw, 6)
    compare.same(written(submission, ids, pred), pred.double().flatten().clamp(min=1), rtol=1e-7, atol=0.0051,
                 what="the prices", zh="价格")  # fmt: skip
    for bad in (math.nan, math.inf, -math.inf):
        pred[2] = bad
        compare.raises(ValueError, submission.build, WRITE, ids=ids, pred=pred)


OLD = """
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "out.csv")
with open(path, "w") as file:
    file.write("old and much longer than the new file will ever be" * 9)
before = open(path).read()
try:
    student.write_submission(path, ids, pred)
except ValueError:
    pass
after = open(path).read()
"as before" if after == before else after
"""


@check(
    "submission.all_or_nothing",
    hint="Look at all predictions before you open the file: a half file is worse than none.",
    zh="打开文件之前先看完所有预测：写了一半的文件比没有更糟。",
    needs=["submission.finite_positive"],
)
def test_a_bad_prediction_leaves_the_old_file(submission: Any, draw: Draw) -> None:
    ids, pred = some_ids(draw, 5), some_prices(draw, 5, 1)
    entries(submission.build(OLD, ids=ids, pred=pred), ids)
    for wrong in (some_prices(draw, 4, 1), some_prices(draw, 6)):
        compare.raises(ValueError, submission.build, WRITE, ids=ids, pred=wrong)
    pred[4] = math.nan
    compare.equal(submission.build(OLD, ids=ids, pred=pred), "as before", what="the old file", zh="原来的文件")


# final_score ----------------------------------------------------------------------------------------------------------


@check(
    "final_score.same_file_twice",
    hint="A result that cannot be repeated cannot be trusted: seed what is random.",
    zh="不能重现的结果不可信：给随机性设定种子。",
    weight=0.25,
)
def test_solve_writes_the_same_file_twice(submission: Any, draw: Draw) -> None:
    (one, other), _ = solved(submission, draw, 120, 40, times=2)
    compare.equal(other, one, what="the second file", zh="第二次写的文件")


Record = Callable[[str, object], None]


@check(
    "final_score.simple_baseline",
    hint="Whoever has learned anything beats the mean price by far. Do a row's features and price belong together?",
    zh="只要学到了东西，就会远远好过平均价格。同一行的特征与价格对得上吗？",
    needs=["final_score.example"],
    cpu_s=10,
)
def test_better_than_a_guess(submission: Any, draw: Draw, record_property: Record) -> None:
    (prices,), true = solved(submission, draw, 400, 200)
    found = training.at_most(log_error(prices, true), 0.30, "the log-RMSE of new houses", "新房子的对数均方根误差")
    record_property("simple", found)


@check(
    "final_score.medium_baseline",
    hint="Errors are counted in percent, so learn logarithms of prices; scale the features, use the categories.",
    zh="误差按百分比计，所以要学价格的对数；特征要缩放，类别要用上。",
    needs=["final_score.example"],
    cpu_s=10,
)
def test_better_than_raw_prices(submission: Any, draw: Draw, record_property: Record) -> None:
    (prices,), true = solved(submission, draw, 600, 1000)
    found = training.at_most(log_error(prices, true), 0.225, "the log-RMSE of new houses", "新房子的对数均方根误差")
    record_property("medium", found)


@check(
    "final_score.strong_baseline",
    hint="A straight line is not enough: age bends, and quality counts for more in large houses. Choose by your kfold.",
    zh="一条直线不够：房龄的影响是弯的，大房子的品质更值钱。用你的 kfold 来选。",
    needs=["final_score.example"],
    cpu_s=10,
)
def test_better_than_a_straight_line(submission: Any, draw: Draw, record_property: Record) -> None:
    (prices,), true = solved(submission, draw, 1000, 1000)
    found = training.at_most(log_error(prices, true), 0.165, "the log-RMSE of new houses", "新房子的对数均方根误差")
    record_property("strong", found)
