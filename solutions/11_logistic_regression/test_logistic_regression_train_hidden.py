"""Hidden checks of topic 11: training and new features. Descent from zero has one right answer, so w and b are compared
with it; the accuracies are computed on this side."""

from __future__ import annotations

from typing import Any

import torch
from logistic_regression_reference import F32, F64, coins, same_fit, xor_points
from torch import Tensor

from autograder.checks import compare, datasets, source_rules, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def measured(draw: Draw, number: int) -> tuple[Tensor, Tensor]:
    """Features in various units, far from 0, and targets of both kinds."""
    (n, d), dtype = draw.sizes(2, 3, 8), float_type(number)
    X = draw.randn(n, d) * draw.uniform(0.5, 5, d) + draw.uniform(-5, 5, d)
    t = coins(draw, n, dtype=dtype)
    t[0], t[1] = 0, 1
    return X.to(dtype), t


@check(
    "train_logreg.steps",
    hint="Standardise, step from zero with the mean gradient, and take the scale back out of w and the shift out of b.",
    zh="先标准化，从零出发用平均梯度更新，最后把尺度从 w 中、把平移从 b 中换算回去。",
)
def test_w_and_b_after_some_epochs(submission: Any, draw: Draw) -> None:
    for number in range(10):
        (X, t), epochs, lr = measured(draw, number), draw.size(1, 12), draw.random.uniform(0.1, 0.8)
        X = draw.noncontiguous(X) if number % 2 else X
        same_fit(submission.train_logreg(X, t, lr, epochs), X, t, lr, epochs)


@check(
    "train_logreg.constant_column",
    hint="A column of equal numbers has the standard deviation 0, and 0 / 0 is nan. It tells nothing: divide it by 1.",
    zh="整列相等时标准差为 0，而 0 / 0 是 nan。这一列什么也没说：除以 1 即可。",
)
def test_a_column_that_never_changes(submission: Any, draw: Draw) -> None:
    for number in range(3):
        X, t = measured(draw, 0)
        X[:, draw.size(0, X.shape[1] - 1)] = (4.0, 0.0, -2.0)[number]
        same_fit(submission.train_logreg(X, t, 0.3, 5), X, t, 0.3, 5)


@check(
    "train_logreg.zero_epochs",
    hint="Without a step w and b are 0, one weight for each column.",
    zh="一步不走时 w 和 b 都是 0，每列一个权重。",
)
def test_without_an_epoch(submission: Any, draw: Draw) -> None:
    for number in (0, 2):
        X, t = measured(draw, number)
        want = (torch.zeros(X.shape[1], dtype=X.dtype), torch.zeros((), dtype=X.dtype))
        compare.same(submission.train_logreg(X, t, 0.1, 0), want, what="(w, b)", zh="(w, b)")


@check(
    "train_logreg.detached",
    hint="The result is for use, not for further training: it must not carry its history with it.",
    zh="结果是拿来用的，不再参与训练：不要带着计算历史返回。",
)
def test_no_history_comes_along(submission: Any, draw: Draw) -> None:
    X, t = measured(draw, 0)
    w, b = compare.items(submission.train_logreg(X, t, 0.3, 3), 2, tuple, "the result", "结果")
    same_fit((w, b), X, t, 0.3, 3)
    compare.require(
        not w.requires_grad and not b.requires_grad, "w or b still requires a gradient.", "w 或 b 仍然要求梯度。"
    )


@check(
    "train_logreg.inputs_unchanged",
    hint="X belongs to the caller: -= and /= standardise it for everybody.",
    zh="X 是调用者的：用 -= 和 /= 标准化，会改掉所有人的 X。",
)
def test_training_leaves_x_and_t_alone(submission: Any, draw: Draw) -> None:
    for number in range(2):
        X, t = measured(draw, number)
        X = draw.layout(X, number)
        seen = submission.observe("train_logreg", X, t, 0.2, 3)
        same_fit(seen.result, X, t, 0.2, 3)
        compare.unchanged(X, seen.args[0], "X")
        compare.unchanged(t, seen.args[1], "t")


@check(
    "train_logreg.no_optimiser",
    hint="Two lines move the parameters; an optimiser of torch is not needed, nor a layer.",
    zh="更新参数只需两行，用不着 torch 的优化器，也用不着现成的层。",
    needs=["train_logreg.example"],
)
def test_the_steps_are_your_own(submission: Any) -> None:
    source_rules.forbid_names(submission.source, {"torch.optim.*", "nn.Linear", "scipy.*"}, within="train_logreg")


