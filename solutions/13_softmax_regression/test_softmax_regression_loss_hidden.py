"""Hidden checks of softmax-regression: the cross-entropy and its gradient."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from softmax_regression_reference import F32, F64, batch, from_scratch
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "cross_entropy.value",
    hint="One loss for each row: -log of the share of its own label. z is scores, softmax must come in exactly once.",
    zh="每行一个损失：它自己的标签所占比例的 -log。z 是得分，softmax 恰好出现一次。",
)
def test_mean_cross_entropy(submission: Any, draw: Draw) -> None:
    for number in range(24):
        z, y = batch(draw, number)
        compare.same(submission.cross_entropy(z, y), F.cross_entropy(z, y), what="the loss", zh="损失")


@check(
    "cross_entropy.sum",
    hint="With reduction='sum' nothing is divided.",
    zh="reduction='sum' 时不做除法。",
)
def test_summed_cross_entropy(submission: Any, draw: Draw) -> None:
    for number in range(8):
        z, y = batch(draw, number)
        want = F.cross_entropy(z, y, reduction="sum")
        compare.same(submission.cross_entropy(z, y, reduction="sum"), want, what="the sum", zh="总和")


@check(
    "cross_entropy.large_logits",
    hint="Where softmax is 0, log sees nothing any more. Simplify log(exp(a) / sum) on paper before you compute.",
    zh="softmax 为 0 之处，log 什么也看不到了。先在纸上化简 log(exp(a) / 总和)，再写代码。",
)
def test_losses_of_hundreds_are_exact(submission: Any, draw: Draw) -> None:
    for number in range(12):
        dtype, gap = F32 if number % 2 else F64, (200.0, 1000.0, 4000.0)[number % (2 if number % 2 else 3)]
        z = draw.randn(4, 3, dtype=dtype)
        y = draw.integers(0, 3, 4)
        z[torch.arange(4), (y + 1) % 3] += gap
        level = 0.0 if dtype is F32 else 3000.0 * (number % 5 - 2)
        want = F.cross_entropy(z + level, y)
        compare.same(submission.cross_entropy(z + level, y), want, what="the loss", zh="损失")
        (slope,) = gradients.of(lambda t, y=y: F.cross_entropy(t, y), z)
        (got,) = gradients.of(lambda t, y=y: submission.cross_entropy(t, y), z)
        compare.same(got, slope, what="the gradient", zh="梯度", scale=10)


@check(
    "cross_entropy.per_row_shift",
    hint="Each row needs a shift of its own here, too; one maximum for the whole batch is not enough.",
    zh="这里同样每行都要减去自己的最大值；整个批量共用一个最大值是不够的。",
)
def test_losses_of_rows_far_apart(submission: Any, draw: Draw) -> None:
    for number in range(6):
        n = draw.size(3, 7)
        z = 800.0 * (draw.permutation(n) - n // 2).double().unsqueeze(1) + draw.randn(n, 4)
        y = draw.integers(0, 4, n)
        kind = ("mean", "sum")[number % 2]
        want = F.cross_entropy(z, y, reduction=kind)
        compare.same(submission.cross_entropy(z, y, reduction=kind), want, what="the loss", zh="损失")


@check(
    "cross_entropy.scalar_shape",
    hint="A loss is one number: a tensor of shape (), for one row and for many.",
    zh="损失是一个数：形状为 () 的张量，一行时如此，多行时也如此。",
)
def test_the_loss_has_no_dimension(submission: Any, draw: Draw) -> None:
    for n, classes in ((1, 4), (5, 3), (1, 1), (6, 1)):
        z, y = draw.randn(n, classes), draw.integers(0, classes, n)
        for kind in ("mean", "sum"):
            compare.tensor(
                submission.cross_entropy(z, y, reduction=kind), shape=(), dtype=F64, what="the loss", zh="损失"
            )


@check(
    "cross_entropy.gradcheck",
    hint="The loss must stay connected to z: take no .item(), no NumPy, no detached softmax on the way.",
    zh="从 z 到损失的计算图不能断：途中不要用 .item()、NumPy 或 detach 过的 softmax。",
)
def test_gradient_of_the_loss(submission: Any, draw: Draw) -> None:
    y = draw.labels(5, 3)
    for kind in ("mean", "sum"):

        def loss(z: Tensor, kind: str = kind) -> Any:
            return submission.cross_entropy(z, y, reduction=kind)

        gradients.match(loss, lambda z, k=kind: F.cross_entropy(z, y, reduction=k), lambda d: 2 * d.randn(5, 3), draw)
        gradients.gradcheck(loss, draw.randn(5, 3))


@check(
    "cross_entropy.grad_is_p_minus_y",
    hint="A row's slope is its softmax minus its one-hot label, divided by the number of rows: n, not n times C.",
    zh="每行的梯度是 softmax 减去独热标签，再除以行数：是 n，不是 n 乘 C。",
)
def test_gradient_is_prediction_minus_truth(submission: Any, draw: Draw) -> None:
    for number in range(10):
        z, y = batch(draw, number)
        want = (torch.softmax(z, 1) - F.one_hot(y, z.shape[1])) / len(y)
        (got,) = gradients.of(lambda z, y=y: submission.cross_entropy(z, y), z)
        compare.same(got, want.to(z.dtype), what="the gradient", zh="梯度")


@check(
    "cross_entropy.no_builtin",
    hint="exp, log, a sum and a lookup are enough. torch.logsumexp is fine, a ready-made loss is not.",
    zh="exp、log、求和与取元素就够了。可以用 torch.logsumexp，但不能用现成的损失函数。",
    needs=["cross_entropy.example"],
    weight=3.0,
)
def test_the_loss_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    seen = submission.observe("cross_entropy", draw.randn(4, 3), draw.labels(4, 3))
    from_scratch(submission, "cross_entropy", seen)
