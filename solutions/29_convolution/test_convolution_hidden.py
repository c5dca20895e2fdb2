"""Hidden checks of convolution, first part: one kernel on one image. The reference is torch's convolution, on this
side."""

from __future__ import annotations

from typing import Any

import torch.nn.functional as F
from convolution_reference import F64, REFUSED, TURNED, from_scratch, same_or_told
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def corr(x: Tensor, k: Tensor) -> Tensor:
    return F.conv2d(x[None, None], k[None, None])[0, 0]


def same_corr(submission: Any, x: Tensor, k: Tensor) -> None:
    same_or_told(submission.corr2d(x, k), corr(x, k), [(TURNED, corr(x, k.flip(0, 1)))])


@check(
    "corr2d.value",
    hint="The upper left weight meets the upper left pixel of the window: nothing is turned, nothing is swapped.",
    zh="核左上角的权重与窗口左上角的像素相乘：不旋转，不交换。",
)
def test_a_kernel_without_symmetry(submission: Any, draw: Draw) -> None:
    for number in range(12):
        size, small = draw.size(4, 8), draw.size(2, 4)
        x = draw.layout(draw.randn(size, size, dtype=float_type(number)), number)
        same_corr(submission, x, draw.layout(draw.randn(small, small, dtype=float_type(number)), number // 4))


@check(
    "corr2d.non_square",
    hint="There are H - h + 1 places downwards and W - w + 1 to the right. Which of the two does each loop run over?",
    zh="竖直方向有 H - h + 1 个位置，水平方向有 W - w + 1 个。每层循环跑的是哪一个？",
)
def test_rectangles_of_every_kind(submission: Any, draw: Draw) -> None:
    for number in range(20):
        (height, width), (h, w) = draw.sizes(2, 4, 9), draw.sizes(2, 1, 4)
        x = draw.layout(draw.randn(height, width, dtype=float_type(number)), number)
        same_corr(submission, x, draw.randn(h, w, dtype=float_type(number)))


@check(
    "corr2d.kernel_equals_input",
    hint="A kernel as large as the image fits at exactly one place. Do not lose it.",
    zh="核与图像一样大时，恰好有一个位置放得下，别把它丢了。",
)
def test_one_place_is_a_place(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        height, width = draw.sizes(2, 1, 6)
        x, k = draw.randn(height, width), draw.randn(height, width)
        compare.same(submission.corr2d(x, k), (x * k).sum().reshape(1, 1))
        same_corr(submission, x, draw.randn(height, 1))
        same_corr(submission, x, draw.randn(1, width))


@check(
    "corr2d.too_large_raises",
    hint="A window that fits nowhere is an error, in whichever direction it is too large; so is an empty result.",
    zh="哪儿都放不下的窗口就是错误，不论在哪个方向上太大；不要返回空结果。",
)
def test_a_kernel_that_does_not_fit(submission: Any, draw: Draw) -> None:
    height, width = draw.sizes(2, 2, 6)
    for h, w in ((height + 1, 1), (1, width + 1), (height + 3, width + 2)):
        compare.raises(REFUSED, submission.corr2d, draw.randn(height, width), draw.randn(h, w))


@check(
    "corr2d.gradient",
    hint="The result must stay connected to both the image and the kernel: no .item(), no NumPy, no .data.",
    zh="结果必须与图像和核都保持连接：不要用 .item()、NumPy 或 .data。",
)
def test_gradients_of_corr2d(submission: Any, draw: Draw) -> None:
    def inputs(draw: Draw) -> tuple[Tensor, Tensor]:
        return draw.randn(*draw.sizes(2, 3, 5)), draw.randn(*draw.sizes(2, 1, 3))

    gradients.match(submission.corr2d, corr, inputs, draw)


@check("corr2d.input_unchanged", hint="x and k belong to the caller.", zh="x 和 k 是调用者的，不可改动。")
def test_corr2d_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    x, k = draw.randn(5, 6), draw.randn(2, 3)
    seen = submission.observe("corr2d", x, k)
    compare.tensor(seen.result, shape=(4, 4), dtype=F64)
    compare.unchanged(x, seen.args[0], "x")
    compare.unchanged(k, seen.args[1], "k")


@check(
    "corr2d.no_builtin",
    hint="Cut out what the window sees, multiply, add. torch's convolution is what you are building.",
    zh="取出窗口看到的部分，相乘，相加。torch 的卷积正是你要实现的东西。",
    needs=["corr2d.example"],
    weight=2.0,
)
def test_corr2d_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    from_scratch(submission, "corr2d", submission.observe("corr2d", draw.randn(5, 6), draw.randn(2, 3)))
