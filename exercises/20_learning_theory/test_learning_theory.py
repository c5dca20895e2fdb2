"""Visible checks of topic 20: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check

CASES, SMUGGLED = torch.tensor([1.0, 3.0, 3.0, 6.0]), torch.tensor([1, 0, 0, 1])


@check(
    "threshold_loss.example",
    hint="The rule 3 opens only the case of weight 6, for 3 is not more than 3: one wrong of four.",
    zh="规则 3 只打开重量为 6 的箱子，因为 3 并不大于 3：四个错一个。",
    weight=0.5,
)
def test_three_rules_and_four_cases(submission: Any) -> None:
    got = submission.threshold_loss(CASES, SMUGGLED, torch.tensor([5.0, 0.0, 3.0]))
    compare.same(got, torch.tensor([0.25, 0.5, 0.25]), what="the losses", zh="损失")


@check(
    "threshold_loss.example_curves",
    hint="Beside the loss on all items stands the loss on 40 of them: the same curve, shaken.",
    zh="全体上的损失旁边，是其中 40 件上的损失：同一条曲线，只是抖动了。",
    weight=0.5,
)
def test_losses_on_everything_and_on_a_sample(submission: Any, picture: Any) -> None:
    generator = torch.Generator().manual_seed(3)
    y = torch.arange(4000) % 2
    e = 20 + 10 * y + 6 * torch.randn(4000, generator=generator)
    H, curves = torch.arange(0.0, 50.0), {}
    for name, n in (("all 4000 items", 4000), ("a sample of 400", 400), ("a sample of 40", 40)):
        got = compare.tensor(submission.threshold_loss(e[:n], y[:n], H), shape=(50,), dtype=e.dtype)
        curves[name] = compare.finite(got, "the losses", "损失")
    picture.lines(
        "samples", curves, x="threshold", y="loss",
        en="The smaller the sample, the further its curve strays, and its lowest point with it.",
        zh="样本越小，它的曲线偏得越远，最低点也随之偏移。",
    )  # fmt: skip
    for got, n in zip(curves.values(), (4000, 400, 40), strict=True):
        want = torch.stack([((e[:n] > h).long() != y[:n]).float().mean() for h in H])
        compare.same(got, want, what="the losses", zh="损失")


@check(
    "best_threshold.example",
    hint="The rules 5 and 3 are wrong once, so the smaller one is taken, though it stands later.",
    zh="规则 5 和 3 都错一次，所以取较小的那个，尽管它排在后面。",
    needs=["threshold_loss.example"],
    weight=0.5,
)
def test_the_smaller_of_two_equals(submission: Any) -> None:
    got = submission.best_threshold(CASES, SMUGGLED, torch.tensor([5.0, 0.0, 3.0]))
    compare.same(got, (3.0, 0.25), what="(threshold, loss)", zh="(阈值, 损失)")


@check(
    "hoeffding_n.example",
    hint="log(20 / 0.1) is 5.298 and 2 * 0.05 ** 2 is 0.005: 1059.66, rounded up.",
    zh="log(20 / 0.1) 是 5.298，2 * 0.05 ** 2 是 0.005：得 1059.66，向上取整。",
    weight=0.5,
)
def test_ten_rules(submission: Any) -> None:
    compare.equal(submission.hoeffding_n(10, 0.05, 0.1), 1060, what="n", zh="n")


@check(
    "bad_sample_rate.example",
    hint="The loss on both items is 1/2; on samples of two it is 0, 1/2, 1/2 or 1. Half of the samples are bad.",
    zh="在两件物品上的损失是 1/2；在大小为 2 的样本上是 0、1/2、1/2 或 1。一半的样本是坏的。",
    needs=["threshold_loss.example"],
    weight=0.5,
)
def test_heads_or_tails_twice(submission: Any) -> None:
    e, y, H = torch.tensor([0.0, 1.0]), torch.tensor([0, 0]), torch.tensor([0.5])
    got = submission.bad_sample_rate(e, y, H, 2, 0.4, 400, torch.Generator().manual_seed(1))
    compare.number(got, 0.5, 0.0, 0.125, what="the rate", zh="比例")


@check(
    "shatters.example",
    hint="A triangle can be cut in every way. Of three points in a row, the middle one cannot be alone.",
    zh="三角形怎么切都行。排成一行的三个点，中间那个没法单独切出来。",
    weight=0.5,
)
def test_a_triangle_and_a_row(submission: Any) -> None:
    triangle, row = (
        torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]),
        torch.tensor([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]),
    )
    compare.equal(submission.shatters(triangle), True, what="the answer for the triangle", zh="对三角形的回答")
    compare.equal(submission.shatters(row), False, what="the answer for the row", zh="对一行点的回答")
