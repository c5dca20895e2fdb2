"""Hidden checks of topic 15: networks whose weights are written down instead of learned. What comes back is evaluated
on this side of the wall, so any weights that give the right function will do."""

from __future__ import annotations

from typing import Any

import torch
from mlp_from_scratch_reference import F32, F64, forward
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

DRAWN = {"what": "the output of the network", "zh": "网络的输出"}


def points(draw: Draw, k: int, dtype: torch.dtype = F64) -> tuple[Tensor, Tensor]:
    """k knots at uneven distances, from anywhere, and values of both signs."""
    gaps = draw.uniform(0.4, 2.0, k)
    return (gaps.cumsum(0) + draw.uniform(-6, 3)).to(dtype), (3 * draw.randn(k)).to(dtype)


def layers(got: Any, dtype: torch.dtype) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """(W1, b1, W2, b2), known to fit together with one input, one output and h hidden units."""
    W1, b1, W2, b2 = compare.items(got, 4)
    b1 = compare.tensor(b1, shape=(None,), dtype=dtype, what="b1", zh="b1")
    h = len(b1)
    W1 = compare.tensor(W1, shape=(1, h), dtype=dtype, what="W1", zh="W1")
    W2 = compare.tensor(W2, shape=(h, 1), dtype=dtype, what="W2", zh="W2")
    return W1, b1, W2, compare.tensor(b2, shape=(1,), dtype=dtype, what="b2", zh="b2")


def goes_through(submission: Any, knots: Tensor, values: Tensor, at: Tensor) -> None:
    """The network for these points, evaluated at `at`, against straight lines."""
    W1, b1, W2, b2 = layers(submission.piecewise_linear_net(knots, values), knots.dtype)
    got = (at[:, None] @ W1 + b1).relu() @ W2 + b2
    compare.same(got[:, 0], lines(knots, values, at), scale=10, **DRAWN)


def lines(knots: Tensor, values: Tensor, at: Tensor) -> Tensor:
    """Straight between the points, level outside."""
    x = at.clamp(knots[0], knots[-1])
    right = torch.searchsorted(knots, x).clamp(1, len(knots) - 1)
    share = (x - knots[right - 1]) / (knots[right] - knots[right - 1])
    return values[right - 1] + share * (values[right] - values[right - 1])


@check(
    "hat_network.interpolates",
    hint="At each knot the slope changes. One ReLU per knot, weighted by how much it changes there.",
    zh="在每个节点处斜率改变一次。每个节点一个 ReLU，权重就是那里斜率的改变量。",
)
def test_the_points_are_on_the_graph(submission: Any, draw: Draw) -> None:
    for number, k in enumerate((2, 3, 4, 5, 7, 9)):
        knots, values = points(draw, k, float_type(number))
        goes_through(submission, knots, values, knots)


@check(
    "hat_network.between",
    hint="Between two knots the slope is the difference of the values over the difference of the knots.",
    zh="两个节点之间的斜率等于函数值之差除以节点之差。",
)
def test_straight_lines_between_the_points(submission: Any, draw: Draw) -> None:
    for number, k in enumerate((2, 3, 5, 8, 6)):
        knots, values = points(draw, k, float_type(number))
        inside = knots[0] + (knots[-1] - knots[0]) * draw.uniform(0, 1, 30).to(knots.dtype)
        goes_through(submission, knots, values, inside)


@check(
    "hat_network.outside",
    hint="Left of the first knot every ReLU is off. Right of the last one all are on: their slopes must add up to 0.",
    zh="第一个节点左边，所有 ReLU 都关着；最后一个节点右边，全都开着：斜率之和必须为 0。",
)
def test_level_outside(submission: Any, draw: Draw) -> None:
    for k in (2, 3, 6):
        knots, values = points(draw, k)
        away = draw.uniform(0.1, 5, 8)
        goes_through(submission, knots, values, knots[0] - away)
        goes_through(submission, knots, values, knots[-1] + away)


@check(
    "hat_network.one_knot",
    hint="One point, no slope: the bias of the output does it alone.",
    zh="只有一个点，没有斜率：输出层的偏置就够了。",
)
def test_a_single_point_is_a_level_line(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        knots, values = points(draw, 1, dtype)
        W1, b1, W2, b2 = layers(submission.piecewise_linear_net(knots, values), dtype)
        at = draw.randn(9, 1, dtype=dtype) * 4
        got = (at @ W1 + b1).relu() @ W2 + b2
        compare.same(got, values.expand(9, 1), **DRAWN)


@check(
    "hat_network.few_units",
    hint="Each ReLU bends the line once, and k points need no more than k bends.",
    zh="每个 ReLU 让折线弯一次；k 个点最多需要弯 k 次。",
)
def test_no_more_units_than_points(submission: Any, draw: Draw) -> None:
    for k in (2, 4, 9):
        knots, values = points(draw, k)
        seen = submission.observe("piecewise_linear_net", knots, values)
        _, b1, _, _ = layers(seen.result, F64)
        compare.require(
            len(b1) <= k, "there are more hidden units than points.", "隐藏单元比点还多。", reason="property"
        )
        compare.unchanged(knots, seen.args[0], "knots")
        compare.unchanged(values, seen.args[1], "values")


def tents(k: int, x: Tensor) -> Tensor:
    for _ in range(k):
        x = 1 - (2 * x - 1).abs()
    return x


@check(
    "hat_network.sawtooth_depth",
    hint="Two ReLUs make one tent. What the next layer gets is the tent, not x: put the second tent on top of it.",
    zh="两个 ReLU 做成一顶帐篷。下一层得到的是帐篷而不是 x：在它上面再搭第二顶。",
    weight=2.0,
)
def test_twice_the_pieces_with_every_layer(submission: Any, draw: Draw) -> None:
    for k in (2, 3, 1, 4, 5):
        Ws, bs = sawtooth(submission, k)
        grid = torch.arange(2 ** (k + 1) + 1, dtype=F64) / 2 ** (k + 1)
        x = torch.cat([grid, draw.uniform(0, 1, 20)])
        got = forward(x[:, None], Ws, bs, "relu")[0][:, 0]
        compare.same(got, tents(k, x), **DRAWN)
        turns = int((got[: len(grid)].diff().sign().diff() != 0).sum())
        compare.require(turns == 2**k - 1, "there are not 2^k straight pieces.", "折线不是 2^k 段。", reason="property")


def sawtooth(submission: Any, k: int) -> tuple[list[Tensor], list[Tensor]]:
    """A chain of k + 1 layers that fit each other, from one input to one output."""
    Ws, bs = compare.items(submission.sawtooth_net(k), 2)
    Ws = compare.items(Ws, k + 1, list, "the list of weights", "权重列表")
    bs = compare.items(bs, k + 1, list, "the list of biases", "偏置列表")
    rows = 1
    for number, (W, b) in enumerate(zip(Ws, bs, strict=True)):
        columns = 1 if number == k else None
        rows = compare.tensor(W, shape=(rows, columns), dtype=F64, what="a weight", zh="权重").shape[1]
        compare.tensor(b, shape=(rows,), dtype=F64, what="a bias", zh="偏置")
    return Ws, bs


@check(
    "hat_network.sawtooth_units",
    hint="Depth, not width: k hidden layers of two units each.",
    zh="靠深度，不靠宽度：k 个隐藏层，每层两个单元。",
)
def test_two_units_per_layer(submission: Any) -> None:
    for k in (1, 2, 5):
        Ws, _ = sawtooth(submission, k)
        compare.require(all(W.shape[1] <= 2 for W in Ws), "a layer has more than two units.", "有一层的单元多于两个。")
