"""Hidden checks of topic 22, third part: what noise does on average. The reference goes through all masks there are."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
import torch
from dropout_reference import F32, F64, close_to
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def all_masks(x: Tensor, W: Tensor, p: float) -> tuple[Tensor, Tensor]:
    """Mean and variance of dropout(x) @ W over all 2^d masks, each with its probability."""
    masks = torch.tensor(list(itertools.product((0.0, 1.0), repeat=len(x))), dtype=F64)
    chances = (masks * (1 - p) + (1 - masks) * p).prod(1, keepdim=True)
    results = (masks * x.double() / (1 - p)) @ W.double()
    mean = (chances * results).sum(0)
    return mean.to(x.dtype), (chances * (results - mean) ** 2).sum(0).to(x.dtype)


def moments(submission: Any, x: Tensor, W: Tensor, p: float) -> tuple[Tensor, Tensor]:
    pair = compare.items(submission.dropout_moments(x, W, p), 2, what="the pair (mean, variance)", zh="(均值, 方差)")
    mean, variance = (compare.tensor(one, shape=(W.shape[1],), dtype=x.dtype) for one in pair)
    return mean.detach(), variance.detach()


def points(draw: Draw) -> list[tuple[Tensor, Tensor, float]]:
    made = []
    for number, p in enumerate((0.3, 0.0, 0.75, 0.5, 0.1, 0.3, 0.9, 0.2)):
        d, k = draw.sizes(2, 1, 7)
        dtype = F32 if number % 4 == 3 else F64
        x = draw.randn(d, dtype=dtype)
        x = draw.noncontiguous(x) if number % 2 else x
        made.append((x, draw.layout(draw.randn(d, k, dtype=dtype), number), p))
    return made


@check(
    "mc_moments.mean",
    hint="Every entry keeps its mean, and the product is linear in the entries.",
    zh="每个元素的均值不变，而乘积对各元素是线性的。",
)
def test_the_mean_over_all_masks(submission: Any, draw: Draw) -> None:
    for x, W, p in points(draw):
        compare.same(moments(submission, x, W, p)[0], all_masks(x, W, p)[0], what="the mean", zh="均值")


@check(
    "mc_moments.variance",
    hint="First the variance of one entry: 0 or x / (1 - p). Then add up, for the lots are independent.",
    zh="先求单个元素的方差：它取 0 或 x / (1 - p)。再相加，因为各签相互独立。",
)
def test_the_variance_over_all_masks(submission: Any, draw: Draw) -> None:
    for x, W, p in points(draw):
        compare.same(moments(submission, x, W, p)[1], all_masks(x, W, p)[1], what="the variance", zh="方差")


@check(
    "mc_moments.mc_agreement",
    hint="Drop twenty thousand times and look: the mean of the products stays, their spread grows.",
    zh="丢弃两万次再看：乘积的均值不变，离散程度变大。",
)
def test_a_simulation_agrees(submission: Any, draw: Draw) -> None:
    count, p = 20_000, draw.random.uniform(0.2, 0.6)
    x, W = draw.randn(6), draw.randn(6, 3)
    mean, variance = moments(submission, x, W, p)
    samples = ((draw.uniform(0, 1, count, 6) >= p) * x / (1 - p)) @ W
    for column in range(3):
        one = samples[:, column]
        second, fourth = one.var().item(), ((one - one.mean()) ** 4).mean().item()
        found = one.mean().item()
        close_to(
            mean[column].item(), found, second / count, "the mean is not that of a simulation.", "均值与模拟不符。"
        )
        close_to(
            variance[column].item(), second, max(fourth - second**2, 0.0) / count,
            "the variance is not that of a simulation.", "方差与模拟不符。",
        )  # fmt: skip


@check(
    "mc_moments.gradients",
    hint="Both results are formulas in x and W: keep them on the way of autograd.",
    zh="两个结果都是 x 和 W 的公式：让它们留在自动求导的路径上。",
)
def test_gradients_of_both_moments(submission: Any, draw: Draw) -> None:
    for p in (0.3, 0.8):
        gradients.match(
            lambda x, W, p=p: submission.dropout_moments(x, W, p),
            lambda x, W, p=p: (x @ W, p / (1 - p) * (x**2 @ W**2)),
            lambda d: (d.randn(4), d.randn(4, 3)),
            draw,
        )


@check(
    "mc_moments.bad_p_raises",
    hint="At p = 1 nothing is left that could be scaled up. That, and what is no probability, is a ValueError.",
    zh="p = 1 时没有剩下任何可放大的东西。这种情形，以及不是概率的 p，都应抛出 ValueError。",
)
def test_moments_of_impossible_rates_are_refused(submission: Any, draw: Draw) -> None:
    for p in (1.0, -0.1, 1.5, 1, -1e-6):
        compare.raises(ValueError, submission.dropout_moments, draw.randn(3), draw.randn(3, 2), p)


@check(
    "mc_moments.inputs_unchanged",
    hint="x and W belong to the caller: square_ and *= write into them.",
    zh="x 和 W 是调用者的：square_ 和 *= 会改写它们。",
)
def test_moments_leave_their_arguments_alone(submission: Any, draw: Draw) -> None:
    x, W = draw.randn(5), draw.randn(5, 3)
    seen = submission.observe("dropout_moments", x, W, 0.4)
    compare.items(seen.result, 2)
    compare.unchanged(x, seen.args[0], "x")
    compare.unchanged(W, seen.args[1], "W")


def strength(submission: Any, X: Tensor, y: Tensor, sigma: float) -> float:
    lam: float = compare.is_type(submission.noisy_ridge_equiv(X, y, sigma), float, "lam", "lam")
    return compare.number(lam, what="lam", zh="lam")


@check(
    "noise_tikhonov.value",
    hint="One row adds the mean of (N w)^2, which is the variance of a sum. How many rows are there?",
    zh="每一行贡献 (N w)^2 的期望，也就是一个和的方差。一共有多少行？",
)
@pytest.mark.parametrize("number", range(8))
def test_the_strength_of_the_penalty(submission: Any, draw: Draw, number: int) -> None:
    n, d = draw.sizes(2, 2, 12)
    n, sigma = (n, n, n, 0, n, n, 1, n)[number], (draw.random.uniform(0.1, 3.0), 0.0, 1.0)[number % 3]
    dtype = F32 if number % 2 else F64
    X, y = draw.layout(5 * draw.randn(n, d, dtype=dtype), number), draw.randn(n, dtype=dtype)
    want = math.fsum([sigma * sigma] * n)
    compare.number(strength(submission, X, y, sigma), want, 1e-9, 1e-9, what="lam", zh="lam")


@check(
    "noise_tikhonov.mc",
    hint="Add noise four thousand times and average the squared error: the penalty must account for what is added.",
    zh="加四千次噪声，求平方误差的平均：多出来的部分必须恰好等于惩罚项。",
)
def test_simulated_noise_agrees(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        count, sigma = 4000, draw.random.uniform(0.3, 1.5)
        n, d = draw.sizes(2, 2, 7)
        X, y, w = draw.randn(n, d), draw.randn(n), draw.randn(d)
        losses = ((y - (X + sigma * draw.randn(count, n, d)) @ w) ** 2).sum(1)
        want = ((y - X @ w) ** 2).sum().item() + strength(submission, X, y, sigma) * (w @ w).item()
        close_to(
            want, losses.mean().item(), losses.var().item() / count,
            "the penalty does not account for what the noise adds.", "惩罚项与噪声增加的误差不符。", errors=6,
        )  # fmt: skip


@check(
    "noise_tikhonov.inputs_unchanged",
    hint="X and y only say how many rows there are. Nothing needs to be written into them.",
    zh="X 和 y 只告诉你有多少行，不需要改写它们。",
)
def test_the_data_stay_as_they_are(submission: Any, draw: Draw) -> None:
    X, y = draw.randn(6, 4), draw.randn(6)
    seen = submission.observe("noisy_ridge_equiv", X, y, 0.7)
    compare.is_type(seen.result, float, "lam", "lam")
    compare.unchanged(X, seen.args[0], "X")
    compare.unchanged(y, seen.args[1], "y")
