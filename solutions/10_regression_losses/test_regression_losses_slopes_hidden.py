"""Hidden checks of topic 10: log-RMSE and the slopes by formula."""

from __future__ import annotations

from typing import Any

import torch
from regression_losses_reference import (
    AUTOGRAD,
    F32,
    F64,
    FLAT_MISFITS,
    NAMES,
    leaves_alone,
    mean_slopes,
    pair,
    refuses,
)
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def reference_log_rmse(p: Tensor, y: Tensor) -> Tensor:
    return (torch.log(torch.where(p < 1, 1.0, p)) - torch.log(y)).pow(2).mean().sqrt()


def prices(draw: Draw, number: int, n: int) -> tuple[Tensor, Tensor]:
    """Predictions above 1 and labels, from units to hundreds of thousands."""
    dtype = float_type(number)
    y = draw.uniform(1, 12, n).exp().to(dtype)
    return draw.layout((y * draw.randn(n).exp().to(dtype)).clamp(min=1.5), number), draw.layout(y, number // 2)


# log_rmse -----------------------------------------------------------------------------------------------------------


@check(
    "log_rmse.value",
    hint="From the inside out: logarithms, their difference, its square, the mean, the root. In this order, no half.",
    zh="由内到外：取对数、相减、平方、平均、开方。按这个次序，没有二分之一。",
)
def test_root_mean_square_of_log_differences(submission: Any, draw: Draw) -> None:
    for number in range(20):
        p, y = prices(draw, number, draw.size(2, 9))
        compare.same(submission.log_rmse(p, y), reference_log_rmse(p, y))


@check(
    "log_rmse.clamp_nonpositive",
    hint="A negative number has no logarithm, and 0 only -inf: predictions below 1 count as 1, before the logarithm.",
    zh="负数没有对数，0 的对数是 -inf：小于 1 的预测在取对数之前按 1 计。",
)
def test_predictions_below_one(submission: Any, draw: Draw) -> None:
    for number in range(8):
        p, y = prices(draw, number, 6)
        low = draw.uniform(-5, 0.95, 3, dtype=p.dtype)
        low[0] = (0.0, -300.0, 0.5, 1.0)[number % 4]
        p = torch.cat([p[:3], low])[draw.permutation(6)]
        compare.finite(submission.log_rmse(p, y))
        compare.same(submission.log_rmse(p, y), reference_log_rmse(p, y))


@check(
    "log_rmse.labels_stay",
    hint="Only predictions are lifted to 1. Labels are positive, and may well be small.",
    zh="只有预测会被抬到 1。标签总是正的，但可以很小。",
)
def test_labels_below_one(submission: Any, draw: Draw) -> None:
    for number in range(6):
        p, _ = prices(draw, number, 7)
        y = draw.uniform(0.001, 0.9, 7, dtype=p.dtype)
        compare.same(submission.log_rmse(p, y), reference_log_rmse(p, y))


@check(
    "log_rmse.scale_invariance",
    hint="In cents or in euros, 10 percent are 10 percent. What is added to p or y before the logarithm spoils that.",
    zh="不论按分还是按元，百分之十就是百分之十。取对数之前给 p 或 y 加上任何数，都会破坏这一点。",
)
def test_a_thousand_times_as_much_of_both(submission: Any, draw: Draw) -> None:
    for number in range(6):
        p, y = prices(draw, number, 8)
        factor = (1000.0, 30.0)[number % 2]
        first = compare.tensor(submission.log_rmse(p, y), shape=(), dtype=p.dtype).detach()
        compare.same(submission.log_rmse(factor * p, factor * y), first)
        compare.same(first, reference_log_rmse(p, y))


@check(
    "log_rmse.n1",
    hint="One sample: the root of its own square, and still a tensor of shape ().",
    zh="只有一个样本：自己平方的平方根，结果仍是形状为 () 的张量。",
)
def test_one_sample(submission: Any, draw: Draw) -> None:
    for number in range(4):
        p, y = prices(draw, number, 1)
        compare.same(submission.log_rmse(p, y), (p.log() - y.log()).abs().squeeze(0))


@check(
    "log_rmse.gradient",
    hint="The loss must stay connected to p and y. Below 1 a prediction is held fast: its slope is 0, not nan.",
    zh="损失必须与 p、y 保持连接。小于 1 的预测被固定住了：斜率是 0，不是 nan。",
)
def test_gradient_of_log_rmse(submission: Any, draw: Draw) -> None:
    gradients.match(submission.log_rmse, reference_log_rmse, lambda draw: prices(draw, 0, 5), draw)
    p, y = torch.tensor([3.0, -2.0, 0.0, 0.4, 9.0], dtype=F64), draw.uniform(4, 8, 5)
    want = gradients.of(reference_log_rmse, p, y)
    compare.same(gradients.of(submission.log_rmse, p, y), want, what="the gradients", zh="梯度")


@check(
    "log_rmse.shape_mismatch_raises",
    hint="As in the first task: different shapes are a mistake of the caller, and broadcasting would hide it.",
    zh="与第一题相同：形状不同是调用者的错误，广播会把它掩盖起来。",
)
def test_log_rmse_refuses_shapes_that_differ(submission: Any, draw: Draw) -> None:
    refuses(submission.log_rmse, draw, FLAT_MISFITS, shift=1.5)


@check(
    "log_rmse.inputs_unchanged",
    hint="p and y belong to the caller: clamp_, log_ and p[p < 1] = 1 write into them.",
    zh="p 和 y 是调用者的：clamp_、log_ 以及 p[p < 1] = 1 会改写它们。",
)
def test_log_rmse_leaves_p_and_y_alone(submission: Any, draw: Draw) -> None:
    leaves_alone(submission, draw, "log_rmse", want=reference_log_rmse)
    p, y = torch.tensor([-1.0, 0.5, 4.0], dtype=F64), draw.uniform(1, 3, 3)
    seen = submission.observe("log_rmse", p, y)
    compare.same(seen.result, reference_log_rmse(p, y))
    compare.unchanged(p, seen.args[0], "p")


# loss_gradient ------------------------------------------------------------------------------------------------------


@check(
    "loss_gradient.vs_autograd",
    hint="Three slopes: of |e|, of e * e / 2, and of the parabola that becomes a line. The loss is a mean: what does"
    " that do to its slope?",
    zh="三种斜率：|e| 的、e * e / 2 的、由抛物线变成直线的那个函数的。损失是平均值：这对斜率有什么影响？",
)
def test_gradients_of_the_mean_losses(submission: Any, draw: Draw) -> None:
    for number in range(24):
        name = NAMES[number % 3]
        p, y = pair(draw, number, dims=1)
        got = submission.loss_gradient(name, p, y)
        compare.same(got, mean_slopes(name, p, y), what=f"the gradient of {name}", zh=f"{name} 的梯度")


@check(
    "loss_gradient.kinks",
    hint="An exact prediction pulls in no direction: the slope of |e| at 0 is taken as 0, not 1, -1 or nan.",
    zh="完全准确的预测不往任何方向拉：|e| 在 0 处的斜率取 0，而不是 1、-1 或 nan。",
)
def test_slopes_at_zero_and_at_one(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        e = torch.tensor([0.0, 1.0, -1.0, 0.0, 2.0, -2.0, 0.5], dtype=dtype)[draw.permutation(7)]
        y = draw.integers(-4, 5, 7).to(dtype)
        for name in NAMES:
            got = submission.loss_gradient(name, y + e, y)
            compare.same(got, mean_slopes(name, y + e, y), what=f"the gradient of {name}", zh=f"{name} 的梯度")


@check(
    "loss_gradient.unknown_name_raises",
    hint="Three names are known. Everything else raises ValueError, and is not quietly taken for one of them.",
    zh="只认三个名字。其他一律抛出 ValueError，不能悄悄当成其中之一。",
)
def test_other_names_are_refused(submission: Any, draw: Draw) -> None:
    p, y = draw.randn(4), draw.randn(4)
    for name in ("L2", "mse", "", "smooth_l1"):
        compare.raises(ValueError, submission.loss_gradient, name, p, y)


@check(
    "loss_gradient.no_autograd",
    hint="Differentiate on paper and write down what comes out. The function must also work where nothing is recorded.",
    zh="在纸上求导，把结果写成代码。在不记录计算图的地方，这个函数也必须能用。",
    needs=["loss_gradient.example"],
)
def test_slopes_come_from_a_formula(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, AUTOGRAD, within="loss_gradient")
    code = "with torch.inference_mode():\n    slopes = student.loss_gradient(name, p, y)\nslopes.clone()"
    for name in NAMES:
        p, y = pair(draw, dims=1)
        got = submission.build(code, name=name, p=p, y=y)
        compare.same(got, mean_slopes(name, p, y), what=f"the gradient of {name}", zh=f"{name} 的梯度")


@check(
    "loss_gradient.vectorised",
    hint="One operation for all elements, whether there are 10 of them or 40: no loop.",
    zh="不论有 10 个还是 40 个元素，都用一次运算处理全部：不要循环。",
)
def test_no_loop_over_elements(submission: Any, draw: Draw) -> None:
    for name in NAMES:
        counts = []
        for n in (10, 40):
            p, y = draw.randn(n), draw.randn(n)
            seen = submission.observe("loss_gradient", name, p, y)
            compare.same(seen.result, mean_slopes(name, p, y), what=f"the gradient of {name}", zh=f"{name} 的梯度")
            counts.append(seen.op_count)
        source_rules.vectorised(*counts)


@check(
    "loss_gradient.shape_mismatch_raises",
    hint="As in the first task: different shapes are a mistake of the caller, and broadcasting would hide it.",
    zh="与第一题相同：形状不同是调用者的错误，广播会把它掩盖起来。",
)
def test_slopes_refuse_shapes_that_differ(submission: Any, draw: Draw) -> None:
    for name in NAMES:
        refuses(lambda p, y, name=name: submission.loss_gradient(name, p, y), draw, FLAT_MISFITS)


@check(
    "loss_gradient.inputs_unchanged",
    hint="p and y belong to the caller: -=, sign_ and clamp_ write into them.",
    zh="p 和 y 是调用者的：-=、sign_、clamp_ 会改写它们。",
)
def test_slopes_leave_p_and_y_alone(submission: Any, draw: Draw) -> None:
    for number, name in enumerate(NAMES):
        p, y = draw.layout(draw.randn(5), number), draw.layout(draw.randn(5), number)
        seen = submission.observe("loss_gradient", name, p, y)
        compare.same(seen.result, mean_slopes(name, p, y))
        compare.unchanged(p, seen.args[1], "p")
        compare.unchanged(y, seen.args[2], "y")
