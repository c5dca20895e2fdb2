"""Hidden checks of broadcasting-reductions: the mean of a window that moves along."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FLOATS = (torch.float64, torch.float32)
SERIES = {"what": "the smoothed series", "zh": "平滑后的序列"}
WINDOW_OPS = {
    "aten::convolution",
    "aten::conv1d",
    "aten::avg_pool1d",
    "aten::avg_pool2d",
    "aten::unfold",
    "aten::im2col",
}


def windows(x: Tensor, k: int) -> Tensor:
    return x.unfold(1, k, 1).mean(-1)


@check(
    "moving_average.value",
    hint="Each series on its own, along time: running total at the end of the window minus the one before it, over k.",
    zh="每条序列各算各的，沿时间方向：窗口末尾的累积和减去窗口之前的累积和，再除以 k。",
)
def test_every_window_is_averaged(submission: Any, draw: Draw) -> None:
    for case in range(20):
        batch, steps = draw.sizes(2, 2, 12)
        x = draw.layout(draw.randn(batch, steps, dtype=FLOATS[case % 2]), case // 2)
        k = draw.size(2, steps - 1) if steps > 2 else 2
        compare.same(submission.moving_average(x, k), windows(x, k), **SERIES)


@check(
    "moving_average.k1_kT",
    hint="k = 1 gives the series itself, k = T one number. Both need a total that stands before the first value.",
    zh="k = 1 时得到序列本身，k = T 时只得到一个数。两者都需要排在第一个值之前的那个累积和。",
)
def test_the_narrowest_and_the_widest_window(submission: Any, draw: Draw) -> None:
    for steps in (1, *draw.sizes(3, 2, 12)):
        for batch in (0, 3):
            x = draw.randn(batch, steps)
            for k in (1, steps):
                compare.same(submission.moving_average(x, k), windows(x, k), **SERIES)


@check(
    "moving_average.bad_k_raises",
    hint="A window must hold at least one value and fit into the series. Compare k with 1 and T first.",
    zh="窗口至少要有一个值，而且要放得进序列。先把 k 与 1 和 T 比较。",
    weight=0.5,
)
def test_a_window_that_does_not_fit_is_refused(submission: Any, draw: Draw) -> None:
    batch, steps = draw.sizes(2, 2, 9)
    for k in (0, -1, -steps, steps + 1, 3 * steps):
        compare.raises(ValueError, submission.moving_average, draw.randn(batch, steps), k)


@check(
    "moving_average.no_loop",
    hint="Two slices of the running totals, k apart, hold everything: no loop over time, none over the window.",
    zh="累积和的两个相隔 k 的切片已经包含了一切：不必沿时间循环，也不必在窗口内循环。",
    needs=["moving_average.value"],
)
def test_the_number_of_operations_is_constant(submission: Any, draw: Draw) -> None:
    def count(batch: int, steps: int, k: int) -> int:
        return submission.observe("moving_average", draw.randn(batch, steps), k).op_count

    few = count(2, 8, 3)
    for batch, steps, k in [(2, 40, 3), (2, 40, 21), (9, 8, 3)]:
        source_rules.vectorised(few, count(batch, steps, k))


@check(
    "moving_average.by_cumsum",
    hint="cumsum once, then subtract. Windows written out, pooled or convolved repeat the same additions k times.",
    zh="先做一次 cumsum，再相减。把窗口逐个展开、池化或卷积，都会把同样的加法重复 k 次。",
    needs=["moving_average.value"],
    weight=0.5,
)
def test_running_totals_are_used(submission: Any, draw: Draw) -> None:
    batch, steps = 3, draw.size(30, 40)
    seen = submission.observe("moving_average", draw.randn(batch, steps), 9)
    compare.tensor(seen.result, shape=(batch, steps - 8), **SERIES)
    source_rules.forbid_ops(seen, WINDOW_OPS)
    compare.require(
        any(name.startswith("aten::cumsum") for name in map(str, seen.ops)),
        "torch's cumsum was not used.",
        "没有用到 torch 的 cumsum。",
        reason="forbidden",
    )
    compare.require(
        seen.largest <= 2 * batch * (steps + 1),
        "A tensor with more than 2 * B * (T + 1) elements was made on the way.",
        "计算过程中出现了元素多于 2 * B * (T + 1) 个的张量。",
    )


@check(
    "moving_average.input_unchanged",
    hint="cumsum_ replaces the caller's series by its running totals; cumsum makes a new tensor.",
    zh="cumsum_ 把调用者的序列换成了累积和；cumsum 才会生成新张量。",
    weight=0.5,
)
def test_the_series_stays_as_it_was(submission: Any, draw: Draw) -> None:
    batch, steps = draw.sizes(2, 3, 12)
    x = draw.randn(batch, steps)
    for k in (2, steps - 1):
        seen = submission.observe("moving_average", x, k)
        compare.same(seen.result, windows(x, k), **SERIES)
        compare.unchanged(x, seen.args[0], "x")
