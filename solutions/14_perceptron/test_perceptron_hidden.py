"""Hidden checks of topic 14: training. Most data are whole numbers, so that scores of exactly 0 occur, and no rounding
decides what a mistake is."""

from __future__ import annotations

from typing import Any

import torch
from perceptron_reference import F64, XOR, labels
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.made.points import separable
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

LEARNED = {"what": "(w, b, updates)", "zh": "(w, b, updates)"}
Learned = tuple[Tensor, Tensor, int]


def by_rule(X: Tensor, y: Tensor, max_epochs: int) -> Learned:
    """The rule in Python's own numbers."""
    w, b, updates = [0.0] * X.shape[1], 0.0, 0
    rows, truth = X.tolist(), y.tolist()
    for _ in range(max_epochs):
        before = updates
        for x, label in zip(rows, truth, strict=True):
            if label * (sum(p * q for p, q in zip(w, x, strict=True)) + b) <= 0:
                w, b, updates = [p + label * q for p, q in zip(w, x, strict=True)], b + label, updates + 1
        if updates == before:
            break
    return torch.tensor(w, dtype=X.dtype), torch.tensor(b, dtype=X.dtype), updates


def learned(submission: Any, X: Tensor, y: Tensor, *epochs: int) -> Learned:
    w, b, updates = compare.items(submission.perceptron_train(X, y, *epochs), 3)
    compare.tensor(w, shape=(X.shape[1],), dtype=X.dtype, what="w", zh="w")
    compare.tensor(b, shape=(), dtype=X.dtype, what="b", zh="b")
    return w, b, compare.is_type(updates, int, "updates", "updates")


# perceptron_train ---------------------------------------------------------------------------------------------------


@check(
    "perceptron_train.separates",
    hint="At w = 0 every score is 0, and 0 is a mistake too: somewhere the learning has to begin.",
    zh="w = 0 时所有得分都是 0，而 0 也算错：学习总得从某处开始。",
)
def test_what_can_be_separated_is_separated(submission: Any, draw: Draw) -> None:
    for number in range(4):
        data = separable(draw.size(8, 25), draw.size(2, 5), 0.3, draw.new_generator(), offset=0.5)
        X = data.x.to(float_type(number))
        w, b, _ = learned(submission, X, data.y, 1000)
        compare.require(
            bool((data.y * (X @ w + b) > 0).all()),
            "some rows of separable data are on the wrong side in the end.",
            "数据可分，但最后仍有一些行在错误的一侧。",
            reason="value",
        )


