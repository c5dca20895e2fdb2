"""Hidden checks of topic 6: how far a difference is from the true slope, for large, good and tiny steps."""

from __future__ import annotations

import math
from typing import Any

import torch
from calculus_numdiff_reference import F64, without_autograd
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def errors(submission: Any, h: Tensor, *function: str) -> tuple[Tensor, Tensor]:
    """(forward, central), known to be finite float64 tensors of the shape of h."""
    forward, central = compare.items(submission.difference_error(h, *function), 2, tuple, "the result", "结果")
    shape = tuple(h.shape)
    forward = compare.tensor(forward, shape=shape, dtype=F64, what="the forward errors", zh="前向误差")
    central = compare.tensor(central, shape=shape, dtype=F64, what="the central errors", zh="中心误差")
    return compare.finite(forward.detach()), compare.finite(central.detach())


@check(
    "error_curve.value",
    hint="Difference minus true slope, without its sign. The true slopes at 1 are cos 1 and 6 - 4.",
    zh="差分减去真正的斜率，不带正负号。在 1 处，真正的斜率是 cos 1 与 6 - 4。",
)
def test_errors_of_the_sine(submission: Any, draw: Draw) -> None:
    for number in range(4):
        h = draw.layout(10 ** draw.uniform(-3, 0.2, draw.size(1, 6)), number % 2)
        top, bottom = math.sin(1) * h.cos(), math.cos(1) * h.sin()  # sin(1 + h) is their sum
        want = ((top + bottom - math.sin(1)) / h - math.cos(1)).abs(), (bottom / h - math.cos(1)).abs()
        for got in (errors(submission, h), errors(submission, h, "sin")):
            compare.same(got, want, rtol=1e-6, atol=1e-11, what="the errors", zh="误差")


@check(
    "error_curve.order",
    hint="On a log-log plot the forward errors lie on a line of slope 1, the central ones on a line of slope 2.",
    zh="在双对数坐标图上，前向误差落在斜率为 1 的直线上，中心误差落在斜率为 2 的直线上。",
)
def test_slopes_of_the_error_curves(submission: Any, draw: Draw) -> None:
    h = 10 ** (-1 - 2 * draw.uniform(0, 1, 20)).sort().values
    for order, found in enumerate(errors(submission, h), start=1):
        x, y = h.log(), found.clamp_min(1e-300).log()
        fitted = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
        kind = ("forward", "前向") if order == 1 else ("central", "中心")
        compare.require(
            bool((fitted - order).abs() < 0.05),
            f"the {kind[0]} errors do not shrink like h to the power {order}.",
            f"{kind[1]}误差不是按 h 的 {order} 次方减小的。",
        )


@check(
    "error_curve.exact_quadratic",
    hint="A parabola bends evenly: the slope of the chord from 1 - h to 1 + h is exactly the slope in the middle.",
    zh="抛物线的弯曲是均匀的：从 1 - h 到 1 + h 的弦，斜率恰好等于中点处的斜率。",
)
def test_errors_of_the_quadratic(submission: Any, draw: Draw) -> None:
    h = draw.uniform(0.01, 3.0, draw.size(3, 8))
    got = errors(submission, h, "quadratic")
    compare.same(got, (3 * h, 0 * h), atol=1e-10, what="the errors", zh="误差")


@check(
    "error_curve.roundoff",
    hint="Below 1e-10 the differences run out of digits. Calculate as the formula says, and let the rounding show.",
    zh="h 小于 1e-10 时，差值的有效数字就用完了。请完全按公式计算，让舍入误差显现出来。",
)
def test_tiny_steps_are_worse_again(submission: Any, draw: Draw) -> None:
    for function in ("sin", "quadratic"):
        for best, found in zip((1e-8, 1e-5), zip(*_tiny(submission, draw, function), strict=True), strict=True):
            good, bad = found
            compare.require(
                bool(good.max() < 1e-6) and bool(bad.max() > 1e-5),
                f"the error should be small at h = {best:g} and grow again for h below 1e-12, but it does not.",
                f"误差应当在 h = {best:g} 处很小，而在 h 小于 1e-12 时重新变大，但结果并非如此。",
            )


def _tiny(submission: Any, draw: Draw, function: str) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """The errors at the best step sizes of both differences, and at 20 that are far too small."""
    best = torch.tensor([1e-8, 1e-5], dtype=F64)
    forward, central = errors(submission, best, function)
    return (forward[:1], central[1:]), errors(submission, 10 ** draw.uniform(-14, -12.5, 20), function)


@check(
    "error_curve.unknown_raises",
    hint="There are two functions. Any other word is a ValueError.",
    zh="只有两个函数，其他任何词都应当抛出 ValueError。",
)
def test_other_functions_are_refused(submission: Any, draw: Draw) -> None:
    for name in ("cos", "", "Sin", "square"):
        compare.raises(ValueError, submission.difference_error, draw.uniform(0.1, 1.0, 3), name)


@check(
    "error_curve.input_unchanged",
    hint="h belongs to the caller.",
    zh="h 是调用者的。",
    needs=["error_curve.example"],
)
def test_h_stays_as_it_was(submission: Any, draw: Draw) -> None:
    for function in ("sin", "quadratic"):
        h = draw.uniform(0.1, 1.0, 4)
        compare.unchanged(h, submission.observe("difference_error", h, function).args[0], "h")


@check(
    "error_curve.no_autograd",
    hint="The true slopes of these two functions are known from the table.",
    zh="这两个函数的真正斜率，查导数表就知道。",
    needs=["error_curve.value"],
)
def test_the_true_slopes_come_from_the_table(submission: Any) -> None:
    without_autograd(submission, "difference_error")
