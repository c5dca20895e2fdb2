"""The checks you can see. Hidden ones look at other shapes, other numbers and the odd cases of the README."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "broadcast_shape.example",
    hint="Write the shapes below each other, aligned at the right end, and go through the columns.",
    zh="把两个形状上下对齐写好，右端对齐，再逐列处理。",
    weight=0.5,
)
def test_the_shapes_of_the_readme(submission: Any) -> None:
    compare.equal(submission.broadcast_shape((4, 1, 3), (5, 1)), (4, 5, 3))


@check(
    "broadcast_shape.example_raises",
    hint="Two sizes that differ fit only if one of them is exactly 1. Everything else is a ValueError.",
    zh="两个不同的大小，只有其中一个恰好是 1 时才相容。其余情形都是 ValueError。",
    weight=0.5,
)
def test_two_and_three_do_not_fit(submission: Any) -> None:
    compare.raises(ValueError, submission.broadcast_shape, (2, 3), (3, 2))


@check(
    "normalize_rows.example",
    hint="Every row has one sum. Keep it as a column, so that it meets all entries of its own row.",
    zh="每一行有一个和。让它保持为一列，这样它遇到的正是自己那一行的所有元素。",
    weight=0.5,
)
def test_two_rows_become_shares(submission: Any) -> None:
    A = torch.tensor([[1.0, 3.0], [6.0, 2.0]])
    compare.same(submission.normalize_rows(A), torch.tensor([[0.25, 0.75], [0.75, 0.25]]))


@check(
    "pairwise_distance.example",
    hint="Entry [i, j] belongs to point i of a and point j of b: square the differences, add them up, take the root.",
    zh="元素 [i, j] 属于 a 的第 i 个点和 b 的第 j 个点：差的平方，求和，再开方。",
    weight=0.5,
)
def test_four_distances_in_the_plane(submission: Any) -> None:
    a = torch.tensor([[0.0, 0.0], [3.0, 4.0]])
    b = torch.tensor([[3.0, 0.0], [0.0, 4.0], [0.0, 0.0]])
    want = torch.tensor([[3.0, 4.0, 0.0], [4.0, 3.0, 5.0]])
    compare.same(submission.pairwise_distance(a, b), want)


@check(
    "axis_stats.example",
    hint="dim names the axis that is added up. The mean divides by how many numbers went into each sum.",
    zh="dim 指明沿哪一轴相加。求均值时，除以每个和里所加的数的个数。",
    weight=0.5,
)
def test_sums_and_means_of_the_columns(submission: Any) -> None:
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    compare.same(submission.axis_stats(x, 0, False), (torch.tensor([5.0, 7.0, 9.0]), torch.tensor([2.5, 3.5, 4.5])))


@check(
    "moving_average.example",
    hint="The sum of a window is the difference of two running totals; the first total is 0.",
    zh="一个窗口的和等于两个累积和之差；第一个累积和是 0。",
    weight=0.5,
)
def test_pairs_of_neighbours(submission: Any) -> None:
    x = torch.tensor([[2.0, 4.0, 6.0, 8.0]])
    compare.same(submission.moving_average(x, 2), torch.tensor([[3.0, 5.0, 7.0]]))