@check(
    "perceptron_train.exact_trace",
    hint="In the order given, each row with the w and b of this very moment; a mistake adds y x to w and y to b.",
    zh="按给定次序逐行处理，每行都用此刻的 w 和 b；每犯一次错，w 加 y x，b 加 y。",
    weight=2.0,
)
def test_the_weights_step_by_step(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, d = draw.sizes(2, 1, 9)
        X = draw.layout(draw.integers(-4, 5, n, d).to(float_type(number)), number)
        y = labels(draw, n)
        epochs = 1 + number % 6
        compare.same(learned(submission, X, y, epochs), by_rule(X, y, epochs), **LEARNED)


@check(
    "perceptron_train.novikoff_bound",
    hint="A row on its right side changes nothing, and is not counted.",
    zh="在正确一侧的行不引起任何改变，也不计数。",
)
def test_no_more_mistakes_than_the_theorem_allows(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        data = separable(20, draw.size(2, 5), 1.2, draw.new_generator(), offset=0.5)
        _, _, updates = learned(submission, data.x, data.y, 1000)
        radius = float((data.x.square().sum(1) + 1).max())  # with a 1 behind each row, whose weight is b
        compare.require(
            0 < updates <= radius * (1 + float(data.b) ** 2) / data.margin**2,
            "the number of updates is not between 1 and the bound of the theorem.",
            "更新次数不在 1 与定理给出的上界之间。",
        )


@check(
    "perceptron_train.needs_bias",
    hint="Far from the origin a line through the origin won't do: b learns, too, from the label of each mistake.",
    zh="离原点很远时，过原点的直线行不通：b 也要学，每次犯错都用到标签。",
)
def test_data_around_five_five(submission: Any, draw: Draw) -> None:
    for _ in range(2):
        side = labels(draw, 8)
        side[:2] = torch.tensor([1, -1])
        along, away = draw.uniform(-1, 1, 8), 2 + draw.uniform(0, 1, 8)
        X = 5 + torch.stack([along + side * away, side * away - along], 1)
        w, b, _ = learned(submission, X, side, 2000)
        compare.require(
            bool((side * (X @ w + b) > 0).all()),
            "two groups around (5, 5) are not separated.",
            "(5, 5) 附近的两组点没有被分开。",
            reason="value",
        )


@check(
    "perceptron_train.xor_does_not_converge",
    hint="Some data can't be separated. Then max_epochs is where it ends, with whatever w and b are by then.",
    zh="有些数据是分不开的。这时由 max_epochs 终止，返回当时的 w 和 b。",
)
def test_xor_ends_after_max_epochs(submission: Any, draw: Draw) -> None:
    for epochs in (1, 2, 5, 23):
        order = draw.permutation(4)
        X, y = XOR[order], torch.tensor([-1, 1, 1, -1])[order]
        w, b, updates = learned(submission, X, y, epochs)
        compare.same((w, b, updates), by_rule(X, y, epochs), **LEARNED)
        wrong = bool((y * (X @ w + b) <= 0).any())
        compare.require(wrong, "XOR was separated by a line, which can't be.", "XOR 被一条直线分开了，这不可能。")
    compare.same(
        learned(submission, XOR, torch.tensor([-1, 1, 1, -1])),
        by_rule(XOR, torch.tensor([-1, 1, 1, -1]), 100),
        **LEARNED,
    )


@check(
    "perceptron_train.stops_early",
    hint="An epoch without a mistake would be followed by others just like it. Leave.",
    zh="如果一轮没有犯错，之后各轮也都一样。可以结束了。",
    needs=["perceptron_train.exact_trace"],
)
def test_no_pass_after_one_without_mistakes(submission: Any, draw: Draw) -> None:
    X, y = torch.tensor([[2.0, 0.0], [1.0, 2.0], [1.0, 1.0]], dtype=F64), torch.tensor([1, -1, 1])
    counts = [submission.observe("perceptron_train", X, y, epochs).op_count for epochs in (3, 4, 60)]
    source_rules.vectorised(counts[0], counts[1])
    source_rules.vectorised(counts[0], counts[2])


@check(
    "perceptron_train.nothing_to_learn",
    hint="With no rows, or no epochs, w and b stay 0.",
    zh="没有行，或者没有轮数时，w 和 b 保持为 0。",
)
def test_no_rows_and_no_epochs(submission: Any, draw: Draw) -> None:
    zero = (torch.zeros(3, dtype=F64), torch.zeros((), dtype=F64), 0)
    compare.same(learned(submission, draw.randn(0, 3), labels(draw, 0), 5), zero, **LEARNED)
    compare.same(learned(submission, draw.randn(4, 3), labels(draw, 4), 0), zero, **LEARNED)


@check(
    "perceptron_train.input_unchanged",
    hint="w starts as a tensor of its own, not as a row of X, and labels stay as they are.",
    zh="w 要从自己的新张量开始，不要用 X 的某一行；标签保持原样。",
)
def test_training_leaves_the_data_alone(submission: Any, draw: Draw) -> None:
    X, y = draw.integers(-3, 4, 7, 3).double(), labels(draw, 7)
    seen = submission.observe("perceptron_train", X, y, 4)
    compare.same(tuple(compare.items(seen.result, 3)), by_rule(X, y, 4), **LEARNED)
    compare.unchanged(X, seen.args[0], "X")
    compare.unchanged(y, seen.args[1], "y")
