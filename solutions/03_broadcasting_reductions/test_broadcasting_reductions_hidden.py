"""Hidden checks of broadcasting-reductions, first part: the rule of shapes, and rows of length one. Sizes of a case
differ, except where equal sizes are the trap."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FLOATS = (torch.float64, torch.float32)
TABLE = {"what": "the table of shares", "zh": "归一化后的表"}


# broadcast_shape ------------------------------------------------------------------------------------------------------


def fitting_pair(draw: Draw, low: int = 1) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Two shapes that fit: sizes of one shape, some replaced by 1, one of the two cut off at the left."""
    whole = [draw.size(low, 6) for _ in range(draw.size(1, 5))]
    one, other = ([1 if draw.random.random() < 0.4 else size for size in whole] for _ in range(2))
    cut = draw.size(0, len(whole))
    pair = (tuple(one), tuple(other[cut:]))
    return pair if draw.random.random() < 0.5 else pair[::-1]


def fits(submission: Any, a: tuple[int, ...], b: tuple[int, ...], want: tuple[int, ...]) -> None:
    """The two shapes broadcast to `want`, a tuple of plain numbers."""
    compare.equal(submission.broadcast_shape(a, b), tuple(want), what="the shape", zh="形状")


@check(
    "broadcast_shape.from_scratch",
    hint="The rule needs nothing but tuples and numbers: no torch, no NumPy.",
    zh="这条规则只需要元组和数：不用 torch，也不用 NumPy。",
    weight=0.5,
)
def test_the_rule_is_written_in_plain_python(submission: Any) -> None:
    got = compare.is_type(submission.broadcast_shape((2, 1), (1, 3)), (tuple, list), what="the shape", zh="形状")
    compare.equal(len(got), 2, what="the length of the shape", zh="形状的长度")
    source_rules.forbid_imports(submission.source, {"torch", "numpy"}, within="broadcast_shape")


@check(
    "broadcast_shape.rules",
    hint="Align at the right end, fill up with 1 at the left, take the size that is not 1. Return a tuple.",
    zh="右端对齐，左边用 1 补齐，取不是 1 的那个大小。返回元组。",
    needs=["broadcast_shape.from_scratch"],
)
def test_a_hundred_fitting_pairs(submission: Any, draw: Draw) -> None:
    for _ in range(100):
        a, b = fitting_pair(draw)
        fits(submission, a, b, torch.broadcast_shapes(a, b))


@check(
    "broadcast_shape.incompatible_raises",
    hint="Different sizes, neither of them 1, never fit: not even if one is a multiple of the other.",
    zh="大小不同且都不是 1，就绝不相容：哪怕一个是另一个的倍数。",
    needs=["broadcast_shape.from_scratch"],
)
def test_sizes_that_differ_are_refused(submission: Any, draw: Draw) -> None:
    pairs: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((2,), (4,)), ((6, 5), (3, 5)), ((2, 3), (3, 2))]
    for _ in range(15):
        a, b = draw.sizes(2, 2, 7)
        left, right = fitting_pair(draw)
        tail = draw.size(1, 4)
        pairs.append(((*left, a, tail), (*right, b, tail)) if len(left) == len(right) else ((a, tail), (3, b, 1)))
    for one, other in pairs:
        compare.raises(ValueError, submission.broadcast_shape, one, other)


@check(
    "broadcast_shape.size_one_and_zero",
    hint="A 1 stretches to whatever the other size is, also to 0. The larger of the two is not the rule.",
    zh="1 会变成另一个大小，不管那是多少，0 也一样。规则并不是“取较大者”。",
    needs=["broadcast_shape.from_scratch"],
)
def test_one_stretches_even_to_zero(submission: Any, draw: Draw) -> None:
    size = draw.size(2, 7)
    for a, b in [((1,), (0,)), ((0,), (1,)), ((0,), (0,)), ((size, 1), (0,)), ((0, size), (1, 1)), ((1, 0), (size, 1))]:
        fits(submission, a, b, torch.broadcast_shapes(a, b))
    for a, b in [((0,), (size,)), ((size, 3), (0, 3))]:
        compare.raises(ValueError, submission.broadcast_shape, a, b)


