"""Hidden checks of softmax-regression: which rows the loss counts, and what it refuses."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from softmax_regression_reference import F32, F64, batch

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "cross_entropy.ignore_index",
    hint="Rows that are left out count in neither part of a mean: not in the sum, not in what it is divided by.",
    zh="被忽略的行不参与平均的任何部分：既不进总和，也不进除数。",
)
def test_ignored_rows_do_not_count(submission: Any, draw: Draw) -> None:
    for number in range(16):
        z, y = batch(draw, number)
        skip = (-100, -1, z.shape[1], 7000)[number % 4]
        counts = draw.integers(0, 2, len(y)).bool()
        counts[draw.size(0, len(y) - 1)] = True
        y = torch.where(counts, y, skip)
        kind = ("mean", "sum")[number % 2]
        want = F.cross_entropy(z[counts], y[counts], reduction=kind)
        got = submission.cross_entropy(z, y, reduction=kind, ignore_index=skip)
        compare.same(got, want, what="the loss", zh="损失")
    (want,) = gradients.of(lambda t: F.cross_entropy(t, y, ignore_index=skip), z)
    (got,) = gradients.of(lambda t: submission.cross_entropy(t, y, ignore_index=skip), z)
    compare.same(got, want, what="the gradient", zh="梯度")


@check(
    "cross_entropy.ignored_class",
    hint="ignore_index may be a real class, and class 0 is one of them: 0 is not None, although both are falsy.",
    zh="ignore_index 可以是一个真正的类别，类别 0 也不例外：0 不是 None，虽然二者在条件判断中都为假。",
)
def test_a_real_class_can_be_ignored(submission: Any, draw: Draw) -> None:
    for number in range(9):
        z, y = batch(draw, number)
        skip = (0, z.shape[1] - 1, 0)[number % 3]
        y = torch.cat([y, torch.tensor([skip, 1 - min(skip, 1)])])
        z = torch.cat([z, draw.randn(2, z.shape[1], dtype=z.dtype)])
        want = F.cross_entropy(z, y, ignore_index=skip)
        compare.same(submission.cross_entropy(z, y, ignore_index=skip), want, what="the loss", zh="损失")
        compare.same(
            submission.cross_entropy(z, y), F.cross_entropy(z, y), what="the loss of all rows", zh="所有行的损失"
        )


@check(
    "cross_entropy.empty_batch_sum",
    hint="The sum of no losses is 0. Reduce over the classes only; then an empty batch is no special case.",
    zh="没有损失时总和为 0。只沿类别一维归约，空批量就不是特例。",
)
def test_the_sum_of_nothing_is_zero(submission: Any, draw: Draw) -> None:
    none = torch.zeros(0, dtype=torch.int64)
    for dtype in (F64, F32):
        z, zero = draw.randn(4, 3, dtype=dtype), torch.zeros((), dtype=dtype)
        compare.same(submission.cross_entropy(z[:0], none, reduction="sum"), zero, what="the sum", zh="总和")
        ignored = submission.cross_entropy(z, none.new_full((4,), -5), reduction="sum", ignore_index=-5)
        compare.same(ignored, zero, what="the sum", zh="总和")


@check(
    "cross_entropy.mean_of_nothing",
    hint="The mean of no rows is 0 / 0, so nan: an honest answer, neither an error nor 0.",
    zh="一行也没有时，平均是 0 / 0，即 nan：如实返回它，既不要报错，也不要返回 0。",
)
def test_the_mean_of_nothing_is_nan(submission: Any, draw: Draw) -> None:
    none, nan = torch.zeros(0, dtype=torch.int64), torch.tensor(math.nan, dtype=F64)
    z = draw.randn(4, 3)
    compare.same(submission.cross_entropy(z[:0], none), nan, what="the mean", zh="平均值")
    ignored = submission.cross_entropy(z, none.new_full((4,), 2), ignore_index=2)
    compare.same(ignored, nan, what="the mean", zh="平均值")


@check(
    "cross_entropy.bad_reduction_raises",
    hint="A misspelt word should not quietly give some other loss. Say so with a ValueError.",
    zh="reduction 写错时，不应悄悄按另一种方式计算。请抛出 ValueError。",
)
def test_other_reductions_are_refused(submission: Any, draw: Draw) -> None:
    for word in ("none", "avg", "Mean", ""):
        compare.raises(ValueError, submission.cross_entropy, draw.randn(3, 4), draw.integers(0, 4, 3), word)


@check(
    "cross_entropy.inputs_unchanged",
    hint="z and y belong to the caller. Make new tensors instead of writing into these.",
    zh="z 和 y 是调用者的。请建立新的张量，而不要改写它们。",
    needs=["cross_entropy.example"],
)
def test_the_loss_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    for skip in (None, -100):
        z, y = draw.randn(5, 3), draw.integers(0, 3, 5)
        if skip is not None:
            y[1:3] = skip
        seen = submission.observe("cross_entropy", z, y, "mean", skip)
        compare.tensor(seen.result, shape=())
        compare.unchanged(z, seen.args[0], "z")
        compare.unchanged(y, seen.args[1], "y")
