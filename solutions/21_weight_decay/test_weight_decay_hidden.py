"""Hidden checks of topic 21, first part: penalties, the step that shrinks, and the projection."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from weight_decay_reference import F32, F64, dtype_of, layout, shape_of

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# penalties ------------------------------------------------------------------------------------------------------------


def some_params(draw: Draw, number: int) -> list[Tensor]:
    """Weights of two to four dimensions and biases, mixed."""
    dtype, params = dtype_of(number), []
    for place in range(draw.size(2, 6)):
        weight = draw.randn(*draw.sizes(2 + (place + number) % 3, 1, 5), dtype=dtype)
        params.append(layout(draw, place + number, weight))
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
        dtype = dtype_of(number)
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
    shape, wide, dtype = shape_of(draw, number), draw.sizes(number % 2, 1, 5), dtype_of(number)
    w, gw = (layout(draw, number + place, draw.randn(*shape, dtype=dtype)) for place in (0, 1))
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


# project_l2 -----------------------------------------------------------------------------------------------------------


def projected(submission: Any, w: Tensor, radius: float) -> Tensor:
    got = submission.project_l2_(w, radius)
    return compare.finite(compare.tensor(got, shape=tuple(w.shape), dtype=w.dtype)).detach()


@check(
    "project_l2.inside_untouched",
    hint="Inside the ball, and exactly on it, there is nothing to do: not even a multiplication by nearly 1.",
    zh="在球内或恰在球面上时什么也不做：连乘一个接近 1 的数都不行。",
)
def test_inside_the_ball_nothing_changes(submission: Any, draw: Draw) -> None:
    for number in range(12):
        w = draw.randn(*shape_of(draw, number), dtype=dtype_of(number))
        radius = float(w.double().square().sum().sqrt()) * draw.random.uniform(1.001, 3.0)
        compare.same(projected(submission, w, radius), w, rtol=0, atol=0)
    for w, radius in ((torch.tensor([[3.0, -4.0]]), 5.0), (torch.tensor([2.0, 3.0, 6.0], dtype=F64), 7)):
        compare.same(projected(submission, w, radius), w, rtol=0, atol=0)


@check(
    "project_l2.on_ball",
    hint="Outside, the nearest point lies on the surface: the length is the radius, for all entries together.",
    zh="在球外时，最近的点在球面上：长度等于半径，这是所有元素合在一起的长度。",
)
def test_outside_the_length_becomes_the_radius(submission: Any, draw: Draw) -> None:
    for number in range(16):
        w = (1.0, 1e-3, 1e3)[number % 3] * draw.randn(*shape_of(draw, number), dtype=dtype_of(number))
        length = float(w.double().square().sum().sqrt())
        radius = length * (draw.random.uniform(0.1, 0.99) if number % 5 else 0.999)
        got = projected(submission, w, radius).double().square().sum().sqrt().item()
        tolerance = 1e-5 if w.dtype is F32 else 1e-9
        compare.number(got / radius, 1.0, tolerance, tolerance, what="length / radius", zh="长度与半径之比")


@check(
    "project_l2.direction",
    hint="The nearest point lies on the way to the centre: all entries by one factor. Cutting each of them turns w.",
    zh="最近的点在通往球心的路上：所有元素乘同一个因子。逐个截断得到的是另一种形状。",
)
def test_the_direction_stays(submission: Any, draw: Draw) -> None:
    for number in range(16):
        w = draw.randn(*shape_of(draw, number), dtype=dtype_of(number))
        w = draw.noncontiguous(w) if number % 2 else w
        length = w.double().square().sum().sqrt()
        radius = float(length) * draw.random.uniform(0.05, 0.95)
        compare.same(projected(submission, w, radius), (w.double() * (radius / length)).to(w.dtype))


@check(
    "project_l2.zero_safe",
    hint="A zero vector has no direction: 0 / 0. And a ball of radius 0 is a point.",
    zh="零向量没有方向：0 / 0。半径为 0 的球就是一个点。",
)
def test_zero_vectors_and_zero_radius(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        for radius in (0.0, 1.5, 0):
            compare.same(projected(submission, torch.zeros(3, 2, dtype=dtype), radius), torch.zeros(3, 2, dtype=dtype))
        compare.same(projected(submission, draw.randn(4, 3, dtype=dtype), 0.0), torch.zeros(4, 3, dtype=dtype))
        compare.same(projected(submission, torch.zeros(0, 3, dtype=dtype), 1.0), torch.zeros(0, 3, dtype=dtype))


@check(
    "project_l2.in_place",
    hint="The underscore is a promise: w itself changes, and w itself comes back.",
    zh="下划线是一个承诺：改变的是 w 本身，返回的也是 w 本身。",
)
def test_w_itself_changes(submission: Any, draw: Draw) -> None:
    for number, factor in enumerate((0.5, 2.0, 0.0)):
        w = layout(draw, number % 2, draw.randn(4, 3))
        radius = factor * float(w.square().sum().sqrt())
        seen = submission.observe("project_l2_", w, radius)
        want = w * min(1.0, factor)
        compare.same(seen.result, want)
        compare.same(seen.args[0], want, what="w after the call", zh="调用之后的 w")
        compare.require(
            seen.same_as == 0 and 0 not in seen.moved,
            "the result should be w itself, not another tensor with the same values.",
            "结果应当是 w 本身，而不是数值相同的另一个张量。",
        )


@check(
    "project_l2.view",
    hint="A part of a bigger tensor is projected for itself: its own length, and nothing else is written.",
    zh="大张量的一部分只按它自己来投影：用它自己的长度，不改写别处。",
)
def test_only_the_view_changes(submission: Any, draw: Draw) -> None:
    for index in ((slice(1, 3), slice(None)), (slice(None), 2), (slice(None, None, 2), slice(1, 4))):
        base = draw.randn(5, 6)
        want = base.clone()
        want[index] *= 0.25
        radius = 0.25 * float(base[index].square().sum().sqrt())
        seen = submission.observe("project_l2_", compare.view(base, index), radius)
        compare.same(seen.result, want[index])
        compare.same(seen.args[0], want, what="the whole tensor after the call", zh="调用之后的整个张量")


LEAF = """
w = nn.Parameter(values.clone())
out = student.project_l2_(w, radius)
first = (out is w, w.is_leaf, w.requires_grad, w.grad_fn is None)
(w ** 2).sum().backward()
[list(first), w.detach(), w.grad]
"""


@check(
    "project_l2.parameter",
    hint="A Parameter can only be changed where autograd does not look: torch.no_grad. It stays a leaf.",
    zh="只有在自动求导看不到的地方（torch.no_grad）才能改动 Parameter。它仍然是叶子。",
)
def test_a_parameter_stays_a_leaf(submission: Any, draw: Draw) -> None:
    for factor in (0.5, 2.0):
        values = draw.randn(3, 5)
        made = submission.build(LEAF, values=values, radius=factor * float(values.square().sum().sqrt()))
        flags, value, grad = compare.items(made, 3, list)
        compare.equal(
            flags,
            [True] * 4,
            what="[is w, is a leaf, requires grad, has no graph]",
            zh="[是 w，是叶子，需要梯度，没有计算图]",
        )
        compare.same(value, values * min(1.0, factor), what="w after the call", zh="调用之后的 w")
        compare.same(grad, 2 * values * min(1.0, factor), what="the gradient afterwards", zh="之后的梯度")


@check(
    "project_l2.bad_radius_raises",
    hint="No point has a negative distance from the centre. Say so, and leave w as it is.",
    zh="没有哪个点与球心的距离是负的。请报错，并保持 w 不变。",
)
def test_negative_radii_are_refused(submission: Any, draw: Draw) -> None:
    for radius in (-1.0, -1e-6, -math.inf, -2):
        for w in (draw.randn(3, 2), torch.zeros(2, dtype=F64)):
            compare.raises(ValueError, submission.project_l2_, w, radius)