@check(
    "broadcast_shape.scalar",
    hint="A single number has the shape (), and it fits everything: all its sizes are missing, so all count as 1.",
    zh="单个数的形状是 ()，它与任何形状都相容：它的大小全部缺失，于是都当作 1。",
    needs=["broadcast_shape.from_scratch"],
)
def test_a_single_number_fits_everything(submission: Any, draw: Draw) -> None:
    shape = draw.sizes(3, 1, 6)
    for a, b, want in [((), (2, 3), (2, 3)), ((), (), ()), (shape, (), shape), ((), shape, shape), ((1,), (), (1,))]:
        fits(submission, a, b, want)


# normalize_rows -------------------------------------------------------------------------------------------------------


def table(draw: Draw, rows: int, columns: int, dtype: torch.dtype = torch.float64) -> Tensor:
    """Entries of both signs whose row sums stay away from 0."""
    A = draw.uniform(0.5, 2.0, rows, columns, dtype=dtype)
    A[:, draw.size(0, columns - 1)] = -0.2
    return A


def shares(A: Tensor, eps: float = 0.0) -> Tensor:
    return A / (A.sum(1, keepdim=True) + eps)


@check(
    "normalize_rows.value",
    hint="The sum of a row runs over its columns (dim=1), with its signs, and eps is 0 unless it is given.",
    zh="一行的和是对它的各列求和（dim=1），带着符号；不给出 eps 时它就是 0。",
)
def test_each_entry_is_divided_by_the_sum_of_its_row(submission: Any, draw: Draw) -> None:
    for case in range(20):
        rows, columns = draw.sizes(2, 2, 9)
        A = draw.layout(table(draw, rows, columns, FLOATS[case % 2]), case // 2)
        scale = (1.0, -1.0, 1e-9, -1e6)[case % 4]  # sums of any size and sign: a hidden eps shows
        compare.same(submission.normalize_rows(A * scale), shares(A), **TABLE)


@check(
    "normalize_rows.square_input",
    hint="With as many rows as columns a missing keepdim goes unnoticed: each column is divided by some row's sum.",
    zh="行数与列数相等时，漏掉 keepdim 不会报错：每一列被除以了某一行的和。",
)
def test_a_square_table_is_divided_by_rows_too(submission: Any, draw: Draw) -> None:
    for size in draw.sizes(4, 2, 8):
        A = table(draw, size, size)
        compare.same(submission.normalize_rows(A), shares(A), **TABLE)


@check(
    "normalize_rows.keepdim_column",
    hint="The sums must have the shape (N, 1): a column that stretches over D columns, for any N and D.",
    zh="这些和的形状必须是 (N, 1)：对任意 N 和 D，都是能横向伸展到 D 列的一列。",
)
def test_one_row_one_column_and_no_row_work(submission: Any, draw: Draw) -> None:
    rows, columns = draw.sizes(2, 4, 9)
    for dtype in FLOATS:
        for A in (
            table(draw, 1, columns, dtype),
            draw.uniform(0.5, 2.0, rows, 1, dtype=dtype),
            table(draw, rows, columns, dtype),
            torch.empty(0, columns, dtype=dtype),
        ):
            compare.same(submission.normalize_rows(A), shares(A), **TABLE)


@check(
    "normalize_rows.zero_row_eps",
    hint="eps is added to the sum of every row, in the denominator only. It is neither a lower bound nor part of A.",
    zh="eps 加在每一行的和上，只在分母里出现。它不是下界，也不加到 A 上。",
)
def test_eps_is_added_to_every_row_sum(submission: Any, draw: Draw) -> None:
    for eps in (1e-3, 0.75, 20.0):
        rows, columns = draw.sizes(2, 3, 9)
        A = table(draw, rows, columns)
        A[draw.size(0, rows - 1)] = 0.0
        got = compare.finite(submission.normalize_rows(A, eps=eps), **TABLE)
        compare.same(got, shares(A, eps), **TABLE)
    kept = A.abs().sum(1) > 0  # without eps the zero row may become anything
    got = compare.tensor(submission.normalize_rows(A), shape=tuple(A.shape), **TABLE)
    compare.same(got[kept], shares(A[kept]), what="the part beside a zero row", zh="零行以外的部分")


@check(
    "normalize_rows.input_unchanged",
    hint="A /= ... writes into the caller's table. Make a new one.",
    zh="A /= ... 写进了调用者的表。请生成一张新表。",
)
def test_the_table_stays_as_it_was(submission: Any, draw: Draw) -> None:
    A = table(draw, *draw.sizes(2, 3, 9))
    seen = submission.observe("normalize_rows", A)
    compare.same(seen.result, shares(A), **TABLE)
    compare.unchanged(A, seen.args[0], "A")
