"""Visible checks of topic 32: small examples, with every number shown. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from autograder.checks import compare
from autograder.checks.datasets import digits
from autograder.checks.marks import check


@check(
    "affine_grid.example",
    hint="The middles are at x = -0.5 and 0.5, y = 0. Then 2 x + 0.5 and x + y.",
    zh="两个中心在 x = -0.5 和 0.5，y = 0。然后是 2 x + 0.5 和 x + y。",
    weight=0.5,
)
def test_two_pixels(submission: Any) -> None:
    got = submission.affine_grid(torch.tensor([[[2.0, 0.0, 0.5], [1.0, 1.0, 0.0]]]), 1, 2)
    compare.same(got, torch.tensor([[[[-0.5, -0.5], [1.5, 0.5]]]]))


@check(
    "bilinear_sample.example",
    hint="The centre is a mixture of all four, the second place of two in the first row; half of the third is outside.",
    zh="正中是四个的混合，第二处是第一行两个的混合，第三处有一半在图像之外。",
    weight=0.5,
)
def test_three_places_in_four_pixels(submission: Any) -> None:
    x = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    got = submission.grid_sample(x, torch.tensor([[[[0.0, 0.0], [0.25, -0.5], [1.0, -0.5]]]]))
    compare.same(got, torch.tensor([[[[2.5, 1.75, 1.0]]]]))


@check(
    "bilinear_sample.picture",
    hint="A picture turned, made larger, moved: rows in the picture are those of your grid.",
    zh="转动、放大、平移后的图像：图中的行就是你的网格的行。",
    needs=["affine_grid.example", "compose_affine.example"],
    weight=0.5,
)
def test_a_digit_is_turned_and_moved(submission: Any, picture: Any) -> None:
    image, shown = digits().train_x[3].view(1, 1, 8, 8), []
    for name, numbers in (("scale", (1.0,)), ("rotation", (0.6,)), ("scale", (0.6,)), ("translation", (0.5, 0.0))):
        theta = compare.tensor(getattr(submission, name)(*numbers), shape=(2, 3), what=name, zh=name)
        grid = compare.tensor(submission.affine_grid(theta[None], 16, 16), shape=(1, 16, 16, 2), what="grid", zh="网格")
        got = compare.tensor(submission.grid_sample(image, grid), shape=(1, 1, 16, 16), what="image", zh="图像")
        shown.append(got.detach()[0, 0])
    picture.images(
        "one-digit-four-maps", torch.stack(shown), columns=4,
        en="A digit fetched by the identity, a rotation by 0.6, scale 0.6 and a translation by (0.5, 0): the picture"
        " moves the opposite way.",
        zh="同一个数字：恒等、旋转 0.6、缩放 0.6、平移 (0.5, 0)。图像朝相反的方向动。",
    )  # fmt: skip


@check(
    "compose_affine.example",
    hint="First twice as large, then one to the right; or first to the right, then all of it twice as large.",
    zh="先放大一倍，再右移 1；或者先右移 1，再整个放大一倍。",
    weight=0.5,
)
def test_moving_after_scaling(submission: Any) -> None:
    move, double = torch.tensor([[1.0, 0, 1], [0, 1, 0]]), torch.tensor([[2.0, 0, 0], [0, 2, 0]])
    compare.same(submission.translation(1.0, 0.0), move, what="translation(1, 0)", zh="translation(1, 0)")
    compare.same(submission.scale(2.0), double, what="scale(2)", zh="scale(2)")
    compare.same(submission.rotation(0.0), torch.tensor([[1.0, 0, 0], [0, 1, 0]]), what="rotation(0)", zh="rotation(0)")
    compare.same(submission.compose(move, double), torch.tensor([[2.0, 0, 1], [0, 2, 0]]))
    compare.same(submission.compose(double, move), torch.tensor([[2.0, 0, 2], [0, 2, 0]]))


@check(
    "STN.example",
    hint="With the identity, each of the four places lies between four pixels: their mean.",
    zh="恒等变换时，四个位置各在四个像素正中：取它们的平均。",
    needs=["affine_grid.example", "bilinear_sample.example"],
    weight=0.5,
)
def test_sixteen_pixels_become_four(submission: Any) -> None:
    layer = compare.is_type(submission.STN(4, 2), nn.Module, "STN(4, 2)", "STN(4, 2)")
    got = layer(torch.arange(16.0).view(1, 1, 4, 4))
    compare.same(got, torch.tensor([[[[2.5, 4.5], [10.5, 12.5]]]]))


@check(
    "train_stn.example",
    hint="A module for logits comes back, in evaluation mode, also from a handful of images.",
    zh="返回的是给出 logits 的模块，处于评估模式；只有几幅图像时也一样。",
    weight=0.5,
)
def test_six_images(submission: Any) -> None:
    X, y = digits().train_x[:6].view(6, 1, 8, 8).repeat(1, 1, 2, 2)[:, :, 1:15, 1:15], digits().train_y[:6]
    for use in (True, False):
        model = submission.train_stn(X.contiguous(), y, use, torch.Generator().manual_seed(0))
        compare.is_type(model, nn.Module, "what train_stn returns", "train_stn 的返回值")
        compare.equal(model.training, False, what="model.training", zh="model.training")
        compare.tensor(model(X), shape=(6, 10), what="the logits", zh="logits")
