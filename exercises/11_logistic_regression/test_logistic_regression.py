"""Visible checks of topic 11: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare, training
from autograder.checks.marks import check

LN2, LN3 = math.log(2), math.log(3)
CORNERS = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
AROUND = 0.1 * torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0], [0.0, 0.0], [0.5, 0.2]])


@check(
    "sigmoid.example",
    hint="exp of ln 3 is 3: three to one for yes is a probability of 3/4. And 1000 to nothing is no nan.",
    zh="ln 3 的指数是 3：三比一赞成，概率就是 3/4。而一边倒的 1000 也不会是 nan。",
    weight=0.5,
)
def test_three_to_one_and_a_thousand(submission: Any) -> None:
    x = torch.tensor([LN3, 0.0, -LN3, 1000.0, -1000.0])
    compare.same(submission.sigmoid(x), torch.tensor([0.75, 0.5, 0.25, 1.0, 0.0]))


@check(
    "bce_with_logits.example",
    hint="The probabilities are 3/4 and 1/2. The first answer is yes, the second no: -ln(3/4) and -ln(1/2)."
    " pos_weight counts the yes only.",
    zh="概率是 3/4 和 1/2。第一个答案为是，第二个为否：-ln(3/4) 与 -ln(1/2)。pos_weight 只乘“是”。",
    weight=0.5,
)
def test_a_yes_and_a_no(submission: Any) -> None:
    z, t = torch.tensor([LN3, 0.0]), torch.tensor([1.0, 0.0])
    compare.same(submission.bce_with_logits(z, t), torch.tensor(0.49041), what="the loss", zh="损失")
    want = torch.tensor((3 * math.log(4 / 3) + LN2) / 2)
    compare.same(submission.bce_with_logits(z, t, pos_weight=3.0), want, what="the weighted loss", zh="加权的损失")


@check(
    "logistic_gradient.example",
    hint="The gaps are -1/2 and 3/4. Every row counts with its gap, then comes the mean.",
    zh="差是 -1/2 和 3/4。每行乘上自己的差，再取平均。",
    weight=0.5,
)
def test_gaps_of_two_rows(submission: Any) -> None:
    X, t = torch.tensor([[0.0, 2.0], [LN3, 4.0]]), torch.tensor([1.0, 0.0])
    got = submission.logistic_gradient(X, t, torch.tensor([1.0, 0.0]), torch.tensor(0.0))
    compare.same(got, (torch.tensor([0.75 * LN3 / 2, 1.0]), torch.tensor(0.125)), what="(dw, db)", zh="(dw, db)")


@check(
    "predict_boundary.example",
    hint="The scores are 0, ln 3 and -2, the probabilities 0.5, 0.75 and 0.12.",
    zh="得分是 0、ln 3、-2，概率是 0.5、0.75、0.12。",
    weight=0.5,
)
def test_three_rows_and_two_thresholds(submission: Any) -> None:
    X, w, b = torch.tensor([[1.0], [1.0 + LN3], [-1.0]]), torch.tensor([1.0]), torch.tensor(-1.0)
    compare.same(submission.predict(X, w, b), torch.tensor([1, 1, 0]), what="the labels", zh="标签")
    want = torch.tensor([0, 1, 0])
    compare.same(submission.predict(X, w, b, 0.7), want, what="the labels at 0.7", zh="阈值 0.7 时的标签")
    point = submission.boundary_point(torch.tensor([1.0, 2.0]), torch.tensor(-10.0))
    x, y = compare.finite(compare.tensor(point, shape=(2,)), "the point", "这个点").tolist()
    compare.require(
        abs(x + 2 * y - 10) < 1e-4, f"({x}, {y}) does not lie on x + 2y = 10.", f"({x}, {y}) 不在直线 x + 2y = 10 上。"
    )


@check(
    "multilabel.example",
    hint="Four questions, each for itself: -ln(3/4), -ln(1/2), -ln(3/4) and -ln(1/2). All may be yes, or none.",
    zh="四个问题各算各的：-ln(3/4)、-ln(1/2)、-ln(3/4)、-ln(1/2)。可以全是“是”，也可以一个也没有。",
    weight=0.5,
)
def test_two_songs_with_two_labels(submission: Any) -> None:
    z, t = torch.tensor([[LN3, 0.0], [-LN3, 0.0]]), torch.tensor([[1.0, 1.0], [0.0, 0.0]])
    compare.same(submission.multilabel_loss(z, t), torch.tensor(0.49041), what="the loss", zh="损失")
    want = torch.tensor([[True, True], [False, False]])
    got = submission.multilabel_predict(torch.tensor([[2.0, 1.0], [-1.0, -3.0]]))
    compare.same(got, want, what="the labels", zh="标签")


@check(
    "train_logreg.example",
    hint="The standardised column is -1, 1, and the first step takes v from 0 to lr / 2. Then back to the units of X.",
    zh="标准化后的一列是 -1、1，第一步使 v 从 0 变到 lr / 2。然后换回 X 的单位。",
    weight=0.5,
)
def test_one_step_by_hand(submission: Any) -> None:
    X, t = torch.tensor([[10.0], [30.0]]), torch.tensor([0.0, 1.0])
    w, b = compare.items(submission.train_logreg(X, t, 0.8, 1), 2, tuple, "the result", "结果")
    w = compare.finite(compare.tensor(w, shape=(1,), what="w", zh="w"), "w", "w")
    divided_by_one = abs(w.item() - 0.02) < 1e-4
    want = 0.04 if not divided_by_one else 0.02  # the standard deviation is 10, or 14.142 if n - 1 divides
    compare.same(w, torch.tensor([want]), what="w", zh="w")
    compare.same(b, torch.tensor(-20 * want), what="b", zh="b")


@check(
    "train_logreg.example_xor",
    hint="Without a new feature no line separates these corners. What do (0, 1) and (1, 0) have in common?",
    zh="没有新的特征，任何直线都分不开这些角点。(0, 1) 与 (1, 0) 有什么共同之处？",
    needs=["train_logreg.example"],
    weight=0.5,
)
def test_xor_with_your_features(submission: Any, picture: Any) -> None:
    X = (CORNERS.unsqueeze(1) + AROUND).reshape(-1, 2)
    t = (X[:, 0].round() != X[:, 1].round()).float()
    axis = torch.linspace(-0.5, 1.5, 50)
    grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=2).reshape(-1, 2)
    features = _features(submission, torch.cat([X, grid]))
    w, b = compare.items(submission.train_logreg(features[:24], t, 1.0, 300), 2, tuple, "the result", "结果")
    w = compare.tensor(w, shape=(features.shape[1],), dtype=torch.float32, what="w", zh="w").detach()
    b = compare.tensor(b, shape=(), dtype=torch.float32, what="b", zh="b").detach()
    labels = (features @ w + b >= 0).long()
    picture.points(
        "xor", X, t, region=labels[24:].reshape(50, 50), extent=(-0.5, 1.5, -0.5, 1.5),
        en="Where your model says 1, with the features you have made: straight among the new features, bent in the"
        " plane.",
        zh="用你构造的特征，模型在哪里回答 1：在新特征的空间里边界是直的，回到平面上就弯了。",
    )  # fmt: skip
    training.at_least(training.accuracy(labels[:24], t.long()), 1.0)


def _features(submission: Any, X: torch.Tensor) -> torch.Tensor:
    got = compare.tensor(
        submission.feature_transform(X), shape=(len(X), None), dtype=X.dtype, what="the features", zh="特征"
    )
    count = got.shape[1]
    compare.require(1 <= count <= 20, "there should be 1 to 20 features.", "特征应有 1 到 20 个。", reason="shape")
    return compare.finite(got.detach(), "the new features", "新的特征")