@check(
    "train_logreg.test_accuracy",
    hint="Are the features on one scale while you train? One that counts in thousands drowns all others.",
    zh="训练时各特征的尺度一致吗？以千计的那一个会淹没其他所有特征。",
    needs=["train_logreg.example"],
    cpu_s=10.0,
    wall_s=60.0,
)
def test_it_recognises_cancer(submission: Any, draw: Draw) -> None:
    data = datasets.breast_cancer()
    rows, columns = draw.permutation(len(data.train_x)), draw.permutation(data.train_x.shape[1])
    X, t = data.train_x[rows][:, columns], data.train_y[rows].float()
    w, b = compare.items(submission.train_logreg(X, t, 0.5, 200), 2, tuple, "the result", "结果")
    w = compare.tensor(w, shape=(X.shape[1],), dtype=F32, what="w", zh="w").detach().double()
    b = compare.tensor(b, shape=(), dtype=F32, what="b", zh="b").detach().double()
    scores = compare.finite(data.test_x[:, columns].double() @ w + b, "the scores", "得分")
    training.at_least(training.accuracy((scores >= 0).long(), data.test_y), 0.95)


@check(
    "train_logreg.xor_raw_fails",
    hint="On the four corners of XOR the gradient at zero weights is exactly 0: from there nothing moves, and every"
    " probability stays 1/2. Is that where you start?",
    zh="对 XOR 的四个角，零权重处的梯度恰好是 0：从那里出发什么也不动，每个概率都停在 1/2。你是从那里出发的吗？",
)
def test_no_line_separates_xor(submission: Any, draw: Draw) -> None:
    corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=F64).repeat(draw.size(1, 4), 1)
    t = (corners[:, 0] != corners[:, 1]).double()
    w, b = compare.items(submission.train_logreg(corners, t, 0.5, 40), 2, tuple, "the result", "结果")
    w = compare.tensor(w, shape=(2,), dtype=F64, what="w", zh="w").detach()
    b = compare.tensor(b, shape=(), dtype=F64, what="b", zh="b").detach()
    half = torch.full((len(t),), 0.5, dtype=F64)
    compare.same(torch.sigmoid(corners @ w + b), half, what="the probabilities", zh="概率")


@check(
    "train_logreg.transform_rows",
    hint="A point's features come from this point alone: not from the other rows, not from its place among them.",
    zh="一个点的特征只来自它自己：与其他行无关，也与它排在第几无关。",
)
def test_features_of_single_points(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        X = xor_points(draw, 3)[0].to(dtype)
        features = new_features(submission, X)
        order = draw.permutation(12)[:7]
        compare.same(submission.feature_transform(X[order]), features[order], what="the features", zh="特征")
        for row in range(len(X)):  # each alone, so that every corner stands for itself once
            one = slice(row, row + 1)
            compare.same(submission.feature_transform(X[one]), features[one], what="the features", zh="特征")
        compare.same(submission.feature_transform(X[:0]), features[:0], what="the features", zh="特征")
        seen = submission.observe("feature_transform", X)
        compare.same(seen.result, features, what="the features", zh="特征")
        compare.unchanged(X, seen.args[0], "X")


@check(
    "train_logreg.xor_transformed",
    hint="A line in the plane can't do it. Which number, made from both coordinates, is large for different corners"
    " and small for equal ones?",
    zh="平面上的直线做不到。由两个坐标能造出什么数，使它在坐标不同的角点大、相同的角点小？",
    needs=["train_logreg.steps"],
    cpu_s=10.0,
    wall_s=60.0,
)
def test_your_features_separate_xor(submission: Any, draw: Draw) -> None:
    X, t = xor_points(draw, 15)
    fresh, _ = xor_points(draw, 15)
    features = new_features(submission, X)
    w, b = compare.items(submission.train_logreg(features, t, 1.0, 1000), 2, tuple, "the result", "结果")
    w = compare.tensor(w, shape=(features.shape[1],), dtype=F64, what="w", zh="w").detach()
    b = compare.tensor(b, shape=(), dtype=F64, what="b", zh="b").detach()
    rows = torch.cat([X, fresh])[draw.permutation(120)]
    labels = (rows[:, 0].round() != rows[:, 1].round()).long()
    scores = compare.finite(new_features(submission, rows) @ w + b, "the scores", "得分")
    training.at_least(training.accuracy((scores >= 0).long(), labels), 1.0)


def new_features(submission: Any, X: Tensor) -> Tensor:
    """What the student's transform makes of X, known to be a table of 1 to 20 finite columns."""
    got = submission.feature_transform(X)
    table = compare.tensor(got, shape=(len(X), None), dtype=X.dtype, what="the features", zh="特征").detach()
    few = 1 <= table.shape[1] <= 20
    compare.require(few, "there should be 1 to 20 features.", "特征应有 1 到 20 个。", reason="shape")
    return compare.finite(table, "the features", "特征")
