"""Hidden checks of tabular-preprocessing: categories, one column for each."""

from __future__ import annotations

from typing import Any

import torch
from tabular_preprocessing_reference import F32, F64, words
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

COLUMNS = {"what": "the columns", "zh": "各列"}


def hot(col: list[str | None], levels: list[str]) -> Tensor:
    rows = [[float(field == level) for level in levels] for field in col]
    return torch.tensor([[*row, float(not any(row))] for row in rows]).reshape(len(col), len(levels) + 1)


def right_columns(submission: Any, col: list[str | None], levels: list[str]) -> None:
    compare.same(submission.one_hot_with_nan(col, levels), hot(col, levels), **COLUMNS)


def column(draw: Draw, levels: list[str], n: int) -> list[str | None]:
    """n fields: the levels, None, and words that are no level."""
    return [draw.random.choice([*levels, None, "unseen", ""]) for _ in range(n)]


@check(
    "one_hot_with_nan.value",
    hint="Column j is 1 where the field is levels[j]; the last column is 1 where no other is.",
    zh="字段等于 levels[j] 时第 j 列为 1；其他列都不为 1 时，最后一列为 1。",
)
def test_each_field_in_its_column(submission: Any, draw: Draw) -> None:
    for _ in range(20):
        count, n = draw.sizes(2, 1, 9)
        levels = words(draw, count)
        col = column(draw, levels, n)
        right_columns(submission, col, levels)


@check(
    "one_hot_with_nan.level_order",
    hint="The columns stand in the order of `levels`, neither sorted nor as they first occur in the column.",
    zh="各列按 levels 给出的次序排列，既不排序，也不按首次出现的次序。",
)
def test_columns_follow_the_given_levels(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        levels = words(draw, draw.size(3, 7))
        col: list[str | None] = [*reversed(levels), *sorted(levels)]
        right_columns(submission, col, levels)
    levels = ["b", "a", "c"]
    right_columns(submission, ["c"], levels)


@check(
    "one_hot_with_nan.one_per_row",
    hint="Every row has exactly one 1, a missing field as well: it has a column of its own.",
    zh="每行恰好有一个 1，缺失的字段也不例外：它有自己的一列。",
)
def test_rows_sum_to_one(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        levels = words(draw, draw.size(1, 6))
        col = [*column(draw, levels, draw.size(3, 9)), None]
        got = compare.tensor(submission.one_hot_with_nan(col, levels), shape=(len(col), len(levels) + 1))
        compare.same(got.double().sum(1), torch.ones(len(col), dtype=F64), what="the sum of each row", zh="每行之和")


@check(
    "one_hot_with_nan.unseen_level_at_test",
    hint="The width is that of training. A category that was unknown then goes where missing ones go.",
    zh="列数以训练时为准。当时没见过的类别，与缺失的字段归入同一列。",
)
def test_unknown_categories_count_as_missing(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        levels = words(draw, draw.size(2, 5))
        col: list[str | None] = ["unseen", levels[0], levels[0] + " ", levels[0].upper() + "!", "", None, levels[-1]]
        draw.random.shuffle(col)
        right_columns(submission, col, levels)


@check(
    "one_hot_with_nan.none_is_no_text",
    hint="None is not the text 'None', and a level may be called 'nan': compare fields as they are, don't print them.",
    zh="None 不是文本 'None'，类别也可以叫 'nan'：请按原样比较字段，不要先转成字符串。",
)
def test_levels_that_look_missing(submission: Any, draw: Draw) -> None:
    for levels in (["None", "x"], ["nan", "NaN", "None"], ["", "NA"], ["0", "False"]):
        col: list[str | None] = [None, *levels, None]
        draw.random.shuffle(col)
        right_columns(submission, col, levels)


@check(
    "one_hot_with_nan.empty",
    hint="No fields give no rows, and no levels still leave the column for missing ones: the shape is (n, L + 1).",
    zh="没有字段就没有行；没有类别也仍有缺失那一列：形状是 (n, L + 1)。",
)
def test_no_fields_and_no_levels(submission: Any, draw: Draw) -> None:
    levels = words(draw, draw.size(1, 6))
    empty = torch.zeros(0, len(levels) + 1)
    compare.same(submission.one_hot_with_nan([], levels), empty, **COLUMNS)
    compare.same(submission.one_hot_with_nan([None, "a"], []), torch.ones(2, 1), **COLUMNS)
    compare.same(submission.one_hot_with_nan([], []), torch.zeros(0, 1), **COLUMNS)


@check(
    "one_hot_with_nan.dtype_float",
    hint="Models multiply: they need float32, not booleans or integers.",
    zh="模型要做乘法：需要 float32，而不是布尔值或整数。",
)
def test_columns_are_float32(submission: Any, draw: Draw) -> None:
    levels = words(draw, draw.size(1, 6))
    col = column(draw, levels, draw.size(1, 6))
    compare.tensor(submission.one_hot_with_nan(col, levels), dtype=F32, **COLUMNS)


@check(
    "one_hot_with_nan.input_unchanged",
    hint="Both lists belong to the caller: don't add a level to one, nor fill gaps in the other.",
    zh="两个列表都是调用者的：不要往一个里添加类别，也不要在另一个里填补缺失。",
)
def test_lists_are_left_alone(submission: Any, draw: Draw) -> None:
    levels = words(draw, draw.size(2, 6))
    col = [*column(draw, levels, 7), None, "unseen"]
    seen = submission.observe("one_hot_with_nan", list(col), list(levels))
    compare.tensor(seen.result, shape=(9, len(levels) + 1))
    compare.unchanged(col, seen.args[0], "col")
    compare.unchanged(levels, seen.args[1], "levels")
