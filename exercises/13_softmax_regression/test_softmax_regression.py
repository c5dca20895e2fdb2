"""Visible checks of topic 13: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare, datasets
from autograder.checks.marks import check

LN2, LN3, LN5 = math.log(2), math.log(3), math.log(5)


@check(
    "softmax.example",
    hint="The exponentials of 0, ln 2 and ln 5 are 1, 2 and 5. What are their shares of the whole?",
    zh="0、ln 2、ln 5 的指数是 1、2、5。它们各占总和的多少？",
    weight=0.5,
)
def test_shares_of_one_two_and_five(submission: Any) -> None:
    x = torch.tensor([[0.0, LN2, LN5], [LN3, 0.0, 0.0]])
    compare.same(submission.softmax(x), torch.tensor([[0.125, 0.25, 0.625], [0.6, 0.2, 0.2]]))


@check(
    "softmax.example_far_apart",
    hint="exp(1000) is inf in floating point. Which number can you subtract from a row without changing its shares?",
    zh="exp(1000) 在浮点数中是 inf。从一行中减去什么数，各类的占比不会改变？",
    weight=0.5,
)
def test_scores_of_a_thousand(submission: Any) -> None:
    compare.same(submission.softmax(torch.tensor([0.0, 1000.0, 1000.0])), torch.tensor([0.0, 0.5, 0.5]))


@check(
    "cross_entropy.example",
    hint="The labels have the shares 5/8 and 1/5. Take -log of each, then the mean of both.",
    zh="两个标签的占比是 5/8 和 1/5。各取 -log，再求平均。",
    weight=0.5,
)
def test_loss_of_two_rows(submission: Any) -> None:
    z, y = torch.tensor([[0.0, LN2, LN5], [LN3, 0.0, 0.0]]), torch.tensor([2, 1])
    compare.same(submission.cross_entropy(z, y), torch.tensor(1.5 * LN2), what="the mean", zh="平均值")
    compare.same(submission.cross_entropy(z, y, reduction="sum"), torch.tensor(3 * LN2), what="the sum", zh="总和")


@check(
    "cross_entropy.example_ignored",
    hint="Leave the ignored row out first. The mean of one row is that row.",
    zh="先去掉被忽略的那一行；只剩一行时，平均值就是这一行的损失。",
    weight=0.5,
)
def test_the_second_row_does_not_count(submission: Any) -> None:
    z, y = torch.tensor([[0.0, LN2, LN5], [LN3, 0.0, 0.0]]), torch.tensor([2, -100])
    compare.same(submission.cross_entropy(z, y, ignore_index=-100), torch.tensor(math.log(1.6)))


@check(
    "one_hot.example",
    hint="One row per label; the 1 stands in the column that the label names. Mind the dtype.",
    zh="每个标签一行；标签是几，1 就在第几列（从 0 数起）。注意数据类型。",
    weight=0.5,
)
def test_labels_two_and_zero_of_four_classes(submission: Any) -> None:
    want = torch.tensor([[0.0, 0.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0]])
    compare.same(submission.one_hot(torch.tensor([2, 0]), 4), want)


@check(
    "nll_kl.example",
    hint="nll only looks up and averages. In kl, the class with p = 0 adds nothing.",
    zh="nll 只是取出并求平均。在 kl 中，p = 0 的类别贡献为 0。",
    weight=0.5,
)
def test_likelihood_and_divergence_by_hand(submission: Any) -> None:
    logp = torch.tensor([[0.125, 0.25, 0.625], [0.6, 0.2, 0.2]]).log()
    compare.same(submission.nll(logp, torch.tensor([2, 1])), torch.tensor(1.5 * LN2), what="nll", zh="nll")
    p, q = torch.tensor([[0.5, 0.5, 0.0]]), torch.tensor([[0.25, 0.5, 0.25]])
    compare.same(submission.kl(p, q), torch.tensor([0.5 * LN2]), what="kl", zh="kl")


@check(
    "accuracy_margin.example",
    hint="Rows 1 and 3 are right: a Python float of 2/3. Their margins are 5 - 3 and 7 - 3; in row 2 the label loses by"
    " 3.",
    zh="第 1、3 行预测正确：准确率是 Python 的 float，等于 2/3。它们的间隔是 5 - 3 和 7 - 3；第 2 行中标签输了 3 分。",
    weight=0.5,
)
def test_three_rows_of_scores(submission: Any) -> None:
    z, y = torch.tensor([[2.0, 5.0, 3.0], [1.0, 0.0, 4.0], [7.0, 3.0, 1.0]]), torch.tensor([1, 0, 0])
    compare.number(submission.accuracy(z, y), 2 / 3, 1e-6, 1e-6, what="accuracy", zh="准确率")
    compare.same(submission.margin(z, y), torch.tensor([2.0, -3.0, 4.0]), what="margin", zh="间隔")


def draw_weights(submission: Any, picture: Any) -> None:
    """What the weights look like after two epochs of digits. Only the scores tell: each pixel alone, minus none."""
    data, model = datasets.digits(), submission.SoftmaxRegression(64, 10)
    model.fit(data.train_x, data.train_y, 2, 0.5, 256, torch.Generator().manual_seed(0))
    scores = model.logits(torch.cat([torch.zeros(1, 64), torch.eye(64)]))
    scores = compare.tensor(scores, shape=(65, 10), dtype=torch.float32, what="the logits", zh="logits").detach()
    picture.images(
        "weights", (scores[1:] - scores[:1]).T.reshape(10, 8, 8), columns=5,
        en="Your W after two epochs of digits, one column for each of 0 to 9: bright pixels speak for the digit, dark"
        " ones against it.",
        zh="用手写数字训练两轮之后你的 W，0 到 9 各占一列：亮的像素支持这个数字，暗的像素反对它。",
    )  # fmt: skip


@check(
    "train_softmax.example",
    hint="At zero weights every class has the share 1/3. The step is -lr * X^T (P - Y) / 2 for W, and b moves, too.",
    zh="权重为零时每类的占比都是 1/3。W 的更新量是 -lr * X^T (P - Y) / 2，b 也要更新。",
    weight=0.5,
)
def test_one_step_by_hand(submission: Any, picture: Any) -> None:
    draw_weights(submission, picture)
    X, y = torch.tensor([[1.0, 0.0], [0.0, 2.0]]), torch.tensor([0, 1])
    model = submission.SoftmaxRegression(2, 3)
    compare.same(model.logits(X), torch.zeros(2, 3), what="the logits before fit", zh="训练前的 logits")
    losses = model.fit(X, y, epochs=1, lr=0.6, batch=2, generator=torch.Generator().manual_seed(0))
    (loss,) = compare.items(losses, 1, list, "the list of losses", "损失的列表")
    want = torch.tensor([[0.3, 0.0, -0.3], [-0.3, 0.9, -0.6]])
    compare.same(model.logits(X), want, what="the logits after one step", zh="更新一步之后的 logits")
    loss = compare.number(loss, what="the loss", zh="损失")
    compare.require(
        min(abs(loss - LN3), abs(loss - 0.6250)) < 1e-4,
        "the loss of the epoch should be ln 3 = 1.0986 (before the step) or 0.6250 (after it).",
        "这一轮的损失应为 ln 3 = 1.0986（更新之前）或 0.6250（更新之后）。",
    )
