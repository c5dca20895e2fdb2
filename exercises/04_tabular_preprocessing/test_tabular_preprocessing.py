"""Visible checks of topic 4: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check

NAN = math.nan
TEXT = 'district,"area, m2",price\r\nHill,80,300\r\n\r\n"Mill, old",NA,150\r\n'


@check(
    "read_table.example",
    hint="Five things at once: names, quotes, a missing field, a blank line, \\r\\n. Print what you got and compare.",
    zh="五件事同时出现：列名、引号、缺失的字段、空行、\\r\\n。把你的结果打印出来对照一下。",
    weight=0.5,
)
def test_two_houses(submission: Any) -> None:
    want = (["district", "area, m2", "price"], [["Hill", "80", "300"], ["Mill, old", None, "150"]])
    compare.equal(submission.read_table(TEXT), want)


@check(
    "impute.example",
    hint="The means of the observed numbers are 2 and 6.",
    zh="观测到的数的均值分别是 2 和 6。",
    weight=0.5,
)
def test_three_rows_with_gaps(submission: Any) -> None:
    x = torch.tensor([[1.0, NAN], [3.0, 4.0], [NAN, 8.0]])
    want = torch.tensor([[1.0, 6.0], [3.0, 4.0], [2.0, 8.0]])
    compare.same(submission.impute_numeric(x), want, what="the result with how='mean'", zh="how='mean' 的结果")
    compare.same(
        submission.impute_numeric(x, "drop"), x[1:2], what="the result with how='drop'", zh="how='drop' 的结果"
    )
    want = torch.tensor([[1.0, 20.0], [3.0, 4.0], [10.0, 8.0]])
    got = submission.impute_numeric(x, stats=torch.tensor([10.0, 20.0]))
    compare.same(got, want, what="the result with stats", zh="给定 stats 时的结果")


@check(
    "one_hot_with_nan.example",
    hint="Two levels make three columns. coal is no level, so it goes where None goes.",
    zh="两个类别共三列。coal 不在类别之中，所以与 None 归入同一列。",
    weight=0.5,
)
def test_four_stoves(submission: Any) -> None:
    got = submission.one_hot_with_nan(["wood", None, "gas", "coal"], ["gas", "wood"])
    compare.same(got, torch.tensor([[0.0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 0, 1]]))


@check(
    "standardize_fit_transform.example",
    hint="Column 0 has mean 3 and the squares 4, 0, 4. Column 1 has no spread: it is only moved by 7.",
    zh="第 0 列均值为 3，偏差平方是 4、0、4。第 1 列没有波动：只减去 7。",
    weight=0.5,
)
def test_a_scale_from_four_rows(submission: Any) -> None:
    scale = submission.Standardizer()
    scale.fit(torch.tensor([[1.0, 7.0], [3.0, 7.0], [NAN, 7.0], [5.0, 7.0]]))
    got = compare.tensor(scale.transform(torch.tensor([[7.0, 9.0], [NAN, 7.0]])), shape=(2, 2), dtype=torch.float32)
    by_n, by_one_less = torch.tensor([[math.sqrt(6), 2.0], [0, 0]]), torch.tensor([[2.0, 2.0], [0, 0]])
    compare.same(got, by_n if bool(got[0, 0] > 2.2) else by_one_less)


@check(
    "to_tensors.example",
    hint="area; then gas and its gaps; then Hill, Mill and their gaps. The order of the lists decides.",
    zh="先是面积；再是 gas 与缺失；再是 Hill、Mill 与缺失。次序由传入的列表决定。",
    weight=0.5,
)
def test_three_houses(submission: Any) -> None:
    rows = [["Mill", "60", "gas", "150"], ["Hill", None, "gas", "300"], ["Mill", "90", None, "240"]]
    X, y = compare.items(submission.to_tensors(rows, [1], [2, 0], 3), 2, tuple)
    want = torch.tensor([[60, 1, 0, 0, 1, 0], [NAN, 1, 0, 1, 0, 0], [90, 0, 1, 0, 1, 0]])
    compare.same(X, want, what="X", zh="X ")
    compare.same(y, torch.tensor([[150.0], [300], [240]]), what="y", zh="y ")
