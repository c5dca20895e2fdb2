"""Hidden checks of topic 27: the three short formulas."""

from __future__ import annotations

import math
from typing import Any

from schedules_wrappers_reference import rate, same

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# inverse_sqrt_step ----------------------------------------------------------------------------------------------------


@check(
    "inverse_sqrt_step.noam_peak",
    hint="A straight line up to step `warmup`, where both formulas agree, and 1 / sqrt(t) from there.",
    zh="直线上升到第 warmup 步，在那里两个公式相等；之后是 1 / sqrt(t)。",
)
def test_noam(submission: Any, draw: Draw) -> None:
    for number in range(4):
        d, warmup = draw.size(2, 600), draw.size(2, 60) if number else 1
        top = 1 / math.sqrt(d * warmup)
        for t in (1, warmup // 2 + 1, warmup, warmup + 1, 4 * warmup, draw.size(1, 1000)):
            same(submission.noam(t, d, warmup), top * min(t / warmup, math.sqrt(warmup / t)))
        rates = [rate(submission.noam(t, d, warmup)) for t in range(1, 2 * warmup + 2)]
        compare.equal(rates.index(max(rates)) + 1, warmup, what="the step at the top", zh="位于最高点的步")


@check(
    "inverse_sqrt_step.t0_safe",
    hint="At t = 0 the line is at 0; 1 / sqrt(0) must not be calculated.",
    zh="t = 0 时，取最小值的应是直线那一支，值为 0；不能去算 1 / sqrt(0)。",
)
def test_noam_at_zero(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        same(submission.noam(0, draw.size(2, 600), draw.size(1, 60)), 0.0)


@check(
    "inverse_sqrt_step.step_boundaries",
    hint="A staircase: the rate changes at `every`, at twice that, and nowhere in between.",
    zh="阶梯：只在 every、它的两倍等处变化，中间不变。",
)
def test_the_staircase(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        every, gamma, lr0 = draw.size(2, 30), draw.random.uniform(0.1, 0.9), draw.random.uniform(0.1, 2.0)
        for t, falls in ((0, 0), (every - 1, 0), (every, 1), (2 * every - 1, 1), (2 * every, 2), (5 * every + 1, 5)):
            same(submission.step_decay(t, lr0, gamma, every), lr0 * gamma**falls)


@check(
    "inverse_sqrt_step.exponential_value",
    hint="Once more the factor gamma at every step; at t = 0 it is lr0.",
    zh="每一步再乘一次 gamma；t = 0 时是 lr0。",
)
def test_the_exponential(submission: Any, draw: Draw) -> None:
    for t in (0, 1, 2, 17, 200):
        gamma, lr0 = draw.random.uniform(0.8, 0.999), draw.random.uniform(0.1, 2.0)
        same(submission.exponential(t, lr0, gamma), lr0 * gamma**t)
