"""Hidden checks of topic 10: L2, L1 and Huber. The formulas are evaluated on this side of the wall."""

from __future__ import annotations

import math
from typing import Any

import torch
from regression_losses_reference import F32, F64, MISFITS, from_scratch, l1, l2, leaves_alone, mean_huber, pair, refuses

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

BOTH = (("l2_loss", l2), ("l1_loss", l1))


# l1_l2 --------------------------------------------------------------------------------------------------------------


@check(
    "l1_l2.value_none",
    hint="Every element for itself, and the shape stays. Which of the two losses has the half?",
    zh="逐元素计算，形状不变。两个损失中哪一个带二分之一？",
)
def test_losses_of_single_elements(submission: Any, draw: Draw) -> None:
    for number in range(20):
        p, y = pair(draw, number)
        for name, loss in BOTH:
            got = (
                getattr(submission, name)(p, y, "none")
                if number % 2
                else getattr(submission, name)(p, y, reduction="none")
            )
            compare.same(got, loss(p, y), what=name, zh=name)


@check(
    "l1_l2.reductions",
    hint="'mean' divides by the number of all elements, 'sum' by nothing; both leave one number, shape (). Without the"
    " word it is the mean.",
    zh="'mean' 除以全部元素的个数，'sum' 什么也不除；结果都是一个数，形状为 ()。不写这个词时取平均。",
)
def test_mean_and_sum_and_what_is_usual(submission: Any, draw: Draw) -> None:
    for number in range(12):
        p, y = pair(draw, number)
        for name, loss in BOTH:
            function, want = getattr(submission, name), loss(p, y)
            compare.same(function(p, y, "mean"), want.mean(), what=f"{name}, mean", zh=f"{name}，平均")
            compare.same(function(p, y, "sum"), want.sum(), what=f"{name}, sum", zh=f"{name}，总和", scale=10)
        compare.same(submission.l2_loss(p, y), l2(p, y).mean(), what="the default", zh="默认值")
        compare.same(submission.l1_loss(p, y), l1(p, y).mean(), what="the default", zh="默认值")


@check(
    "l1_l2.bad_reduction_raises",
    hint="Whoever misspells 'mean' should hear of it: three words are known, all others raise ValueError.",
    zh="把 'mean' 拼错的人应当得到提醒：只认三个词，其他一律抛出 ValueError。",
)
def test_other_words_are_refused(submission: Any, draw: Draw) -> None:
    p, y = draw.randn(4), draw.randn(4)
    for name, _ in BOTH:
        for word in ("Mean", "average", "", "batchmean"):
            compare.raises(ValueError, getattr(submission, name), p, y, word)


@check(
    "l1_l2.shape_mismatch_raises",
    hint="A column minus a flat tensor is a whole table of differences. Compare the shapes before you subtract.",
    zh="一列减去一个一维张量，得到的是一整张差值表。先比较形状，再相减。",
)
def test_shapes_that_differ_are_refused(submission: Any, draw: Draw) -> None:
    for name, _ in BOTH:
        for kind in ("none", "mean", "sum"):
            refuses(lambda p, y, name=name, kind=kind: getattr(submission, name)(p, y, kind), draw, MISFITS)


@check(
    "l1_l2.gradient",
    hint="The losses must stay connected to p and to y: no item(), no detach(), no NumPy on the way.",
    zh="损失必须与 p、y 都保持连接：途中不要用 item()、detach() 或 NumPy。",
)
def test_gradients_reach_predictions_and_labels(submission: Any, draw: Draw) -> None:
    for name, loss in BOTH:
        for kind in ("none", "mean", "sum"):
            gradients.match(
                lambda p, y, name=name, kind=kind: getattr(submission, name)(p, y, kind),
                lambda p, y, loss=loss, kind=kind: loss(p, y) if kind == "none" else getattr(loss(p, y), kind)(),
                lambda draw: pair(draw, dims=2),
                draw.child(name + kind),
                draws=1,
            )


