"""Hidden checks of topic 27, first part: warm-up, restarts and cycles, value by value."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from schedules_wrappers_reference import rate, same, wave

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# warmup_cosine --------------------------------------------------------------------------------------------------------


def plan(draw: Draw) -> tuple[int, int, float, float]:
    """total, warmup, lr_max, lr_min; four steps of cooling divide evenly."""
    warmup = draw.size(3, 30)
    return warmup + 4 * draw.size(3, 30), warmup, draw.random.uniform(0.1, 2.0), draw.random.uniform(0.001, 0.05)


@check(
    "warmup_cosine.first_step_positive",
    hint="A step with rate 0 is a step lost: the first of w steps already has one w-th.",
    zh="学习率为 0 的一步是白走的：w 步预热的第一步就有 w 分之一。",
)
def test_the_first_step_counts(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        total, warmup, high, low = plan(draw)
        for t in range(3):
            same(submission.warmup_cosine(t, total, warmup, high, low), high * (t + 1) / warmup)


@check(
    "warmup_cosine.peak",
    hint="lr_max is the largest rate of all, and it is reached.",
    zh="lr_max 是最大的学习率，而且达得到。",
)
def test_nothing_is_higher_than_lr_max(submission: Any, draw: Draw) -> None:
    total, warmup, high, low = plan(draw)
    same(max(rate(submission.warmup_cosine(t, total, warmup, high, low)) for t in range(total + 1)), high)


@check(
    "warmup_cosine.peak_at_end_of_warmup",
    hint="Steps are counted from 0, so the last step of a warm-up of w steps is step w - 1: there the top is reached.",
    zh="步数从 0 数起，w 步预热的最后一步是第 w - 1 步：在那里到达最高点。",
)
def test_the_last_step_of_the_warm_up_is_at_the_top(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        total, warmup, high, low = plan(draw)
        same(submission.warmup_cosine(warmup - 1, total, warmup, high, low), high)
        same(submission.warmup_cosine(warmup, total, warmup, high, low), high)
    same(submission.warmup_cosine(0, 20, 1, 0.7), 0.7)


@check(
    "warmup_cosine.end_is_min",
    hint="The wave ends at `total`, whatever the warm-up; after that nothing moves any more.",
    zh="不论预热多长，波在 total 处结束；此后不再变化。",
)
def test_the_end_is_the_minimum(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        total, warmup, high, low = plan(draw)
        for t in (total, total + 1, total + draw.size(2, 500)):
            same(submission.warmup_cosine(t, total, warmup, high, low), low)
    same(submission.warmup_cosine(50, 50, 5, 0.3), 0.0)


@check(
    "warmup_cosine.quarter_point",
    hint="A quarter of the way down, counted from the end of the warm-up, is not yet a quarter lower: it is a cosine.",
    zh="从预热结束算起，走了四分之一的路程，下降还不到四分之一：这是余弦。",
)
def test_between_top_and_bottom(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        total, warmup, high, low = plan(draw)
        quarter = (total - warmup) // 4
        for part in (1, 2, 3):
            got = submission.warmup_cosine(warmup + part * quarter, total, warmup, high, low)
            same(got, wave(part / 4, high, low))
        t = draw.size(warmup, total)
        same(submission.warmup_cosine(t, total, warmup, high, low), wave((t - warmup) / (total - warmup), high, low))


@check(
    "warmup_cosine.continuous",
    hint="Up in equal steps, down without a jump: where does the wave begin?",
    zh="均匀地升，不跳跃地降：波从哪里开始？",
)
def test_no_jumps(submission: Any, draw: Draw) -> None:
    warmup, high, low = draw.size(12, 30), draw.random.uniform(0.1, 2.0), draw.random.uniform(0.001, 0.05)
    total = warmup * 5 // 2
    rates = [rate(submission.warmup_cosine(t, total, warmup, high, low)) for t in range(total + 3)]
    up, down = high / warmup * 1.0001, math.pi / 2 * (high - low) / (total - warmup) * 1.0001
    moves = [after - before for before, after in pairwise(rates)]
    gentle = all(0 < move <= up for move in moves[: warmup - 1]) and all(
        -down <= move <= 1e-9 for move in moves[warmup - 1 :]
    )
    compare.require(
        gentle and 0 < rates[0] < high,
        "the rate should rise in the warm-up and fall afterwards, without a jump between two steps.",
        "学习率应当在预热时上升，之后下降，相邻两步之间没有跳跃。",
    )


@check(
    "warmup_cosine.no_warmup",
    hint="Without a warm-up the wave begins at t = 0, and nothing is divided by 0.",
    zh="没有预热时，波从 t = 0 开始，也没有任何数除以 0。",
)
def test_without_a_warm_up(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        total, _, high, low = plan(draw)
        for t in (0, 1, total // 3, total):
            same(submission.warmup_cosine(t, total, 0, high, low), wave(t / total, high, low))


@check(
    "warmup_cosine.from_scratch",
    hint="torch has schedules ready made. This file is about their formulas.",
    zh="torch 里有现成的调度器。这个文件要写的是它们的公式。",
    needs=["warmup_cosine.quarter_point"],
    weight=0.5,
)
def test_no_ready_made_schedules(submission: Any) -> None:
    source_rules.forbid_imports(submission.source, {"torch.optim.lr_scheduler"})


# sgdr -----------------------------------------------------------------------------------------------------------------


@check(
    "sgdr.restarts_at",
    hint="A cycle ends, and the next step is at the top again: after 10, 10 + 20, 10 + 20 + 40 steps.",
    zh="一个周期结束，下一步又回到最高点：在 10、10 + 20、10 + 20 + 40 步之后。",
)
def test_where_the_restarts_are(submission: Any, draw: Draw) -> None:
    high, low = draw.random.uniform(0.5, 1.0), draw.random.uniform(0.01, 0.1)
    rates = [rate(submission.sgdr(t, 10, 2, high, low)) for t in range(75)]
    tops = [t for t, value in enumerate(rates) if abs(value - high) < 1e-9]
    compare.equal(tops, [0, 10, 30, 70], what="the list of the steps at the top", zh="位于最高点的步的列表")
    rises = [t for t in range(1, 75) if rates[t] > rates[t - 1]]
    compare.equal(rises, [10, 30, 70], what="the list of the steps where the rate rises", zh="学习率上升的步的列表")


@check(
    "sgdr.values",
    hint="In each cycle the wave is as long as that cycle, and each is mult times as long as the one before.",
    zh="半个余弦波正好铺满一个周期；每个周期的长度是前一个的 mult 倍。",
)
def test_inside_the_cycles(submission: Any, draw: Draw) -> None:
    for _ in range(5):
        T0, mult, high, low = (
            draw.size(2, 9),
            draw.size(2, 4),
            draw.random.uniform(0.5, 2),
            draw.random.uniform(0.01, 0.2),
        )
        begin, length = 0, T0
        for _ in range(4):
            for s in {0, 1, length // 3, length // 2, length - 1}:
                same(submission.sgdr(begin + s, T0, mult, high, low), wave(s / length, high, low))
            begin, length = begin + length, length * mult
    same(submission.sgdr(1, 3, 2, 0.8), 0.6)


@check(
    "sgdr.mult1",
    hint="With mult = 1 all cycles are equally long. A formula for a geometric series divides by mult - 1.",
    zh="mult = 1 时所有周期一样长。等比级数的公式要除以 mult - 1。",
)
def test_cycles_of_one_length(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        T0 = draw.size(2, 9)
        for t in (0, 1, T0 - 1, T0, 3 * T0, 7 * T0 + 1):
            same(submission.sgdr(t, T0, 1, 0.9, 0.1), wave(t % T0 / T0, 0.9, 0.1))
    same(submission.sgdr(5, 1, 1, 0.7, 0.1), 0.7)


# cyclical_onecycle ----------------------------------------------------------------------------------------------------


@check(
    "cyclical_onecycle.triangle_value",
    hint="The top is at step_size, the bottom at twice that, and then all begins again.",
    zh="最高点在 step_size，最低点在它的两倍处，然后重新开始。",
)
def test_the_triangle(submission: Any, draw: Draw) -> None:
    for number in range(5):
        size, lo, hi = draw.size(2, 40), draw.random.uniform(0.01, 0.2), draw.random.uniform(0.5, 2.0)
        size = 1 if number == 4 else size
        for t in (0, 1, size - 1, size, size + 1, 2 * size, 3 * size, draw.size(4 * size, 9 * size)):
            place = t % (2 * size)
            want = lo + (hi - lo) * (place if place <= size else 2 * size - place) / size
            same(submission.triangular(t, size, lo, hi), want)


def one_cycle(submission: Any, t: int, total: int, *levels: float) -> tuple[float, float]:
    pair = compare.items(submission.one_cycle(t, total, *levels), 2, what="(rate, momentum)", zh="(学习率, 动量)")
    return rate(pair[0]), compare.number(pair[1], what="the momentum", zh="动量")


@check(
    "cyclical_onecycle.one_cycle_values",
    hint="Three straight pieces: up until 0.45 of all steps, down until 0.9, and the tail.",
    zh="三段直线：到总步数的 0.45 为止上升，到 0.9 为止下降，然后是尾巴。",
)
def test_the_pieces_of_the_cycle(submission: Any, draw: Draw) -> None:
    for number in range(5):
        total, lo, hi = (7, 20, 100, 640, draw.size(30, 900))[number], draw.random.uniform(0.05, 0.2), 1.5
        final = draw.random.uniform(0.001, 0.01)
        corners = [(0.0, lo), (0.45, hi), (0.9, lo), (1.0, final)]
        for t in {0, 1, total // 3, total // 2, 4 * total // 5, 19 * total // 20, total - 1, total}:
            u = t / total
            (a, left), (b, right) = next(pair for pair in pairwise(corners) if u <= pair[1][0] + 1e-12)
            same(one_cycle(submission, t, total, lo, hi, final)[0], left + (right - left) * (u - a) / (b - a))


@check(
    "cyclical_onecycle.one_cycle_ends_below_lo",
    hint="The tail goes on below the start, down to `final`, and stays there.",
    zh="尾巴继续降到起点之下，到 final 为止，并停在那里。",
)
def test_the_tail_of_the_cycle(submission: Any, draw: Draw) -> None:
    lo, hi, final = draw.random.uniform(0.1, 0.2), 1.0, draw.random.uniform(0.001, 0.01)
    for total in (20, 200):
        for t in (total, total + 1, 5 * total):
            got = one_cycle(submission, t, total, lo, hi, final)
            same(got[0], final)
            same(got[1], 0.95, "the momentum", "动量")
        same(one_cycle(submission, total * 95 // 100, total, lo, hi, final)[0], (lo + final) / 2)


@check(
    "cyclical_onecycle.momentum_inverse",
    hint="Where the rate is high momentum is low, in proportion; in the tail it rests at 0.95.",
    zh="学习率高处动量低，按比例对应；在尾巴里它停在 0.95。",
)
def test_momentum_goes_the_other_way(submission: Any, draw: Draw) -> None:
    lo, hi, final = draw.random.uniform(0.1, 0.2), draw.random.uniform(0.8, 3.0), 0.01
    total = 20 * draw.size(5, 20)
    for part in (0, 3, 6, 9, 12, 15, 18):
        got = one_cycle(submission, part * total // 20, total, lo, hi, final)
        same(got[1], 0.95 - 0.1 * (1 - abs(part - 9) / 9), "the momentum", "动量")
        same(got[1], 0.95 - 0.1 * (got[0] - lo) / (hi - lo), "the momentum beside the rate", "与学习率对应的动量")
    for part in (18.5, 19, 19.5):
        got = one_cycle(submission, int(part * total / 20), total, lo, hi, final)
        same(got[1], 0.95, "the momentum in the tail", "尾巴里的动量")
