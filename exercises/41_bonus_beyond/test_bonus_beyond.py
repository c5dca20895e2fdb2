"""Visible checks of topic 41: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare, datasets
from autograder.checks.made import points
from autograder.checks.marks import check

LN3 = math.log(3)
Q, DOCS = torch.tensor([1.0, 2.0]), torch.tensor([[1.0, 0.0], [0.0, 1.0], [2.0, 0.0], [3.0, 1.0]])


@check(
    "kmeans.example",
    hint="0, 1 and 2 choose the centre 0, 9 chooses 5, nobody chooses 100. Then the means are taken.",
    zh="0、1、2 选中心 0，9 选 5，没有人选 100。然后取均值。",
    weight=0.5,
)
def test_one_round_by_hand(submission: Any) -> None:
    X, centres = torch.tensor([[0.0], [1.0], [2.0], [9.0]]), torch.tensor([[0.0], [5.0], [100.0]])
    want = (torch.tensor([[1.0], [9.0], [100.0]]), torch.tensor([0, 0, 0, 1]))
    compare.same(submission.kmeans_step(X, centres), want, what="(centres, labels)", zh="(中心, 标签)")


@check(
    "kmeans.example_blobs",
    hint="Four heaps, four centres: each centre should end up in a heap of its own.",
    zh="四堆点，四个中心：每个中心最后应当各占一堆。",
    needs=["kmeans.example"],
    weight=0.5,
)
def test_four_heaps(submission: Any, picture: Any) -> None:
    corners = torch.tensor([[2.0, 2.0], [-2.0, 2.0], [-2.0, -2.0], [2.0, -2.0]])
    X = points.blobs(40, corners, torch.Generator().manual_seed(4), spread=0.6).x
    got = submission.kmeans(X, 4, torch.Generator().manual_seed(1), 10)
    centres, labels = compare.items(got, 2, tuple, "the result", "结果")
    labels = compare.tensor(labels, shape=(160,), dtype=torch.int64, what="the labels", zh="标签")
    centres = compare.tensor(centres, shape=(4, 2), dtype=X.dtype, what="the centres", zh="中心")
    picture.points("heaps", X, labels, en="What your k-means takes for a group.", zh="你的 k 均值所认为的分组。")
    gaps = torch.cdist(corners, compare.finite(centres, "the centres", "中心")).amin(1)
    compare.require(gaps.max() < 0.5, "a heap has no centre of its own.", "有一堆点没有自己的中心。")


@check(
    "pca.example",
    hint="The mean is (2, 2); along (1, 1) the variance is 4, across it 1. Either sign is right.",
    zh="均值是 (2, 2)；沿 (1, 1) 方向的方差是 4，与它垂直的方向是 1。正负号都对。",
    weight=0.5,
)
def test_four_points_and_their_shadow(submission: Any) -> None:
    X = torch.tensor([[0.0, 0.0], [4.0, 4.0], [1.0, 3.0], [3.0, 1.0]])
    components, mean = compare.items(submission.pca(X, 1), 2, tuple, "the result", "结果")
    compare.same(mean, torch.tensor([2.0, 2.0]), what="the mean", zh="均值")
    components = compare.tensor(components, shape=(1, 2), what="the components", zh="主成分")
    root = torch.tensor([[math.sqrt(0.5)] * 2])
    compare.same(components * components[0, 0].sign(), root, what="the component", zh="主成分")
    want = torch.tensor([[0.0, 0.0], [4.0, 4.0], [2.0, 2.0], [2.0, 2.0]])
    compare.same(submission.reconstruct(X, root, mean), want, what="the shadows", zh="影子")


@check(
    "pca.example_digits",
    hint="Sixteen directions of 64 hold 85 percent of what varies among the digits.",
    zh="64 个方向中的 16 个，就包含了手写数字变化的百分之八十五。",
    needs=["pca.example"],
    weight=0.5,
)
def test_directions_of_digits(submission: Any, picture: Any) -> None:
    X = datasets.digits().train_x
    components, mean = compare.items(submission.pca(X, 16), 2, tuple, "the result", "结果")
    components = compare.tensor(components, shape=(16, 64), dtype=X.dtype, what="the components", zh="主成分")
    mean = compare.tensor(mean, shape=(64,), dtype=X.dtype, what="the mean", zh="均值")
    picture.images(
        "directions", torch.cat([mean[None], components[:15]]).reshape(16, 8, 8),
        en="The mean digit, and the first 15 directions in which digits differ.",
        zh="平均的数字，以及数字彼此不同的前 15 个方向。",
    )  # fmt: skip
    left = X - compare.tensor(submission.reconstruct(X, components, mean), shape=X.shape, dtype=X.dtype)
    share = (left.square().sum() / (X - X.mean(0)).square().sum()).item()
    compare.number(share, 0.14987, 0.0, 1e-4, what="the share that is lost", zh="损失的比例")


@check(
    "rank_recommend.example",
    hint="The scores are 1, 2, 2, 5. Documents 1 and 2 are equal, so 1 comes first. Who has seen 3 gets it no more.",
    zh="得分是 1、2、2、5。文档 1 与 2 相等，所以 1 在前。看过 3 的人不会再得到它。",
    weight=0.5,
)
def test_four_documents(submission: Any) -> None:
    compare.same(submission.search_topk(Q, DOCS, 3), torch.tensor([3, 1, 2]), what="the documents", zh="文档")
    seen = torch.tensor([[False, False, False, True], [True, True, True, True]])
    got = submission.recommend(torch.stack([Q, Q]), DOCS, seen, 4)
    compare.same(got, torch.tensor([[1, 2, 0, -1], [-1, -1, -1, -1]]), what="the items", zh="物品")


@check(
    "bandit.example",
    hint="Without exploring, arm 0 is pulled for ever: 1 of 2 is no match for a first arm that always pays.",
    zh="从不探索，就永远只拉 0 号臂：它每次都付钱，没有理由换别的。",
    weight=0.5,
)
def test_an_arm_that_always_pays(submission: Any) -> None:
    want = (1.0, torch.tensor([1.0, 0.0], dtype=torch.float64))
    got = submission.epsilon_greedy([1.0, 0.5], 20, 0.0, torch.Generator().manual_seed(2))
    compare.same(got, want, what="(mean reward, estimates)", zh="(平均奖励, 估计)")


@check(
    "gan_step.example",
    hint="s(ln 3) is 3/4: the expert pays -ln(3/4) twice. The forger, believed with 1/4, pays -ln(1/4).",
    zh="s(ln 3) 是 3/4：鉴定家付两次 -ln(3/4)。赝品以 1/4 的概率被当真，赝品贩子付 -ln(1/4)。",
    weight=0.5,
)
def test_three_to_one_for_the_expert(submission: Any) -> None:
    real, fake = torch.tensor([LN3]), torch.tensor([-LN3])
    compare.same(submission.d_loss(real, fake), torch.tensor(0.575364), what="the expert's loss", zh="鉴定家的损失")
    compare.same(submission.g_loss(fake), torch.tensor(1.386294), what="the forger's loss", zh="赝品贩子的损失")
