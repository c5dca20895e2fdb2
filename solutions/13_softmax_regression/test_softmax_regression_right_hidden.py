"""Hidden checks of softmax-regression: how many predictions are right, and by how much."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from softmax_regression_reference import batch
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "accuracy_margin.value",
    hint="One prediction per row: the class, dimension 1, with the largest score. Which share of them is right?",
    zh="每行一个预测：第 1 维（类别）上得分最大的那个。其中有多少是对的？",
)
def test_share_of_right_predictions(submission: Any, draw: Draw) -> None:
    for number in range(20):
        z, y = batch(draw, number)
        z = draw.noncontiguous(draw.randn(*z.shape, dtype=z.dtype) - 9) if number % 3 == 1 else z
        best = z.argmax(1)
        y = torch.where(draw.integers(0, 3, len(y)) > 0, best, y)  # about two thirds right
        want = int((best == y).sum()) / len(y)
        compare.number(submission.accuracy(z, y), want, 1e-6, 1e-6, what="accuracy", zh="准确率")
    for share, labels in ((1.0, best), (0.0, (best + 1) % z.shape[1])):
        compare.number(submission.accuracy(z, labels), share, 1e-6, 1e-6, what="accuracy", zh="准确率")


@check(
    "accuracy_margin.float",
    hint="The caller wants to print and compare a number: a Python float, not a tensor and not an int.",
    zh="调用者要的是可以打印和比较的数：Python 的 float，不是张量，也不是 int。",
)
def test_accuracy_is_a_python_float(submission: Any, draw: Draw) -> None:
    for labels in (draw.labels(6, 4), draw.labels(1, 4)):
        z = draw.randn(len(labels), 4)
        for y in (labels, z.argmax(1)):
            share = compare.is_type(submission.accuracy(z, y), float, "accuracy", "准确率")
            compare.require(0 <= share <= 1, "a share lies between 0 and 1.", "比例应在 0 与 1 之间。")


def lead(z: Tensor, y: Tensor) -> Tensor:
    own = F.one_hot(y, z.shape[1]).bool()
    return z[own] - z.masked_fill(own, -math.inf).amax(1)


def right_margin(submission: Any, z: Tensor, y: Tensor) -> None:
    compare.same(submission.margin(z, y), lead(z, y), what="the margin", zh="间隔")


@check(
    "accuracy_margin.margin_value",
    hint="The best other score: take the label's own out of the race. A 0 in its place may win over negative scores.",
    zh="要的是其他类别的最高分：先把标签自己去掉。若用 0 代替，当得分都为负时 0 反而会赢。",
)
def test_margin_to_the_best_other_class(submission: Any, draw: Draw) -> None:
    for number in range(24):
        z, y = batch(draw, number)
        z = z + (0, -40, 40, 0)[number % 4]
        right_margin(submission, z, y)
    far = draw.integers(-50, 50, 6, 4).double() - 1e12
    right_margin(submission, far, draw.labels(6, 4))


@check(
    "accuracy_margin.margin_sign",
    hint="Right predictions have a positive margin, wrong ones a negative one. Then counting signs gives the accuracy.",
    zh="预测正确时间隔为正，错误时为负。数一数正号，就得到准确率。",
)
def test_margin_is_positive_where_the_prediction_is_right(submission: Any, draw: Draw) -> None:
    for number in range(8):
        z, y = batch(draw, 6 * number)
        z = z - 20 if number % 2 else z
        found = compare.tensor(submission.margin(z, y), shape=(len(y),), dtype=z.dtype, what="the margin", zh="间隔")
        right = compare.finite(found, "the margin", "间隔").detach() > 0
        compare.require(
            torch.equal(right, z.argmax(1) == y),
            "the margin is not positive exactly where the label has the largest score.",
            "间隔为正之处，与标签得分最高之处不一致。",
        )
        share = compare.number(submission.accuracy(z, y), what="accuracy", zh="准确率")
        message = ("the share of positive margins is not the accuracy.", "正间隔的比例与准确率不一致。")
        compare.require(abs(share - right.double().mean().item()) < 1e-6, *message)


@check(
    "accuracy_margin.tie",
    hint="If another class has the same score, the label beats it by 0, even if more than two share the top.",
    zh="若另一个类别得分相同，标签只胜出 0 分，哪怕有三个以上并列第一。",
)
def test_equal_scores_have_margin_zero(submission: Any, draw: Draw) -> None:
    for number in range(6):
        n, classes = draw.sizes(2, 3, 7)
        z, y = draw.integers(-9, 9, n, classes).double(), draw.integers(0, classes, n)
        top = z.amax(1) + number - 3.5
        for step in range(1 + number % 2):
            z[torch.arange(n), (y + 1 + step) % classes] = top
        z[torch.arange(n), y] = top
        right_margin(submission, z, y)
    flat = torch.full((3, 4), -2.5)
    compare.same(submission.margin(flat, torch.tensor([0, 3, 1])), torch.zeros(3), what="the margin", zh="间隔")


@check(
    "accuracy_margin.margin_gradient",
    hint="A margin can be trained: +1 flows to the label's score, -1 to the best other one. Stay connected to z.",
    zh="间隔也可以用来训练：+1 流向标签的得分，-1 流向其他类别的最高分。不要断开通往 z 的计算图。",
)
def test_gradient_of_the_margin(submission: Any, draw: Draw) -> None:
    y = draw.labels(5, 4)
    gradients.match(lambda z: submission.margin(z, y), lambda z: lead(z, y), lambda d: 2 * d.randn(5, 4), draw)


@check(
    "accuracy_margin.inputs_unchanged",
    hint="Taking the label's score out of the race must happen in a new tensor.",
    zh="把标签的得分去掉，必须在新的张量里进行。",
    needs=["accuracy_margin.example"],
)
def test_accuracy_and_margin_leave_their_arguments_alone(submission: Any, draw: Draw) -> None:
    z, y = draw.randn(5, 4), draw.labels(5, 4)
    for name in ("accuracy", "margin"):
        seen = submission.observe(name, z, y)
        compare.is_type(seen.result, (float, Tensor))
        compare.unchanged(z, seen.args[0], "z")
        compare.unchanged(y, seen.args[1], "y")
