"""Hidden checks of broadcasting-reductions: sums and means along any axes."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FLOATS = (torch.float64, torch.float32)
PAIR = {"what": "the pair (sum, mean)", "zh": "二元组（和，均值）"}
MEAN_NAMES = {"torch.mean", "torch.nanmean", "torch.var_mean", "torch.std_mean", "np.mean", "np.nanmean", "np.average"}
MEAN_OPS = {"aten::mean", "aten::nanmean", "aten::var_mean", "aten::std_mean", "aten::avg_pool2d", "aten::avg_pool1d"}


def stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    return x.sum(dim, keepdim=keepdim), x.mean(dim, keepdim=keepdim)


def same_stats(submission: Any, x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> None:
    compare.same(submission.axis_stats(x, dim, keepdim), stats(x, dim, keepdim), **PAIR)


@check(
    "axis_stats.from_scratch",
    hint="A mean is a sum and a division. Count yourself how many numbers go into each sum.",
    zh="均值就是求和再做一次除法。每个和里加了多少个数，请自己数。",
    weight=0.5,
)
def test_no_mean_is_bought(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, MEAN_NAMES, within="axis_stats")
    x = draw.randn(3, 4, 5)
    seen = submission.observe("axis_stats", x, 1, False)
    source_rules.forbid_ops(seen, MEAN_OPS)
    for part in compare.items(seen.result, 2, **PAIR):
        compare.tensor(part, **PAIR)


@check(
    "axis_stats.sum_mean",
    hint="Divide by the size of the axis that was added up, not by all elements and not by the first size.",
    zh="除以被求和的那一轴的大小，而不是元素总数，也不是第一维的大小。",
    needs=["axis_stats.from_scratch"],
)
def test_one_axis_of_many_shapes(submission: Any, draw: Draw) -> None:
    for case in range(20):
        shape = draw.sizes(1 + case % 4, 2, 7)
        x = draw.layout(draw.randn(*shape, dtype=FLOATS[case % 2]), case // 4)
        same_stats(submission, x, draw.size(0, len(shape) - 1), False)


@check(
    "axis_stats.tuple_dim",
    hint="Several axes at once: each sum holds the product of their sizes. And an axis that goes moves the later ones.",
    zh="同时沿多个轴：每个和里的个数是各轴大小之积。另外，去掉一个轴会使后面的轴前移。",
    needs=["axis_stats.from_scratch"],
)
def test_several_axes_at_once(submission: Any, draw: Draw) -> None:
    x = draw.randn(*draw.sizes(4, 2, 7))
    for dim in [(0, 1), (1, 3), (3, 0), (2, 0, 1), (2,), (0, 1, 2, 3)]:
        same_stats(submission, x, dim, False)
    same_stats(submission, x.float(), (2, 0), False)


@check(
    "axis_stats.keepdim_shape",
    hint="With keepdim=True every axis stays where it is; the ones that were added up have size 1, in sum and in mean.",
    zh="keepdim=True 时所有的轴都留在原位；被求和的轴大小为 1，和与均值都是如此。",
    needs=["axis_stats.from_scratch"],
)
def test_kept_axes_have_size_one(submission: Any, draw: Draw) -> None:
    x = draw.randn(*draw.sizes(3, 2, 7))
    for dim in (0, 1, 2, (0, 2), (2, 1), (0, 1, 2)):
        same_stats(submission, x, dim, True)


@check(
    "axis_stats.negative_dim",
    hint="-1 is the last axis, also inside a tuple and beside positive ones.",
    zh="-1 是最后一个轴，在元组里、与正数混用时也一样。",
    needs=["axis_stats.from_scratch"],
)
def test_negative_axes_count_from_the_end(submission: Any, draw: Draw) -> None:
    x = draw.randn(*draw.sizes(3, 2, 7))
    for dim in (-1, -2, -3, (-1, 0), (1, -3), (-2, -1)):
        same_stats(submission, x, dim, False)


@check(
    "axis_stats.empty_axis",
    hint="Nothing added up is 0, and 0/0 in floating point is nan. Divide the tensor; 1 / count would raise.",
    zh="什么也不加，和为 0；浮点数的 0/0 是 nan。请直接用张量去除；1 / 个数 会报错。",
    needs=["axis_stats.from_scratch"],
    weight=0.5,
)
def test_the_mean_of_nothing_is_nan(submission: Any, draw: Draw) -> None:
    size = draw.size(2, 6)
    for shape, dim in [((size, 0), 1), ((size, 0), 0), ((0, size, 3), (0, 2))]:
        same_stats(submission, torch.empty(shape, dtype=torch.float64), dim, False)


@check(
    "axis_stats.input_unchanged",
    hint="Dividing in place (/=, div_) changes the numbers of the caller.",
    zh="原地除法（/=、div_）会改动调用者的数。",
    needs=["axis_stats.from_scratch"],
    weight=0.5,
)
def test_the_numbers_stay_as_they_were(submission: Any, draw: Draw) -> None:
    x = draw.randn(*draw.sizes(3, 2, 7))
    for dim in (0, 1, 2):
        seen = submission.observe("axis_stats", x, dim, False)
        compare.same(seen.result, stats(x, dim, False), **PAIR)
        compare.unchanged(x, seen.args[0], "x")
