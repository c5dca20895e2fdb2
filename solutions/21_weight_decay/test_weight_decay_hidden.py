"""Hidden checks of weight-decay, first part: penalties, and the step that shrinks."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from weight_decay_reference import F64, shape_of

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# penalties ------------------------------------------------------------------------------------------------------------


def some_params(draw: Draw, number: int) -> list[Tensor]:
    """Weights of two to four dimensions and biases, mixed."""
    dtype, params = float_type(number), []
    for place in range(draw.size(2, 6)):
        weight = draw.randn(*draw.sizes(2 + (place + number) % 3, 1, 5), dtype=dtype)
        params.append(draw.layout(weight, place + number))
        if draw.random.random() < 0.7:
            params.append(draw.randn(draw.size(1, 6), dtype=dtype))
    return params


def halved_squares(*params: Tensor) -> Tensor:
    return sum(((w**2).sum() / 2 for w in params if w.dim() > 1), torch.zeros((), dtype=params[0].dtype))


def sizes_of(*params: Tensor) -> Tensor:
    return sum((w.abs().sum() for w in params if w.dim() > 1), torch.zeros((), dtype=params[0].dtype))


@check(
    "penalties.value",
    hint="All weights count, whatever their shapes and however many they are: half the sum of all squares, no root.",
    zh="所有权重都计入，不论形状和个数：所有平方之和的一半，不开方。",
)
def test_half_the_sum_of_squares(submission: Any, draw: Draw) -> None:
    for number in range(20):
        params = some_params(draw, number)
        compare.same(submission.l2_penalty(params), halved_squares(*params), what="l2_penalty", zh="l2_penalty")


@check(
    "penalties.l1_value",
    hint="The absolute values, added up and not halved.",
    zh="绝对值之和，不除以 2。",
)
def test_the_sum_of_absolute_values(submission: Any, draw: Draw) -> None:
    for number in range(20):
        params = some_params(draw, number)
        compare.same(submission.l1_penalty(params), sizes_of(*params), what="l1_penalty", zh="l1_penalty")


@check(
    "penalties.skips_bias",
    hint="A bias has one dimension, a single scale has none. They shift or scale the result; neither makes it wild.",
    zh="偏置只有一维，单个的缩放系数没有维度。它们只是平移或缩放结果，不会使函数变得剧烈起伏。",
)
def test_biases_do_not_count(submission: Any, draw: Draw) -> None:
    for number in range(8):
        dtype = float_type(number)
        w, column = draw.randn(*draw.sizes(2, 2, 5), dtype=dtype), draw.randn(draw.size(2, 5), 1, dtype=dtype)
        biases = [10 * draw.randn(7, dtype=dtype), 10 * draw.randn(1, dtype=dtype), 10 * draw.randn(dtype=dtype)]
        params = [biases[0], w, biases[1], column, biases[2]]
        compare.same(submission.l2_penalty(params), halved_squares(w, column), what="l2_penalty", zh="l2_penalty")
        compare.same(submission.l1_penalty(params), sizes_of(w, column), what="l1_penalty", zh="l1_penalty")


@check(
    "penalties.nothing_counts",
    hint="The sum of nothing is 0, as a tensor of shape ().",
    zh="什么都没有时，总和是 0，形状为 () 的张量。",
)
def test_without_weights_nothing_is_paid(submission: Any, draw: Draw) -> None:
    for params in ([], [draw.randn(4)], [draw.randn(3), draw.randn()], [torch.zeros(0, 3, dtype=F64)]):
        for name in ("l2_penalty", "l1_penalty"):
            got = compare.tensor(getattr(submission, name)(params), shape=(), what=name, zh=name)
            compare.require(got.is_floating_point(), f"{name} should be floating-point.", f"{name} 应当是浮点数。")
            compare.equal(got.item(), 0.0, what=name, zh=name)


MODEL = """
torch.manual_seed(seed)
model = nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4), nn.Linear(4, 2)).double()
square, absolute = student.l2_penalty(model.parameters()), student.l1_penalty(model.parameters())
[[p.detach() for p in model.parameters()], square, absolute]
"""


@check(
    "penalties.any_iterable",
    hint="model.parameters() can be looped over once: no len(), no index, no second loop.",
    zh="model.parameters() 只能遍历一次：不能用 len()、下标，也不能再遍历一遍。",
)
def test_the_parameters_of_a_model(submission: Any, draw: Draw) -> None:
    made = submission.build(MODEL, seed=draw.new_seed() % 2**31)
    params, square, absolute = compare.items(made, 3, list)
    params = [compare.tensor(param, dtype=F64) for param in compare.items(params, 6, list)]
    compare.same(square, halved_squares(*params), what="l2_penalty", zh="l2_penalty")
    compare.same(absolute, sizes_of(*params), what="l1_penalty", zh="l1_penalty")


@check(
    "penalties.gradcheck",
    hint="The slope of half a square is w itself, that of |w| its sign: nothing on the way may leave autograd.",
    zh="平方的一半，梯度就是 w 本身；|w| 的梯度是它的符号：途中任何一步都不能离开自动求导。",
)
def test_gradients_of_the_penalties(submission: Any, draw: Draw) -> None:
    def point(d: Draw) -> tuple[Tensor, ...]:
        return d.randn(3, 4) + 0.1, d.randn(5), d.randn(2, 1, 3) - 0.1

    for name, reference in (("l2_penalty", halved_squares), ("l1_penalty", sizes_of)):
        call = getattr(submission, name)
        gradients.match(lambda *params, call=call: call(list(params)), reference, point, draw)
    flat = draw.randn(3, 4).sign() * draw.integers(0, 2, 3, 4)
    (got,) = gradients.of(lambda w: submission.l1_penalty([w]), flat)
    compare.same(got, flat.sign(), what="the gradient of l1_penalty", zh="l1_penalty 的梯度")
    gradients.gradcheck(lambda w: submission.l2_penalty([w]), draw.randn(3, 2))


@check(
    "penalties.inputs_unchanged",
    hint="The weights go on being trained: square_ and abs_ write into them.",
    zh="这些权重还要继续训练：square_ 和 abs_ 会改写它们。",
)
def test_the_weights_are_left_alone(submission: Any, draw: Draw) -> None:
    for name in ("l2_penalty", "l1_penalty"):
        params = [draw.randn(3, 4), draw.randn(4)]
        seen = submission.observe(name, params)
        compare.tensor(seen.result, shape=())
        for before, after in zip(params, compare.items(seen.args[0], 2, list), strict=True):
            compare.unchanged(before, after, "params")


# sgd_weight_decay -----------------------------------------------------------------------------------------------------


def stepped(submission: Any, w: Tensor, b: Tensor, gw: Tensor, gb: Tensor, lr: float, lam: float) -> list[Tensor]:
    pair = compare.items(submission.sgd_wd_step(w, b, gw, gb, lr, lam), 2, what="the pair (w', b')", zh="(w', b')")
    return [
        compare.tensor(new, shape=tuple(old.shape), dtype=old.dtype, what=f"the new {name}", zh=f"新的 {name}").detach()
        for new, old, name in zip(pair, (w, b), "wb", strict=True)
    ]


def before_step(draw: Draw, number: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """w, b, gw, gb."""
    shape, wide, dtype = shape_of(draw, number), draw.sizes(number % 2, 1, 5), float_type(number)
    w, gw = (draw.layout(draw.randn(*shape, dtype=dtype), number // 4 + place) for place in (0, 1))
    return w, draw.randn(*wide, dtype=dtype), gw, draw.randn(*wide, dtype=dtype)


@check(
    "sgd_weight_decay.value",
    hint="First the weights shrink, then both make their step; the shrinking uses the old w, and so does nothing else.",
    zh="权重先收缩，然后二者各走一步；收缩用的是旧的 w，别处都不用它。",
)
def test_the_exact_step(submission: Any, draw: Draw) -> None:
    for number in range(20):
        w, b, gw, gb = before_step(draw, number)
        lr, lam = draw.random.uniform(0.05, 0.9), draw.random.uniform(0.1, 3.0)
        new_w, new_b = stepped(submission, w, b, gw, gb, lr, lam)
        compare.same(new_w, w - lr * (gw + lam * w), what="the new w", zh="新的 w")
        compare.same(new_b, b - lr * gb, what="the new b", zh="新的 b")


@check(
    "sgd_weight_decay.shrink_factor",
    hint="Without a gradient from the data, one step multiplies w by 1 - lr * lam. Where did the half in lam/2 go?",
    zh="没有来自数据的梯度时，一步使 w 乘以 1 - lr * lam。lam/2 中的二分之一已经在求导时用掉了。",
)
def test_without_a_gradient_weights_shrink(submission: Any, draw: Draw) -> None:
    for number in range(10):
        w, b, gw, gb = before_step(draw, number)
        lr, lam = draw.random.uniform(0.05, 0.9), draw.random.uniform(0.1, 3.0)
        new_w, _ = stepped(submission, w, b, torch.zeros_like(gw), gb, lr, lam)
        compare.same(new_w, (1 - lr * lam) * w, what="the new w", zh="新的 w")


@check(
    "sgd_weight_decay.bias_not_decayed",
    hint="The intercept says where the data lie. Why should it be close to 0?",
    zh="截距说明数据在什么位置。它凭什么要接近 0？",
)
def test_without_a_gradient_the_bias_stays(submission: Any, draw: Draw) -> None:
    for number in range(10):
        w, b, gw, gb = before_step(draw, number)
        _, new_b = stepped(submission, w, b, gw, torch.zeros_like(gb), 0.3, draw.random.uniform(0.5, 3.0))
        compare.same(new_b, b, rtol=0, atol=0, what="the new b", zh="新的 b")


@check(
    "sgd_weight_decay.no_decay",
    hint="lam = 0 is plain gradient descent, and lr = 0 is no step at all.",
    zh="lam = 0 就是普通的梯度下降，lr = 0 则一步也不走。",
)
def test_without_decay_it_is_plain_descent(submission: Any, draw: Draw) -> None:
    for number in range(6):
        w, b, gw, gb = before_step(draw, number)
        for lr, lam in ((0.7, 0.0), (0.0, 2.0)):
            new_w, new_b = stepped(submission, w, b, gw, gb, lr, lam)
            compare.same(new_w, w - lr * gw, what="the new w", zh="新的 w")
            compare.same(new_b, b - lr * gb, what="the new b", zh="新的 b")


@check(
    "sgd_weight_decay.inputs_unchanged",
    hint="The old w and b belong to the caller: -= and mul_ write into them.",
    zh="旧的 w 和 b 是调用者的：-= 和 mul_ 会改写它们。",
)
def test_the_step_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    given = before_step(draw, 1)
    seen = submission.observe("sgd_wd_step", *given, 0.4, 0.5)
    compare.items(seen.result, 2)
    for name, before, after in zip(("w", "b", "gw", "gb"), given, seen.args, strict=False):
        compare.unchanged(before, after, name)
