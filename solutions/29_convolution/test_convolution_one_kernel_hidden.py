"""Hidden checks of convolution: a kernel that is learned from an image and its edges."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from convolution_reference import F32, F64, with_right_parts
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def corr(X: Tensor, k: Tensor) -> Tensor:
    return F.conv2d(X[None, None], k[None, None])[0, 0]


def learned(submission: Any, X: Tensor, Y: Tensor, steps: int, seed: int, **how: Any) -> Tensor:
    k = submission.learn_edge_kernel(X, Y, steps, torch.Generator().manual_seed(seed), **how)
    return compare.finite(compare.tensor(k, shape=(1, 2), dtype=X.dtype, what="the kernel", zh="核").detach())


def stripes(draw: Draw, height: int, width: int, dtype: torch.dtype = F64) -> Tensor:
    """0 and 1 in vertical stripes, some rows the other way round: there is always something to learn from."""
    edge = draw.size(1, width - 3)
    X = torch.ones(height, width, dtype=dtype)
    X[:, edge : edge + 2] = 0
    rows = draw.size(2, 3)
    X[::rows] = 1 - X[::rows]
    return X


@check(
    "learn_kernel.kernel",
    hint="After enough steps a difference of neighbours is found: +1 for the left pixel, -1 for the right one.",
    zh="步数足够时会学到相邻像素之差：左像素 +1，右像素 -1。",
)
def test_edges_are_learned(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for height, width, dtype in ((6, 8, F32), (5, 9, F64)):
        X = stripes(draw, height, width, dtype)
        want = torch.tensor([[1.0, -1.0]], dtype=dtype)
        got = learned(submission, X, corr(X, want), 400, draw.new_seed())
        compare.same(got, want, rtol=0, atol=0.05, what="the kernel", zh="核")


@check(
    "learn_kernel.other_kernel",
    hint="The kernel comes from X and Y alone. With another Y another kernel is right.",
    zh="核只由 X 和 Y 决定；换一个 Y，正确的核也随之改变。",
)
def test_any_kernel_is_learned(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for _ in range(2):
        X, want = stripes(draw, 7, 6), draw.uniform(-2, 2, 1, 2)
        got = learned(submission, X, corr(X, want), 400, draw.new_seed())
        compare.same(got, want, rtol=0, atol=0.05, what="the kernel", zh="核")


@check(
    "learn_kernel.steps",
    hint="Each step: the error, twice its mean product with the pixels, lr times that off the kernel. `steps` times.",
    zh="每一步：求误差，算它与像素乘积的平均再乘 2，用核减去 lr 倍。要几步就走几步。",
)
def test_every_step_is_gradient_descent(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for steps, how in ((1, {"lr": 0.11}), (2, {}), (5, {"lr": 0.2}), (3, {})):
        height, width = draw.sizes(2, 4, 8)
        X, Y, seed = draw.uniform(0, 1, height, width), draw.randn(height, width - 1), draw.new_seed()
        k = learned(submission, X, Y, 0, seed, **how)
        for _ in range(steps):
            error = corr(X, k) - Y
            slope = torch.stack([(error * X[:, :-1]).mean(), (error * X[:, 1:]).mean()])
            k = k - 2 * how.get("lr", 0.3) * slope
        compare.same(learned(submission, X, Y, steps, seed, **how), k, what="the kernel", zh="核")


@check(
    "learn_kernel.random_start",
    hint="Without steps the random start comes back: two standard normal numbers from the generator that is passed in.",
    zh="零步时返回随机初值：用传入的 generator 抽取的两个标准正态数。",
)
def test_the_start_is_random_and_repeatable(submission: Any, draw: Draw) -> None:
    X, Y, before = torch.ones(3, 4, dtype=F64), torch.zeros(3, 3, dtype=F64), submission.build("torch.get_rng_state()")
    seeds = [draw.new_seed() for _ in range(150)]
    starts = torch.cat([learned(submission, X, Y, 0, seed) for seed in seeds])
    compare.same(
        learned(submission, X, Y, 0, seeds[0]), starts[:1], rtol=0, atol=0, what="a second start", zh="第二次初值"
    )
    spread, level, together = starts.std(), starts.mean(), (starts[:, 0] * starts[:, 1]).mean()
    error = 5 / math.sqrt(300)  # five standard errors of 300 numbers
    compare.require(
        abs(spread - 1) < error / math.sqrt(2) and abs(level) < error and abs(together) < error * math.sqrt(2),
        "over many generators the starts do not look like independent standard normal numbers.",
        "换许多个 generator，初值看起来不像独立的标准正态数。",
        reason="random",
    )
    after = compare.tensor(submission.build("torch.get_rng_state()"))
    compare.require(
        torch.equal(compare.tensor(before), after),
        "the global random generator was used; only the one that is passed in may be.",
        "用到了全局随机数生成器；只能使用传入的 generator。",
    )


@check("learn_kernel.input_unchanged", hint="X and Y belong to the caller.", zh="X 和 Y 是调用者的，不可改动。")
def test_learning_leaves_the_images_alone(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    X, Y = draw.uniform(0, 1, 9, 12), draw.randn(9, 11)  # many numbers: writing to and fro never restores them all
    seen = submission.observe("learn_edge_kernel", X, Y, 3, draw.new_generator())
    compare.tensor(seen.result, shape=(1, 2), dtype=F64)
    compare.unchanged(X, seen.args[0], "X")
    compare.unchanged(Y, seen.args[1], "Y")
