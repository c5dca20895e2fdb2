"""Visible checks of topic 12: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check

PARTS = ["gaussian_mle.example", "log_density.example", "shared_covariance.example"]
BELLS = torch.tensor([[1.0, 2.0], [3.0, 2.0], [5.0, 8.0]])


@check(
    "gaussian_mle.example",
    hint="The mean is (3, 4); the gaps to it are (-2, -2), (0, -2) and (2, 4). Three rows, so 3 divides.",
    zh="均值是 (3, 4)，各行与它的差是 (-2, -2)、(0, -2)、(2, 4)。共三行，所以除以 3。",
    weight=0.5,
)
def test_three_bells(submission: Any) -> None:
    want = (torch.tensor([3.0, 4.0]), torch.tensor([[8 / 3, 4.0], [4.0, 8.0]]))
    compare.same(submission.gaussian_mle(BELLS), want, what="(mean, covariance)", zh="(均值, 协方差)")


@check(
    "log_density.example",
    hint="det S is 3. Along the diagonal (1, 1) the quadratic form is 2/3, across it, at (1, -1), it is 2.",
    zh="det S 是 3。顺着对角线，在 (1, 1) 处二次型是 2/3；横着，在 (1, -1) 处是 2。",
    weight=0.5,
)
def test_two_points_equally_far_from_the_mean(submission: Any) -> None:
    x, S = torch.tensor([[1.0, 1.0], [1.0, -1.0]]), torch.tensor([[2.0, 1.0], [1.0, 2.0]])
    peak = -math.log(2 * math.pi) - math.log(3) / 2
    want = torch.tensor([peak - 1 / 3, peak - 1.0])
    compare.same(submission.log_density(x, torch.zeros(2), S), want, what="the log densities", zh="对数密度")


@check(
    "shared_covariance.example",
    hint="The variances of the classes are 1 and 5. Two rows speak for the 1, four for the 5.",
    zh="两类的方差是 1 和 5。1 有两行撑腰，5 有四行。",
    weight=0.5,
)
def test_two_rows_and_four(submission: Any) -> None:
    X = torch.tensor([[4.0], [1.0], [6.0], [8.0], [3.0], [10.0]])
    got = submission.shared_covariance(X, torch.tensor([1, 0, 1, 1, 0, 1]))
    compare.same(got, torch.tensor([[22 / 6]]), what="the shared covariance", zh="共用的协方差")


@check(
    "gaussian_generative.example",
    hint="Means 1 and 5, variance 1: w is 4. In the middle, at 3, only the counts decide: four against two.",
    zh="均值是 1 和 5，方差是 1：w 是 4。正中间的 3 处，只有个数说了算：四比二。",
    needs=["gaussian_mle.example", "shared_covariance.example"],
    weight=0.5,
)
def test_the_larger_class_reaches_beyond_the_middle(submission: Any) -> None:
    X, y = torch.tensor([[0.0], [4.0], [4.0], [2.0], [6.0], [6.0]]), torch.tensor([0, 1, 1, 0, 1, 1])
    want = (torch.tensor([4.0]), torch.tensor(-12 + math.log(2)))
    compare.same(submission.to_linear(X, y), want, what="(w, b)", zh="(w, b)")


@check(
    "classify.example",
    hint="Class 0 never strays far from 0, class 1 does: with a spread of its own, it claims the point -4 as well.",
    zh="第 0 类从不远离 0，第 1 类却会：如果各有各的方差，连 -4 这个点也归第 1 类。",
    needs=PARTS,
    weight=0.5,
)
def test_a_class_on_both_sides(submission: Any) -> None:
    X, y = torch.tensor([[-1.0], [1.0], [-1.0], [1.0], [2.0], [14.0]]), torch.tensor([0, 0, 0, 0, 1, 1])
    x = torch.tensor([[-4.0], [0.0], [7.0]])
    own, common = submission.gaussian_classify(X, y, x, False), submission.gaussian_classify(X, y, x, True)
    compare.same(common, torch.tensor([0, 0, 1]), what="the labels with one spread", zh="方差共用时的标签")
    compare.same(own, torch.tensor([1, 0, 1]), what="the labels with a spread each", zh="各用各的方差时的标签")


@check(
    "classify.example_borders",
    hint="With one covariance the border is a line, with one for each class it is curved.",
    zh="共用一个协方差时边界是直线，各用各的时边界是弯的。",
    needs=PARTS,
    weight=0.5,
)
def test_borders_of_two_foundries(submission: Any, picture: Any) -> None:
    X, y = foundries()
    axis = torch.linspace(-4, 4, 60)
    grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=2).reshape(-1, 2)
    for shared, name in ((True, "one-covariance"), (False, "own-covariances")):
        got = submission.gaussian_classify(X, y, grid, shared)
        labels = compare.tensor(got, shape=(3600,), dtype=torch.int64, what="the labels", zh="标签")
        picture.points(
            name, X, y, region=labels.reshape(60, 60), extent=(-4.0, 4.0, -4.0, 4.0),
            en="One covariance for both: a line." if shared else "A covariance each: a curve around the tighter one.",
            zh="两类共用一个协方差：一条直线。" if shared else "各有各的协方差：一条曲线，围住更集中的那一类。",
        )  # fmt: skip
        right = (labels == border(grid, shared)).double().mean().item()
        compare.require(
            right >= 0.99,
            "the regions are not those of the two Gaussians.",
            "划出的区域与这两个高斯分布不符。",
        )


def foundries() -> tuple[torch.Tensor, torch.Tensor]:
    """Two rings of 12 bells each: a tight one around (-1, 0), a wide one around (1, 0)."""
    angle = torch.arange(12) * math.pi / 6
    ring = torch.stack([angle.cos(), angle.sin()], dim=1)
    X = torch.cat([0.6 * ring - torch.tensor([1.0, 0.0]), 1.8 * ring + torch.tensor([1.0, 0.0])])
    return X, torch.arange(24) // 12


def border(grid: torch.Tensor, shared: bool) -> torch.Tensor:
    """A ring of radius r has the covariance r^2/2 I, so that only distances to both centres count."""
    near, far = ((grid - torch.tensor([x, 0.0])).square().sum(1) for x in (-1.0, 1.0))
    tight, wide = (0.9, 0.9) if shared else (0.181, 1.621)
    return (far / wide / 2 + math.log(wide) < near / tight / 2 + math.log(tight)).long()
