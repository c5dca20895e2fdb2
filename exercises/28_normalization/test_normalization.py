"""Visible checks of topic 28: small examples, with every number shown. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare, training
from autograder.checks.datasets import digits
from autograder.checks.marks import check

COLUMN = torch.tensor([[2.0], [4.0], [4.0], [10.0]])


@check(
    "batch_norm.example",
    hint="The mean is 5, the squared distances add up to 36: 9 per value, and with eps 16, whose root is 4.",
    zh="均值是 5，平方距离之和是 36：平均每个 9，加上 eps 是 16，开方得 4。",
    weight=0.5,
)
def test_one_feature_of_four_samples(submission: Any) -> None:
    norm = submission.BatchNorm(1, eps=7.0)
    compare.is_type(norm, torch.nn.Module, "BatchNorm(...)", "BatchNorm(...)")
    compare.same(norm(COLUMN), torch.tensor([[-0.75], [-0.25], [-0.25], [1.25]]))


@check(
    "batch_norm.example_eval",
    hint="After one batch: running mean 0.9 * 0 + 0.1 * 5, running variance 0.9 * 1 + 0.1 * 12. Then they are used.",
    zh="一批之后：滑动均值 0.9 * 0 + 0.1 * 5，滑动方差 0.9 * 1 + 0.1 * 12。然后使用它们。",
    weight=0.5,
)
def test_a_single_sample_after_one_batch(submission: Any) -> None:
    norm = submission.BatchNorm(1, eps=7.0)
    compare.is_type(norm, torch.nn.Module, "BatchNorm(...)", "BatchNorm(...)")
    norm(COLUMN)
    compare.same(norm.running_mean, torch.tensor([0.5]), what="running_mean", zh="running_mean")
    compare.same(norm.running_var, torch.tensor([2.1]), what="running_var", zh="running_var")
    norm.eval()
    compare.same(norm(torch.tensor([[3.5]])), torch.tensor([[0.994490]]), what="the sample alone", zh="单独的样本")


@check(
    "bn_backward.example",
    hint="The mean of dy is 2 and the mean of dy * x_hat is 0.5: both are taken away, then times gamma / std.",
    zh="dy 的均值是 2，dy * x_hat 的均值是 0.5：两者都要减去，再乘以 gamma / std。",
    weight=0.5,
)
def test_the_gradient_of_that_batch(submission: Any) -> None:
    dy = torch.tensor([[4.0], [0.0], [0.0], [4.0]])
    x_hat = torch.tensor([[-0.75], [-0.25], [-0.25], [1.25]])
    got = submission.bn_backward(dy, (x_hat, torch.tensor([2.0]), torch.tensor([4.0])))
    dx, dgamma, dbeta = compare.items(got, 3)
    compare.same(dbeta, torch.tensor([8.0]), what="dbeta", zh="dbeta")
    compare.same(dgamma, torch.tensor([2.0]), what="dgamma", zh="dgamma")
    compare.same(dx, torch.tensor([[1.1875], [-0.9375], [-0.9375], [0.6875]]), what="dx", zh="dx")


@check(
    "layer_norm.example",
    hint="The same four numbers, now in a row: mean 5, root 4. Then each has a factor and a summand of its own.",
    zh="还是那四个数，现在排成一行：均值 5，根 4。然后每个数有自己的因子和加数。",
    weight=0.5,
)
def test_one_sample_of_four_features(submission: Any) -> None:
    g, b = torch.tensor([1.0, 1.0, 2.0, 2.0]), torch.tensor([0.0, 1.0, 0.0, 1.0])
    compare.same(submission.layer_norm(COLUMN.T, g, b, eps=7.0), torch.tensor([[-0.75, 0.75, -0.5, 3.5]]))


@check(
    "min_max_scale.example",
    hint="Each column by itself. What is scaled later uses the numbers of fit.",
    zh="每一列单独处理。之后缩放的数据沿用 fit 得到的数。",
    weight=0.5,
)
def test_two_columns(submission: Any) -> None:
    x = torch.tensor([[1.0, 0.0], [2.0, 0.0], [4.0, 0.0]])
    compare.same(submission.max_scale(x), torch.tensor([[0.25, 0.0], [0.5, 0.0], [1.0, 0.0]]))
    scaler = submission.MinMax()
    scaler.fit(torch.tensor([[1.0, 5.0], [3.0, 5.0], [5.0, 5.0]]))
    got = scaler.transform(torch.tensor([[2.0, 5.0], [7.0, 6.0]]))
    compare.same(got, torch.tensor([[0.25, 0.0], [1.5, 1.0]]), what="the new data", zh="新数据")


TRAIN = "student.fit_deep(model, X, y, 0.5, 1, torch.Generator().manual_seed(seed))"
MAKE = "torch.manual_seed(0)\nstudent.DeepSigmoid([64, 60, 50, 40, 30, 10], bn)"


@check(
    "train_bn.example",
    hint="Return the model itself, in evaluation mode, so that it predicts row by row as it does all at once.",
    zh="返回模型本身，并处于评估模式，使它逐行预测与一次预测全部的结果相同。",
    needs=["batch_norm.example", "batch_norm.example_eval"],
    weight=0.5,
)
def test_six_epochs_with_and_without(submission: Any, picture: Any) -> None:
    data, curves = digits(), {}
    for label, bn in (("with batch norm", True), ("without", False)):
        model, curve = submission.build(MAKE, bn=bn), []
        for seed in range(6):
            model = submission.build(TRAIN, model=model, X=data.train_x[:700], y=data.train_y[:700], seed=seed)
            compare.is_type(model, torch.nn.Module, "what fit_deep returns", "fit_deep 的返回值")
            logits = compare.tensor(model(data.test_x), shape=(360, 10), what="the logits", zh="logits").detach()
            curve.append(training.accuracy(logits, data.test_y))
        curves[label] = (list(range(1, 7)), curve)
        compare.same(model(data.test_x[:1]), logits[:1], what="the logits of a row alone", zh="单独一行的 logits")
    picture.lines(
        "with-and-without", curves, x="epoch", y="test accuracy",
        en="Four sigmoid layers on 700 digits, learning rate 0.5: the same network with and without batch norm.",
        zh="四层 sigmoid，700 个数字，学习率 0.5：同一个网络，有和没有批量规范化。",
    )  # fmt: skip