@check(
    "l1_l2.l1_grad_zero",
    hint="At e = 0 the slope of |e| is no nan. Roots and quotients such as e / |e| have none there, abs has.",
    zh="在 e = 0 处，|e| 的斜率不应是 nan。平方根、e / |e| 这样的商在那里没有值，abs 有。",
)
def test_l1_where_the_prediction_is_exact(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        p, y = draw.randn(7, dtype=dtype), draw.randn(7, dtype=dtype)
        exact = draw.permutation(7) < 3
        p = torch.where(exact, y, p)
        compare.same(submission.l1_loss(p, y, "none"), l1(p, y), what="l1_loss", zh="l1_loss")
        (slopes, _) = gradients.of(lambda p, y: submission.l1_loss(p, y, "sum"), p, y)
        compare.finite(slopes, "the gradient", "梯度")
        compare.same(
            slopes[~exact], (p - y).sign()[~exact], what="the gradient where e is not 0", zh="e 不为 0 处的梯度"
        )
        compare.require(
            bool((slopes[exact].abs() <= 1).all()),
            "where e = 0 the gradient of |e| lies outside -1 .. 1.",
            "在 e = 0 处，|e| 的梯度不在 -1 到 1 之间。",
        )


@check(
    "l1_l2.empty",
    hint="Of nothing the sum is 0, and the mean 0 / 0. torch says both by itself if you let it.",
    zh="没有元素时，总和是 0，平均是 0 / 0。不加干预的话，torch 自己就会这样回答。",
)
def test_no_elements(submission: Any, draw: Draw) -> None:
    for shape in ((0,), (0, 3)):
        none = torch.zeros(shape, dtype=F64)
        for name, _ in BOTH:
            function = getattr(submission, name)
            compare.same(function(none, none.clone(), "none"), none, what=name, zh=name)
            compare.same(function(none, none.clone(), "sum"), torch.tensor(0.0, dtype=F64), what="the sum", zh="总和")
            want = torch.tensor(math.nan, dtype=F64)
            compare.same(function(none, none.clone(), "mean"), want, what="the mean", zh="平均值")


@check(
    "l1_l2.inputs_unchanged",
    hint="p and y belong to the caller: -=, abs_ and square_ write into them.",
    zh="p 和 y 是调用者的：-=、abs_、square_ 会改写它们。",
)
def test_both_losses_leave_p_and_y_alone(submission: Any, draw: Draw) -> None:
    for name, loss in BOTH:
        leaves_alone(submission, draw, name, "none", want=loss)


@check(
    "l1_l2.no_builtin",
    hint="A subtraction, a square or an absolute value, a mean: torch's ready-made losses are what you are building.",
    zh="一次减法、一次平方或绝对值、一次平均：torch 现成的损失函数正是你要实现的东西。",
    needs=["l1_l2.example"],
)
def test_both_losses_are_built_from_scratch(submission: Any, draw: Draw) -> None:
    for name, _ in BOTH:
        from_scratch(submission, name, submission.observe(name, draw.randn(4), draw.randn(4), "none"))


# huber --------------------------------------------------------------------------------------------------------------


@check(
    "huber.value",
    hint="Every element chooses its own branch, by the size of its own error; then comes the mean over all of them.",
    zh="每个元素按自己误差的大小选择分支，然后对所有元素取平均。",
)
def test_huber_of_small_and_large_errors(submission: Any, draw: Draw) -> None:
    for number in range(24):
        p, y = pair(draw, number)
        compare.same(submission.huber(p, y), mean_huber(p, y), what="the loss", zh="损失")


@check(
    "huber.delta2",
    hint="delta says where the parabola ends, and how steep the line is from there. It is not always 1.",
    zh="delta 规定抛物线到哪里为止，也规定此后直线有多陡。它并不总是 1。",
)
def test_other_deltas(submission: Any, draw: Draw) -> None:
    for number in range(16):
        p, y = pair(draw, number)
        delta = (0.3, 2.0, 3.5, 40.0)[number % 4]
        got = submission.huber(p, y, delta) if number % 2 else submission.huber(p, y, delta=delta)
        compare.same(got, mean_huber(p, y, delta), what="the loss", zh="损失")


@check(
    "huber.continuous_at_delta",
    hint="At |e| = delta the parabola is delta * delta / 2 high. The line must begin at that height.",
    zh="在 |e| = delta 处抛物线的高度是 delta * delta / 2。直线必须从这个高度开始。",
)
def test_no_jump_where_the_branches_meet(submission: Any, draw: Draw) -> None:
    zero = torch.tensor([0.0], dtype=F64)
    for delta in (1.0, 0.4, draw.random.uniform(1.5, 4)):
        for sign in (1, -1):
            sides = [submission.huber(zero + sign * delta * (1 + side), zero, delta) for side in (-1e-9, 0.0, 1e-9)]
            inside, at, outside = (compare.tensor(side, shape=(), dtype=F64).item() for side in sides)
            jump = max(abs(inside - outside), abs(inside - at))
            compare.require(
                jump < 1e-6 and abs(inside - delta**2 / 2) < 1e-6,
                "the loss jumps where the parabola ends and the line begins, or ends at another height.",
                "在抛物线与直线相接处，损失有跳跃，或者高度不对。",
                reason="value",
            )


@check(
    "huber.grad_bounded",
    hint="Far away the slope is delta, no more, whatever the error. Near 0 it is the error itself. Which is which?",
    zh="远处的斜率就是 delta，不论误差多大；0 附近的斜率是误差本身。两个分支有没有弄反？",
)
def test_far_errors_pull_with_delta(submission: Any, draw: Draw) -> None:
    for number in range(6):
        delta, n = (1.0, 0.5, 2.5)[number % 3], draw.size(3, 7)
        y = draw.randn(n)
        signs = 2 * draw.integers(0, 2, n).double() - 1
        p = y + signs * draw.uniform(10, 1000, n)
        compare.same(submission.huber(p, y, delta), mean_huber(p, y, delta), what="the loss", zh="损失")
        slope, back = gradients.of(lambda p, y, delta=delta: submission.huber(p, y, delta), p, y)
        compare.same(slope, delta * signs / n, what="the gradient of p", zh="p 的梯度")
        compare.same(back, -delta * signs / n, what="the gradient of y", zh="y 的梯度")


@check(
    "huber.gradcheck",
    hint="The loss must stay connected to p and y, in both branches: no item(), no detach(), no NumPy.",
    zh="两个分支都必须与 p、y 保持连接：不要用 item()、detach() 或 NumPy。",
)
def test_gradient_of_huber(submission: Any, draw: Draw) -> None:
    for delta in (1.0, 2.0):
        gradients.match(
            lambda p, y, delta=delta: submission.huber(p, y, delta),
            lambda p, y, delta=delta: mean_huber(p, y, delta),
            lambda draw: pair(draw, dims=2),
            draw.child(str(delta)),
        )
    gradients.gradcheck(submission.huber, pair(draw, dims=1))


@check(
    "huber.huge_errors",
    hint="The square of a huge error is inf, and 0 * inf is nan: choose between the branches, don't add them up with"
    " weights 0 and 1.",
    zh="巨大误差的平方是 inf，而 0 * inf 是 nan：请在两个分支之间选择，不要用 0 和 1 加权相加。",
)
def test_errors_whose_square_is_infinite(submission: Any, draw: Draw) -> None:
    for dtype, size in ((F64, 1e200), (F32, 1e30)):
        p = size * draw.uniform(1, 2, 5, dtype=dtype) * (2 * draw.integers(0, 2, 5) - 1)
        y = draw.randn(5, dtype=dtype)
        p[draw.size(0, 4)] = 0.0
        got = compare.finite(compare.tensor(submission.huber(p, y), shape=(), dtype=dtype), "the loss", "损失")
        compare.same(got / size, mean_huber(p, y) / size, what="the loss, scaled", zh="缩小后的损失")
        slope, _ = gradients.of(submission.huber, p, y)
        compare.same(slope, (p - y).clamp(-1, 1) / 5, what="the gradient", zh="梯度")


@check(
    "huber.shape_mismatch_raises",
    hint="As in the first task: different shapes are a mistake of the caller, and broadcasting would hide it.",
    zh="与第一题相同：形状不同是调用者的错误，广播会把它掩盖起来。",
)
def test_huber_refuses_shapes_that_differ(submission: Any, draw: Draw) -> None:
    refuses(submission.huber, draw, MISFITS)


@check(
    "huber.inputs_unchanged",
    hint="p and y belong to the caller: -=, abs_ and clamp_ write into them.",
    zh="p 和 y 是调用者的：-=、abs_、clamp_ 会改写它们。",
)
def test_huber_leaves_p_and_y_alone(submission: Any, draw: Draw) -> None:
    leaves_alone(submission, draw, "huber", 2.0, want=lambda p, y: mean_huber(p, y, 2.0))


@check(
    "huber.no_builtin",
    hint="Two branches and a choice between them: torch's ready-made loss is what you are building.",
    zh="两个分支，加上选择：torch 现成的损失函数正是你要实现的东西。",
    needs=["huber.example"],
)
def test_huber_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    from_scratch(submission, "huber", submission.observe("huber", draw.randn(4), draw.randn(4), 2.0))
