"""Hidden checks of weight-decay: the projection onto a ball."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from weight_decay_reference import F32, F64, shape_of

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


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
        w = draw.randn(*shape_of(draw, number), dtype=float_type(number))
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
        w = (1.0, 1e-3, 1e3)[number % 3] * draw.randn(*shape_of(draw, number), dtype=float_type(number))
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
        w = draw.randn(*shape_of(draw, number), dtype=float_type(number))
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
        w = draw.layout(draw.randn(4, 3), number)
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
