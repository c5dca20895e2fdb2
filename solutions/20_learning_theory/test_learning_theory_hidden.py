"""Hidden checks of topic 20: rules, their losses, and how many examples are enough."""

from __future__ import annotations

import math
from typing import Any

import torch
from learning_theory_reference import LOSSES, PARTS, losses, population, with_right_losses

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

CHOICE = {"what": "(threshold, loss)", "zh": "(阈值, 损失)"}

# threshold_loss -----------------------------------------------------------------------------------------------------


@check(
    "threshold_loss.value",
    hint="Every rule meets every item; wrong is a 1 for a 0 and a 0 for a 1. Then the mean over the items.",
    zh="每条规则都要面对每件物品；把 0 说成 1、把 1 说成 0 都是错。然后对物品求平均。",
)
def test_losses_of_all_rules(submission: Any, draw: Draw) -> None:
    for number in range(20):
        given = population(draw, number, *draw.sizes(2, 1, 15))
        compare.same(submission.threshold_loss(*given), losses(*given), **LOSSES)


@check(
    "threshold_loss.strict_inequality",
    hint="An item that measures exactly h is not above h: the prediction is 0.",
    zh="恰好等于 h 的物品并不在 h 之上：预测为 0。",
)
def test_an_item_on_the_threshold(submission: Any, draw: Draw) -> None:
    for number in range(4):
        e = torch.full((5,), draw.size(-9, 9) / 4, dtype=float_type(number))
        y = torch.tensor([0, 0, 1, 0, 1])[draw.permutation(5)]
        H = e[0] + torch.tensor([0.0, 1e-3, -1e-3], dtype=e.dtype)
        compare.same(submission.threshold_loss(e, y, H), torch.tensor([0.4, 0.4, 0.6], dtype=e.dtype), **LOSSES)


@check(
    "threshold_loss.vectorised",
    hint="A column of rules beside a row of items: one comparison makes the whole table.",
    zh="一列规则对一行物品：一次比较就得到整张表。",
)
def test_rules_are_not_taken_one_by_one(submission: Any, draw: Draw) -> None:
    counts = []
    for n, k in ((6, 3), (6, 60), (90, 60)):
        given = population(draw, 0, n, k)
        seen = submission.observe("threshold_loss", *given)
        compare.same(seen.result, losses(*given), **LOSSES)
        counts.append(seen.op_count)
    source_rules.vectorised(counts[0], counts[1], slack=2)
    source_rules.vectorised(counts[1], counts[2], slack=2)


@check(
    "threshold_loss.empty_h",
    hint="No rules, no losses: an empty tensor, of the dtype of e.",
    zh="没有规则就没有损失：返回空张量，数据类型与 e 相同。",
)
def test_an_empty_book_of_rules(submission: Any, draw: Draw) -> None:
    for number in (0, 2):
        e, y, H = population(draw, number, 5, 3)
        compare.same(submission.threshold_loss(e, y, H[:0]), torch.zeros(0, dtype=e.dtype), **LOSSES)
        compare.same(submission.threshold_loss(e, y, H), losses(e, y, H), **LOSSES)


@check(
    "threshold_loss.inputs_unchanged",
    hint="e, y and H belong to the caller.",
    zh="e、y、H 都是调用者的。",
    weight=0.5,
)
def test_the_losses_leave_their_arguments_alone(submission: Any, draw: Draw) -> None:
    for number in range(2):
        given = population(draw, number, 7, 4)
        seen = submission.observe("threshold_loss", *given)
        compare.same(seen.result, losses(*given), **LOSSES)
        for before, after, name in zip(given, seen.args, ("e", "y", "H"), strict=True):
            compare.unchanged(before, after, name)


# best_threshold -----------------------------------------------------------------------------------------------------


