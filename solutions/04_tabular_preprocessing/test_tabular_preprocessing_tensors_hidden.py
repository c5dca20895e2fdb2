"""Hidden checks of tabular-preprocessing: rows into tensors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from tabular_preprocessing_reference import F32, features, places, table, targets
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

PARTS = """
def one_hot_with_nan(col, levels):
    rows = [[float(field == level) for level in levels] for field in col]
    return torch.tensor([[*row, float(not any(row))] for row in rows]).reshape(len(col), len(levels) + 1)
student._own = getattr(student, "one_hot_with_nan", None)
student.one_hot_with_nan = one_hot_with_nan
"""
KINDS = ("ncnt", "tcnxc", "nnct", "cxntc", "cct", "tnn", "xcnxnct")


@contextmanager
def right_parts(submission: Any) -> Iterator[None]:
    """Meanwhile a right one_hot_with_nan stands in for the submission's own, so that no mistake is blamed twice."""
    submission.build(PARTS)
    yield
    submission.build("student.one_hot_with_nan = student._own")


def asked(draw: Draw, kinds: str) -> tuple[list[int], list[int], int]:
    """The places of the numeric and the categorical columns, each in random order, and of the target."""
    numeric, categorical = places(kinds, "n"), places(kinds, "c")
    draw.random.shuffle(numeric)
    draw.random.shuffle(categorical)
    return numeric, categorical, kinds.index("t")


def same_tensors(got: Any, X: Tensor, y: Tensor) -> None:
    got_X, got_y = compare.items(got, 2, tuple)
    compare.same(got_X, X, what="X", zh="X ")
    compare.same(got_y, y, what="y", zh="y ")


@check(
    "to_tensors.shapes",
    hint="X has a row per row and one column per number, plus levels + 1 per category; y is a column: (n, 1).",
    zh="X 的行数等于表格的行数；每个数值列占一列，每个类别列占“类别数 + 1”列。y 是一列：(n, 1)。",
)
def test_shapes_of_features_and_targets(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for kinds in KINDS:
            rows = table(draw, draw.size(1, 9), kinds)
            got_X, got_y = compare.items(submission.to_tensors(rows, *asked(draw, kinds)), 2, tuple)
            width = features(rows, places(kinds, "n"), places(kinds, "c"), None).shape[1]
            compare.tensor(got_X, shape=(len(rows), width), what="X", zh="X ")
            compare.tensor(got_y, shape=(len(rows), 1), what="y", zh="y ")


@check(
    "to_tensors.dtype",
    hint="Both are float32, whatever Python and NumPy prefer.",
    zh="两者都是 float32，不管 Python 和 NumPy 偏爱什么类型。",
)
def test_features_and_targets_are_float32(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for kinds in ("ncnt", "tnn", "cct"):
            got_X, got_y = compare.items(submission.to_tensors(table(draw, 4, kinds), *asked(draw, kinds)), 2, tuple)
            compare.tensor(got_X, dtype=F32, what="X", zh="X ")
            compare.tensor(got_y, dtype=F32, what="y", zh="y ")


@check(
    "to_tensors.column_order",
    hint="Numbers first, in the order of `numeric`; then the categories, in the order of `categorical`, levels sorted.",
    zh="先是数值列，按 numeric 的次序；再是类别列，按 categorical 的次序，类别按字典序排列。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_columns_stand_in_the_order_asked_for(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for number in range(14):
            kinds = KINDS[number % len(KINDS)]
            rows = table(draw, draw.size(6, 12), kinds)
            numeric, categorical, target = asked(draw, kinds)
            got = submission.to_tensors(rows, numeric, categorical, target)
            same_tensors(got, features(rows, numeric, categorical, None), targets(rows, target))


@check(
    "to_tensors.row_alignment",
    hint="Row i of X and row i of y are row i of the table: nothing may sort or drop rows on one side only.",
    zh="X 的第 i 行、y 的第 i 行，都对应表格的第 i 行：不可只在一边重排或删去行。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_shuffled_rows_shuffle_both(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for kinds in ("tcnxc", "xcnxnct"):
            rows = table(draw, 9, kinds)
            question = asked(draw, kinds)
            X, y = features(rows, question[0], question[1], None), targets(rows, question[2])
            for _ in range(4):
                order = draw.permutation(9)
                same_tensors(submission.to_tensors([rows[i] for i in order.tolist()], *question), X[order], y[order])


@check(
    "to_tensors.missing_number",
    hint="A missing number is nan, so that a later step can see it. 0 would be a number like any other.",
    zh="缺失的数是 nan，后面的步骤才看得见它。0 则和别的数没有两样。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_missing_numbers_stay_visible(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        rows = [["1", None, "5"], [None, None, "6"], ["0", "2", "7"]]
        same_tensors(submission.to_tensors(rows, [1, 0], [], 2), features(rows, [1, 0], [], None), targets(rows, 2))


@check(
    "to_tensors.given_levels",
    hint="With levels given, the columns are those of training, whatever occurs in these rows.",
    zh="给了 levels，各列就以训练时为准，不论这些行里出现了什么。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_the_levels_of_training_fix_the_columns(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for number in range(6):
            kinds = ("ncct", "tcnxc")[number % 2]
            rows = table(draw, draw.size(1, 5), kinds)
            numeric, categorical, target = asked(draw, kinds)
            levels = [["wood", "gas", "peat"], ["oil", "coal", "Sun", "wood"]]
            got = submission.to_tensors(rows, numeric, categorical, target, levels=levels)
            same_tensors(got, features(rows, numeric, categorical, levels), targets(rows, target))


@check(
    "to_tensors.missing_category",
    hint="None is not a level: missing categories have the last column, and sorting None with text fails.",
    zh="None 不是一个类别：缺失的类别占最后一列，而且 None 不能与文本一起排序。",
)
def test_missing_categories_are_no_level(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for rows in ([[None, "1"], [None, "2"]], [["b", "1"], [None, "2"], ["a", "3"]], [["None", "1"], [None, "0"]]):
            same_tensors(submission.to_tensors(rows, [], [0], 1), features(rows, [], [0], None), targets(rows, 1))


@check(
    "to_tensors.no_rows",
    hint="Without rows the shapes still stand: (0, columns) and (0, 1). An empty list makes a tensor of shape (0,).",
    zh="没有行，形状仍然成立：(0, 列数) 和 (0, 1)。空列表会变成形状为 (0,) 的张量。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_a_table_without_rows_has_columns(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for levels in ([["a", "b"]], [[]], None):
            got = submission.to_tensors([], [0, 2], [1], 3, levels)
            width = 3 + (len(levels[0]) if levels else 0)
            same_tensors(got, torch.zeros(0, width), torch.zeros(0, 1))
        same_tensors(submission.to_tensors([], [0], [], 1), torch.zeros(0, 1), torch.zeros(0, 1))


@check(
    "to_tensors.rows_unchanged",
    hint="The rows belong to the caller: no pop, no filled gap, no number in the place of its text.",
    zh="这些行是调用者的：不要 pop，不要填补缺失，也不要把文本换成数。",
)
def test_rows_are_left_alone(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        rows = table(draw, 6, "ncnct")
        copies = [list(row) for row in rows], [2, 0], [1, 3], [["wood"], ["gas", "oil"]]
        seen = submission.observe("to_tensors", rows, [2, 0], [1, 3], 4, [["wood"], ["gas", "oil"]])
        compare.items(seen.result, 2, tuple)
        for before, place, name in zip(copies, (0, 1, 2, 4), ("rows", "numeric", "categorical", "levels"), strict=True):
            compare.unchanged(before, seen.args[place], name)
