"""Hidden checks of topic 32, second part: maps one after the other, and the layer."""

from __future__ import annotations

import math
from typing import Any

import torch
from spatial_transformer_reference import F32, F64, grid_of, right_sampling, same_or_told, sample_of
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw
from autograder.model.text import Text

# compose ------------------------------------------------------------------------------------------------------------

TURNED = Text(" These are the maps in the other order.", "这是次序相反的复合。")


def whole(A: Tensor) -> Tensor:
    return torch.cat([A, A.new_tensor([[0.0, 0.0, 1.0]])])


def composed(A: Tensor, B: Tensor) -> Tensor:
    return (whole(A) @ whole(B))[:2]


@check(
    "compose_affine.maps",
    hint="Where do the places (1, 0), (0, 1) and (0, 0) go? They are the columns of the tensor.",
    zh="位置 (1, 0)、(0, 1)、(0, 0) 被送到哪里？它们给出张量的各列。",
)
def test_turning_scaling_moving(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        a, s, tx, ty = draw.uniform(-3.0, 3.0, 4).tolist()
        cos, sin = math.cos(a), math.sin(a)
        compare.same(
            submission.rotation(a), torch.tensor([[cos, -sin, 0], [sin, cos, 0]]), what="rotation(a)", zh="rotation(a)"
        )
        compare.same(submission.scale(s), torch.tensor([[s, 0, 0], [0, s, 0]]), what="scale(s)", zh="scale(s)")
        moved = submission.translation(tx, ty)
        compare.same(
            moved, torch.tensor([[1, 0, tx], [0, 1, ty]]), what="translation(tx, ty)", zh="translation(tx, ty)"
        )


@check(
    "compose_affine.compose_order",
    hint="B comes first: its result goes through A. The movement of B is turned and scaled by A as well.",
    zh="B 在先，它的结果再经过 A。B 的平移也要被 A 旋转和缩放。",
)
def test_first_b_then_a(submission: Any, draw: Draw) -> None:
    for number in range(6):
        dtype = F32 if number == 5 else F64
        A, B = draw.randn(2, 3, dtype=dtype), draw.randn(2, 3, dtype=dtype)
        given = draw.layout(A, number % 3), draw.layout(B, (number + 1) % 3)
        same_or_told(submission.compose(*given), composed(A, B), (TURNED, composed(B, A)))


@check(
    "compose_affine.inverse",
    hint="A map after its inverse moves nothing: what the first one adds, the second one must take away.",
    zh="一个变换接在它的逆变换之后，什么也不动：前一个加上的，后一个必须减去。",
)
def test_a_map_after_its_inverse(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        A = draw.randn(2, 3)
        A[:, :2] += 3 * torch.eye(2, dtype=F64)
        back = torch.linalg.inv(whole(A))[:2]
        eye = torch.eye(3, dtype=F64)[:2]
        compare.same(submission.compose(A, back), eye, what="A after its inverse", zh="A 接在逆变换之后")
        compare.same(submission.compose(back, A), eye, what="the inverse after A", zh="逆变换接在 A 之后")


# STN ----------------------------------------------------------------------------------------------------------------

SIZES = ((6, 6), (9, 4), (5, 8))
STIR = """
with torch.no_grad():
    for number, p in enumerate(layer.parameters()):
        p.add_(0.3 * torch.randn(p.shape, generator=torch.Generator().manual_seed(seed + number), dtype=p.dtype))
layer
"""
SLOPES = """
x.requires_grad_()
layer.zero_grad()
(layer(x) * w).sum().backward()
[[p.grad for p in layer.parameters() if p.grad is not None], x.grad]
"""


def layer_of(submission: Any, size_in: int, size_out: int, seed: int | None = None) -> Any:
    """The student's layer in float64, as it starts, or with weights that were stirred."""
    layer = compare.is_type(submission.STN(size_in, size_out), nn.Module, "STN(...)", "STN(...)")
    layer.double()
    if seed is not None:
        layer = compare.is_type(submission.build(STIR, layer=layer, seed=seed), nn.Module, "STN(...)", "STN(...)")
    return layer


def theta_of(layer: Any, x: Tensor) -> Tensor:
    theta = compare.tensor(layer.theta(x), shape=(len(x), 2, 3), dtype=x.dtype, what="theta(x)", zh="theta(x)")
    return compare.finite(theta, "theta(x)", "theta(x)").detach()


@check(
    "STN.starts_as_identity",
    hint="Before anything is learned the image should come out as it went in: which six numbers are the identity?",
    zh="还什么都没学的时候，图像应当原样出来：哪六个数是恒等变换？",
)
@right_sampling
def test_the_layer_starts_with_the_identity(submission: Any, draw: Draw) -> None:
    for size in (6, 9):
        layer, x = layer_of(submission, size, size), 3 * draw.randn(4, 1, size, size)
        eye = torch.eye(3, dtype=F64)[:2].expand(4, 2, 3)
        compare.same(theta_of(layer, x), eye, what="theta(x) at the start", zh="开始时的 theta(x)")
        compare.same(layer(x), x, what="the image", zh="图像")
    compare.tensor(layer(x[:0]), shape=(0, 1, 9, 9), dtype=F64)


@check(
    "STN.size_change",
    hint="The grid has as many places as the image that comes out has pixels, wherever they are fetched from.",
    zh="输出的图像有多少像素，网格就有多少位置，不论它们取自何处。",
)
@right_sampling
def test_another_size_comes_out(submission: Any, draw: Draw) -> None:
    eye = torch.eye(3, dtype=F64)[:2].expand(3, 2, 3)
    for size_in, size_out in SIZES[1:]:
        x = draw.randn(3, 1, size_in, size_in)
        want = sample_of(x, grid_of(eye, size_out, size_out))
        compare.same(layer_of(submission, size_in, size_out)(x), want, what="the image", zh="图像")


@check(
    "STN.samples_by_theta",
    hint="theta(x) makes the grid, the grid fetches the pixels of x. Nothing else happens to them.",
    zh="theta(x) 给出网格，网格取出 x 的像素。此外什么也不做。",
)
@right_sampling
def test_the_image_is_fetched_by_theta(submission: Any, draw: Draw) -> None:
    for size_in, size_out in SIZES:
        layer = layer_of(submission, size_in, size_out, draw.new_seed() % 2**31)
        x = draw.randn(3, 1, size_in, size_in)
        want = sample_of(x, grid_of(theta_of(layer, x), size_out, size_out))
        compare.same(layer(x), want, what="the image", zh="图像", scale=10)


@check(
    "STN.theta_sees_the_image",
    hint="Each image gets a map of its own, by what is seen in it, and no matter what else is in the batch.",
    zh="每幅图像按自己的内容得到自己的变换，与同批的其他图像无关。",
)
@right_sampling
def test_every_image_gets_its_own_map(submission: Any, draw: Draw) -> None:
    layer, x = layer_of(submission, 7, 5, draw.new_seed() % 2**31), draw.randn(4, 1, 7, 7)
    theta = theta_of(layer, x)
    for number in range(4):
        compare.same(theta_of(layer, x[number : number + 1])[0], theta[number], what="theta of an image alone",
                     zh="单独一幅图像的 theta")  # fmt: skip
    compare.require(
        bool((theta - theta[:1]).abs().amax((1, 2))[1:].min() > 1e-6) and bool((theta.std(0) > 1e-9).all()),
        "with other weights than at the start, theta (or some of its numbers) is the same for all images.",
        "权重不再是初始值时，theta（或其中某些数）对所有图像都相同。",
    )
    other = draw.randn(4, 1, 7, 7)
    bent = theta_of(layer, x + other) - theta - theta_of(layer, other) + theta_of(layer, 0 * x)
    compare.require(
        bool(bent.abs().max() > 1e-9),
        "theta is a linear function of the pixels: the localisation has no hidden layer with a bend.",
        "theta 是像素的线性函数：定位网络没有带非线性的隐藏层。",
    )


@check(
    "STN.theta_gets_gradient",
    hint="The only way to learn leads back through the sampling, the grid and theta: all six numbers take part.",
    zh="学习的唯一途径是穿过采样、网格和 theta 传回来：六个数都要参与。",
)
@right_sampling
def test_all_six_numbers_learn_at_once(submission: Any, draw: Draw) -> None:
    layer, x, w = layer_of(submission, 8, 6), draw.randn(5, 1, 8, 8), draw.randn(5, 1, 6, 6)
    found, slope = compare.items(submission.build(SLOPES, layer=layer, x=x, w=w), 2, list)
    compare.tensor(slope, shape=(5, 1, 8, 8), dtype=F64, what="the gradient of the image", zh="图像的梯度")
    compare.require(bool(slope.abs().max() > 0), "no gradient reaches the image.", "没有梯度到达图像。")
    six = [g for g in compare.items(found, None, list) if tuple(compare.tensor(g).shape) == (6,)]
    six = [g.detach() for g in six if bool((g != 0).any())]  # a hidden layer of six gets none at the start
    compare.require(
        len(six) == 1 and bool((six[0].abs() > 1e-12).all()),
        "at the start, some of the six numbers of theta get no gradient.",
        "一开始，theta 的六个数中有些没有梯度。",
        reason="gradient",
    )
    eye = torch.eye(3, dtype=F64)[:2].repeat(5, 1, 1).requires_grad_()
    (sample_of(x, grid_of(eye, 6, 6)) * w).sum().backward()
    assert eye.grad is not None
    compare.same(
        six[-1].detach(), eye.grad.sum(0).flatten(), what="the gradient of the last bias", zh="最后一层偏置的梯度"
    )
