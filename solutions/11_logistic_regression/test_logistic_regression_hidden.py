"""Hidden checks of topic 11: the sigmoid and the binary cross-entropy. The reference is torch's own, on this side."""

from __future__ import annotations

from typing import Any

import torch
from logistic_regression_reference import (
    F32,
    F64,
    MISFITS,
    SIGMOID_OPERATIONS,
    SIGMOIDS,
    answers,
    bce,
    exact_when_large,
    pulls,
    refuses,
    right_at_zero,
    without_losses,
)
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# sigmoid ------------------------------------------------------------------------------------------------------------


@check(
    "sigmoid.value",
    hint="1 over 1 plus exp of minus x, element by element, in any shape.",
    zh="1 除以（1 加上 -x 的指数），逐元素计算，形状任意。",
)
def test_sigmoid_of_any_shape(submission: Any, draw: Draw) -> None:
    for number in range(24):
        x = 4 * draw.randn(*draw.sizes(number % 4, 2, 6), dtype=float_type(number))
        x = draw.layout(x, number // 4)
        compare.same(submission.sigmoid(x), torch.sigmoid(x), what="the probabilities", zh="概率")


@check(
    "sigmoid.symmetry",
    hint="What speaks for yes with x speaks for no with -x: s(-x) and s(x) add up to 1, far out as well.",
    zh="x 支持“是”多少，-x 就支持“否”多少：s(-x) 与 s(x) 之和为 1，远处也一样。",
)
def test_yes_and_no_add_up_to_one(submission: Any, draw: Draw) -> None:
    for dtype, far in ((F64, 30.0), (F32, 90.0), (F64, 900.0)):
        x = draw.uniform(-far, far, 9, dtype=dtype)
        yes = compare.tensor(submission.sigmoid(x), shape=(9,), dtype=dtype)
        no = compare.tensor(submission.sigmoid(-x), shape=(9,), dtype=dtype)
        compare.same(yes + no, torch.ones(9, dtype=dtype), what="s(x) + s(-x)", zh="s(x) + s(-x)")
        compare.same(yes, torch.sigmoid(x), what="s(x)", zh="s(x)")


@check(
    "sigmoid.extreme_grad",
    hint="Behind an inf in the forward pass a 0 * inf lies in wait in the backward pass. Let exp see no large number;"
    " torch.where alone does not help.",
    zh="前向计算中的 inf，会在反向时变成 0 * inf。别让 exp 见到大的正数；单靠 torch.where 是不够的。",
)
def test_slopes_of_far_scores(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        x = torch.tensor([-1000.0, 1000.0, -100.0, 100.0, 0.5, -750.0, 750.0], dtype=dtype)[draw.permutation(7)]
        compare.same(submission.sigmoid(x), torch.sigmoid(x), what="the probabilities", zh="概率")
        (slope,) = gradients.of(submission.sigmoid, x)
        compare.finite(slope, "the gradient", "梯度")
        compare.same(slope, torch.sigmoid(x) * torch.sigmoid(-x), what="the gradient", zh="梯度")


@check(
    "sigmoid.grad_at_zero",
    hint="s is steepest at 0: its slope there is 1/4. |x| has no slope at 0, and autograd takes 0 for it.",
    zh="s 在 0 处最陡，斜率是 1/4。|x| 在 0 处没有斜率，autograd 取作 0。",
)
def test_slope_at_exactly_zero(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        x = torch.tensor([0.0, 1.0, 0.0, -2.0], dtype=dtype)[draw.permutation(4)]
        compare.same(submission.sigmoid(x), torch.sigmoid(x), what="the probabilities", zh="概率")
        (slope,) = gradients.of(submission.sigmoid, x)
        compare.same(slope, torch.sigmoid(x) * torch.sigmoid(-x), what="the gradient", zh="梯度")


@check(
    "sigmoid.gradient",
    hint="The result must stay connected to x: no NumPy, no .data, no detach().",
    zh="结果必须与 x 保持连接：不要经过 NumPy、.data 或 detach()。",
)
def test_gradient_of_the_sigmoid(submission: Any, draw: Draw) -> None:
    gradients.match(submission.sigmoid, torch.sigmoid, lambda draw: 3 * draw.randn(3, 4), draw)
    gradients.gradcheck(submission.sigmoid, draw.uniform(0.1, 2, 5) * torch.tensor([1, -1, 1, -1, 1]))


@check(
    "sigmoid.input_unchanged",
    hint="x belongs to the caller: neg_, exp_ and x[x < 0] = ... write into it.",
    zh="x 是调用者的：neg_、exp_ 以及 x[x < 0] = ... 会改写它。",
)
def test_sigmoid_leaves_x_alone(submission: Any, draw: Draw) -> None:
    for number in range(4):
        x = draw.layout(40 * draw.randn(3, 5), number)
        seen = submission.observe("sigmoid", x)
        compare.same(seen.result, torch.sigmoid(x))
        compare.unchanged(x, seen.args[0], "x")


@check(
    "sigmoid.no_builtin",
    hint="exp and a division, or tanh: torch's own sigmoid is what you are building.",
    zh="用 exp 与除法，或者用 tanh：torch 自带的 sigmoid 正是你要实现的东西。",
    needs=["sigmoid.example"],
    weight=2.0,
)
def test_sigmoid_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, SIGMOIDS, within="sigmoid")
    source_rules.forbid_ops(submission.observe("sigmoid", draw.randn(4)), SIGMOID_OPERATIONS)


# bce_with_logits ----------------------------------------------------------------------------------------------------


def flat(values: Tensor) -> Tensor:
    return values


@check(
    "bce_with_logits.value",
    hint="Where t is 1, -log s(z) counts, where it is 0, -log(1 - s(z)). Then the mean. z is scores: s comes in once.",
    zh="t 为 1 时计 -log s(z)，为 0 时计 -log(1 - s(z))，然后取平均。z 是得分：s 恰好出现一次。",
)
def test_mean_cross_entropy(submission: Any, draw: Draw) -> None:
    for number in range(24):
        z, t = answers(draw, number, *draw.sizes(number % 3, 2, 8))
        compare.same(submission.bce_with_logits(z, t), bce(z, t), what="the loss", zh="损失")


@check(
    "bce_with_logits.large_logits",
    hint="Where s is 0 or 1 in floating point, log sees nothing any more. Simplify log(1 / (1 + exp(-z))) on paper.",
    zh="s 在浮点数中成了 0 或 1 之后，log 什么也看不到了。先在纸上化简 log(1 / (1 + exp(-z)))。",
)
def test_losses_of_hundreds_are_exact(submission: Any, draw: Draw) -> None:
    for dtype, far in ((F64, 800.0), (F32, 120.0), (F64, 5000.0), (F32, 1000.0)):
        for right in (0.0, 1.0):
            z = torch.tensor([far, -far, far + 11, 0.5, -far / 2, 40.0], dtype=dtype)[draw.permutation(6)]
            t = torch.full((6,), right, dtype=dtype)
            compare.same(submission.bce_with_logits(z, t), bce(z, t), what="the loss", zh="损失")
            compare.same(submission.bce_with_logits(z, t, 2.5), bce(z, t, 2.5), what="the loss", zh="损失")


@check(
    "bce_with_logits.grad_large",
    hint="However wrong a score is, its slope is s(z) - t: never nan, and not 0 where the answer was wrong.",
    zh="得分错得再离谱，斜率也是 s(z) - t：不会是 nan，答错时也不会是 0。",
)
def test_slopes_of_far_scores_pull_on(submission: Any, draw: Draw) -> None:
    exact_when_large(submission.bce_with_logits, draw, flat)


@check(
    "bce_with_logits.grad_at_zero",
    hint="Training from zero weights begins at z = 0. max(z, 0) and |z| both have a kink there, and autograd takes a"
    " side: do the sides you get add up to 1/2 - t?",
    zh="从零权重开始训练时，z 恰好为 0。max(z, 0) 与 |z| 在那里都有尖点，autograd 各取一边：合起来是 1/2 - t 吗？",
)
def test_slopes_at_exactly_zero(submission: Any, draw: Draw) -> None:
    right_at_zero(submission.bce_with_logits, draw, flat)


@check(
    "bce_with_logits.soft_targets",
    hint="A target of 0.3 is 30 percent yes and 70 percent no: both parts count. Don't round and don't branch.",
    zh="目标 0.3 表示三成“是”、七成“否”：两部分都要计入。不要取整，也不要分支。",
)
def test_targets_between_zero_and_one(submission: Any, draw: Draw) -> None:
    for number in range(10):
        shape = draw.sizes(1 + number // 2 % 2, 2, 7)
        z, _ = answers(draw, number, *shape)
        t = torch.full_like(z, 0.3) if number % 2 else draw.uniform(0, 1, *shape, dtype=z.dtype)
        compare.same(submission.bce_with_logits(z, t), bce(z, t), what="the loss", zh="损失")


@check(
    "bce_with_logits.pos_weight",
    hint="pos_weight multiplies the yes part only. The mean still divides by the number of all elements.",
    zh="pos_weight 只乘“是”的那一部分。取平均时仍除以全部元素的个数。",
)
def test_yes_can_count_more(submission: Any, draw: Draw) -> None:
    for number in range(12):
        z, t = answers(draw, number, draw.size(3, 8))
        if number % 3 == 2:
            t = draw.uniform(0, 1, len(t), dtype=z.dtype)
        weight = (3.0, 0.25, 10.0, 1.7)[number // 3]
        got = (
            submission.bce_with_logits(z, t, weight)
            if number % 2
            else submission.bce_with_logits(z, t, pos_weight=weight)
        )
        compare.same(got, bce(z, t, weight), what="the loss", zh="损失")


@check(
    "bce_with_logits.gradient",
    hint="The loss must stay connected to z, and be a mean: the slope is (s(z) - t) / n, the yes part with pos_weight.",
    zh="损失必须与 z 保持连接，而且是平均值：斜率是 (s(z) - t) / n，“是”的部分还要乘 pos_weight。",
)
def test_gradient_is_prediction_minus_truth(submission: Any, draw: Draw) -> None:
    for weight in (1.0, 2.5):

        def inputs(draw: Draw) -> tuple[Tensor, Tensor]:
            z, t = answers(draw, 0, 7)
            return z.requires_grad_(), t

        gradients.match(
            lambda z, t, weight=weight: submission.bce_with_logits(z, t, weight),
            lambda z, t, weight=weight: bce(z, t, weight),
            inputs,
            draw.child(str(weight)),
        )
    z, t = answers(draw, 0, 5, 3)
    (slope,) = gradients.of(lambda z: submission.bce_with_logits(z, t), z)
    compare.same(slope, pulls(z, t), what="the gradient", zh="梯度")


@check(
    "bce_with_logits.shape_mismatch_raises",
    hint="A column of scores and flat targets would broadcast to n times n losses. Compare the shapes first.",
    zh="一列得分与一维目标会广播成 n 乘 n 个损失。先比较形状。",
)
def test_shapes_that_differ_are_refused(submission: Any, draw: Draw) -> None:
    refuses(submission.bce_with_logits, draw, MISFITS)


@check(
    "bce_with_logits.inputs_unchanged",
    hint="z and t belong to the caller: clamp_, abs_ and *= write into them.",
    zh="z 和 t 是调用者的：clamp_、abs_、*= 会改写它们。",
)
def test_the_loss_leaves_z_and_t_alone(submission: Any, draw: Draw) -> None:
    for number in range(3):
        z, t = answers(draw, number, 6)
        seen = submission.observe("bce_with_logits", z, t, 2.0)
        compare.same(seen.result, bce(z, t, 2.0))
        compare.unchanged(z, seen.args[0], "z")
        compare.unchanged(t, seen.args[1], "t")


@check(
    "bce_with_logits.no_builtin",
    hint="A formula for log(1 + exp(z)) that cannot overflow is all you need; the ready-made loss is not allowed.",
    zh="只需要一个不会溢出的 log(1 + exp(z)) 的算法；不许用现成的损失函数。",
    needs=["bce_with_logits.example"],
    weight=2.0,
)
def test_the_loss_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    without_losses(submission, "bce_with_logits", *answers(draw, 0, 5))