@check(
    "best_threshold.argmin_first",
    hint="The smallest loss first; among the rules that reach it, the smallest number, not the first place.",
    zh="先看最小的损失；达到它的规则之中，取数值最小的，而不是排在最前的。",
)
def test_the_smallest_of_the_best_rules(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    for number in range(20):
        e, y, H = population(draw, number, *draw.sizes(2, 2, 14))
        table = losses(e, y, H).tolist()
        want = min(h for h, loss in zip(H.tolist(), table, strict=True) if loss == min(table))
        h, _ = compare.items(submission.best_threshold(e, y, H), 2, tuple, "the result", "结果")
        compare.same(h, want, what="the threshold", zh="阈值")


@check(
    "best_threshold.loss_returned",
    hint="Two Python floats: a rule, and the loss of this very rule.",
    zh="两个 Python 浮点数：一条规则，以及这条规则自己的损失。",
)
def test_the_loss_belongs_to_the_rule(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    for number in range(6):
        e, y, H = population(draw, number, *draw.sizes(2, 3, 14))
        table = losses(e, y, H)
        want = (H[table == table.min()].min().item(), table.min().item())
        compare.same(submission.best_threshold(e, y, H), want, rtol=1e-6, **CHOICE)


@check(
    "best_threshold.empty_h_raises",
    hint="There is no best among none: say so with a ValueError.",
    zh="一条规则也没有，就无所谓最好：请抛出 ValueError。",
    weight=0.5,
)
def test_nothing_to_choose_from(submission: Any, draw: Draw) -> None:
    e, y, H = population(draw, 0, 5, 2)
    compare.raises(ValueError, submission.best_threshold, e, y, H[:0])


@check(
    "best_threshold.inputs_unchanged",
    hint="Sorting H in place rearranges somebody else's rules.",
    zh="对 H 原地排序，打乱的是别人的规则。",
    weight=0.5,
)
def test_choosing_leaves_the_book_alone(submission: Any, draw: Draw) -> None:
    submission.build(PARTS)
    given = population(draw, 0, 9, 5)
    seen = submission.observe("best_threshold", *given)
    compare.items(seen.result, 2, tuple, "the result", "结果")
    for before, after, name in zip(given, seen.args, ("e", "y", "H"), strict=True):
        compare.unchanged(before, after, name)


# hoeffding_n --------------------------------------------------------------------------------------------------------


def exponent(size_H: int, n: int, eps: float, delta: float) -> float:
    """The logarithm of the bound over delta: at most 0 where the bound holds."""
    return math.log(2) + math.log(size_H) - 2 * n * eps**2 - math.log(delta)


def settings(draw: Draw) -> tuple[int, float, float]:
    """size_H, eps and delta, not so that n would be a matter of rounding."""
    while True:
        size, eps = draw.size(1, 10 ** draw.size(0, 6)), draw.random.uniform(0.01, 0.4)
        delta = draw.random.choice((draw.random.uniform(0.01, 0.9), 0.999))
        places = exponent(size, 0, eps, delta) / (2 * eps**2)
        if abs(places - round(places)) > 1e-6:
            return size, eps, delta


@check(
    "hoeffding_n.value",
    hint="Solve for n: both sides, a factor 2 for each, and one chance to go wrong for every rule in H.",
    zh="对 n 求解：偏大偏小两个方向，所以有因子 2；H 中的每条规则都有一次出错的机会。",
)
def test_sizes_of_samples(submission: Any, draw: Draw) -> None:
    compare.equal(submission.hoeffding_n(10000, 0.1, 0.1), 611, what="n", zh="n")
    for _ in range(20):
        size, eps, delta = settings(draw)
        want = math.ceil(exponent(size, 0, eps, delta) / (2 * eps**2))
        compare.equal(submission.hoeffding_n(size, eps, delta), want, what="n", zh="n")


@check(
    "hoeffding_n.guarantee",
    hint="The bound has to hold for n, and one example fewer must be too few.",
    zh="取 n 时不等式必须成立，少一个样本就必须不成立。",
)
def test_n_is_enough_and_one_less_is_not(submission: Any, draw: Draw) -> None:
    for _ in range(12):
        size, eps, delta = settings(draw)
        n = compare.is_type(submission.hoeffding_n(size, eps, delta), int, "n", "n")
        compare.require(0 < n < 10**9, "n is out of all proportion.", "n 大得或小得离谱。")
        enough, fewer = exponent(size, n, eps, delta) <= 0, exponent(size, n - 1, eps, delta) > 0
        compare.require(enough, "with n examples the bound does not hold.", "取 n 个样本时，不等式不成立。")
        compare.require(fewer, "n - 1 examples would have been enough.", "n - 1 个样本就够了。")


@check(
    "hoeffding_n.monotone_eps",
    hint="eps comes in as a square: a quarter of it costs sixteen times the examples. More rules cost only a"
    " logarithm.",
    zh="eps 以平方出现：缩小到四分之一，样本要十六倍。规则变多，代价只是对数。",
)
def test_precision_is_dear_and_rules_are_cheap(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        size, eps, delta = draw.size(5, 500), draw.random.uniform(0.02, 0.05), draw.random.uniform(0.05, 0.2)
        n, fine, many = (
            compare.is_type(submission.hoeffding_n(*given), int, "n", "n")
            for given in ((size, eps, delta), (size, eps / 4, delta), (size**2, eps, delta))
        )
        compare.require(0 < n < 10**9 and 0 < fine < 10**9, "n is out of all proportion.", "n 大得或小得离谱。")
        in_squares = 16 * (n - 1) < fine <= 16 * n
        compare.require(
            in_squares, "a quarter of eps must cost 16 times as much.", "eps 缩到四分之一，代价应是 16 倍。"
        )
        dearer = math.log(size) / (2 * eps**2)
        compare.require(
            0 < many < 10**9 and abs(many - n - dearer) <= 1,
            "the square of the number of rules must cost only its logarithm.",
            "规则数变成平方，增加的代价应只是对数。",
        )


@check(
    "hoeffding_n.int",
    hint="Examples are counted: a Python int.",
    zh="样本是数出来的：返回 Python 的 int。",
    weight=0.5,
)
def test_n_is_a_whole_number(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        size, eps, delta = settings(draw)
        n = submission.hoeffding_n(size, eps, delta)
        compare.equal(n, math.ceil(exponent(size, 0, eps, delta) / (2 * eps**2)), what="n", zh="n")


@check(
    "hoeffding_n.huge_h",
    hint="2 ** 3000 does not fit into a float, but its logarithm does: take the logarithm before you divide by delta.",
    zh="2 ** 3000 放不进浮点数，它的对数却放得下：先取对数，再除以 delta。",
)
def test_more_rules_than_a_float_can_count(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        bits, eps, delta = draw.size(1100, 6000), draw.random.uniform(0.011, 0.3), draw.random.uniform(0.01, 0.5)
        want = math.ceil((math.log(2) * (bits + 1) - math.log(delta)) / (2 * eps**2))
        n = compare.is_type(submission.hoeffding_n(2**bits, eps, delta), int, "n", "n")
        compare.require(abs(n - want) <= 1, "n is not the right one.", "n 不对。", reason="value")
