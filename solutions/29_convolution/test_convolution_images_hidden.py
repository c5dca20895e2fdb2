"""Hidden checks of convolution: batches of images with channels, any stride and any padding."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from convolution_reference import F32, F64, REFUSED, Case, case, from_scratch, same_conv
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def asked(submission: Any, one: Case) -> Any:
    return submission.conv2d(one.x, one.w, one.b, one.stride, one.padding)


@check(
    "conv2d.value",
    hint="Each output channel has a kernel for every input channel; their products all go into one sum. Then the bias.",
    zh="每个输出通道对每个输入通道都有一个核，所有乘积加成一个和，最后加偏置。",
)
def test_channels_and_bias(submission: Any, draw: Draw) -> None:
    for number in range(20):
        one = case(draw, number)
        same_conv(submission.conv2d(one.x, one.w, one.b), one)
    same_conv(submission.conv2d(one.x, one.w), Case(one.x, one.w, None, 1, 0))


@check(
    "conv2d.stride2_pad1",
    hint="Zeros around the image first; window i begins at row i * stride. What is left over at the end is dropped.",
    zh="先在图像四周补 0；第 i 个窗口从第 i * stride 行开始；末尾剩下的不用。",
)
def test_stride_and_padding_together(submission: Any, draw: Draw) -> None:
    for number in range(12):
        one = case(draw, number, stride=2, padding=1)
        same_conv(asked(submission, one), one)


@check(
    "conv2d.any_stride_padding",
    hint="Any stride, any padding, each without the other: nothing in the formula is made for 1 or 2.",
    zh="任意步幅、任意填充，可以只有其一：公式里没有什么是专为 1 或 2 写的。",
)
@pytest.mark.parametrize(("stride", "padding"), [(3, 0), (1, 2), (2, 3), (4, 1), (7, 2)])
def test_other_strides_and_paddings(submission: Any, draw: Draw, stride: int, padding: int) -> None:
    for number in range(4):
        one = case(draw, number, stride=stride, padding=padding)
        same_conv(asked(submission, one), one)


@check(
    "conv2d.kernel1x1",
    hint="A kernel of 1 x 1 mixes the channels of each pixel, and no pixel hears of another.",
    zh="1×1 的核只混合每个像素自己的各个通道，像素之间互不影响。",
)
def test_a_window_of_one_pixel(submission: Any, draw: Draw) -> None:
    for number in range(4):
        n, channels, outputs, height, width = draw.sizes(5, 2, 7)
        x, w, b = draw.randn(n, channels, height, width), draw.randn(outputs, channels), draw.randn(outputs)
        want = (x.movedim(1, 3) @ w.T + b).movedim(3, 1)[:, :, :: 1 + number % 2, :: 1 + number % 2]
        compare.same(submission.conv2d(x, w[:, :, None, None], b, stride=1 + number % 2), want)


@check(
    "conv2d.noncontiguous",
    hint="Neighbours in an image need not be neighbours in memory. view and as_strided believe they are.",
    zh="图像中的邻居在内存里不一定相邻，而 view 和 as_strided 会当它们相邻。",
)
def test_images_in_any_memory_layout(submission: Any, draw: Draw) -> None:
    for number in range(4):
        one = case(draw, number, stride=1 + number % 2, padding=number // 2)
        for x in (
            one.x.transpose(2, 3),
            one.x.contiguous(memory_format=torch.channels_last),
            draw.noncontiguous(one.x),
        ):
            turned = Case(x, one.w.contiguous(memory_format=torch.channels_last), one.b, one.stride, one.padding)
            same_conv(asked(submission, turned), turned)


@check(
    "conv2d.asymmetric_kernel",
    hint="A single 1 in the kernel copies the image, shifted. In which direction?",
    zh="核里只有一个 1 时，结果是平移后的图像。往哪个方向移？",
)
def test_a_kernel_with_a_single_one(submission: Any, draw: Draw) -> None:
    h, w = draw.sizes(2, 2, 4)
    for p, q in ((0, w - 1), (h - 1, 0), (0, 0), (h - 1, w - 1)):
        x, kernel = draw.randn(2, 1, h + 3, w + 5), torch.zeros(1, 1, h, w, dtype=F64)
        kernel[0, 0, p, q] = 1
        one = Case(x, kernel, None, 1, 0)
        same_conv(submission.conv2d(x, kernel), one)
        compare.same(submission.conv2d(x, kernel), x[:, :, p : p + 4, q : q + 6])


@check(
    "conv2d.empty_batch",
    hint="No images in, no images out, but with the right shape: nothing needs to be known of the first image.",
    zh="没有图像进来，就没有图像出去，但形状要对：不必知道第一幅图像是什么样。",
)
def test_no_images(submission: Any, draw: Draw) -> None:
    for stride, padding in ((1, 0), (2, 1)):
        channels, outputs, height, width = draw.sizes(4, 3, 7)
        one = Case(draw.randn(0, channels, height, width), draw.randn(outputs, channels, 2, 3), draw.randn(outputs),
                   stride, padding)  # fmt: skip
        same_conv(asked(submission, one), one)


@check(
    "conv2d.refuses",
    hint="One channel would broadcast to all, and a window that fits nowhere would give nothing: refuse both.",
    zh="单个通道会被广播到所有通道，放不下的窗口会得到空结果：遇到这些情况应当报错。",
)
def test_shapes_that_do_not_meet(submission: Any, draw: Draw) -> None:
    x = draw.randn(2, 3, 4, 5)
    for channels, h, w, padding in ((1, 2, 2, 0), (2, 2, 2, 1), (3, 5, 1, 0), (3, 1, 6, 0), (3, 7, 2, 1), (3, 2, 8, 1)):
        compare.raises(REFUSED, submission.conv2d, x, draw.randn(2, channels, h, w), None, 1, padding)
    compare.raises(REFUSED, submission.conv2d, x[:, :1], draw.randn(2, 3, 2, 2))
    one = Case(x, draw.randn(2, 3, 6, 7), None, 1, 1)  # exactly fits: one place
    same_conv(asked(submission, one), one)


@check(
    "conv2d.gradcheck",
    hint="The result must stay connected to x, w and b: no NumPy, no .data, no detach() on the way.",
    zh="结果必须与 x、w、b 都保持连接：途中不要用 NumPy、.data 或 detach()。",
)
def test_gradients_of_conv2d(submission: Any, draw: Draw) -> None:
    for stride, padding in ((1, 0), (2, 1)):

        def layer(x: Tensor, w: Tensor, b: Tensor, s: int = stride, p: int = padding) -> Any:
            return submission.conv2d(x, w, b, s, p)

        def reference(x: Tensor, w: Tensor, b: Tensor, s: int = stride, p: int = padding) -> Tensor:
            return F.conv2d(x, w, b, s, p)

        def inputs(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
            return draw.randn(2, 3, 4, 5), draw.randn(2, 3, 3, 2), draw.randn(2)

        gradients.match(layer, reference, inputs, draw, draws=2)
        gradients.gradcheck(layer, inputs(draw), fast=True)


@check("conv2d.input_unchanged", hint="x, w and b belong to the caller.", zh="x、w、b 是调用者的，不可改动。")
def test_conv2d_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    for padding in (0, 1):
        args = (draw.randn(2, 3, 5, 6), draw.randn(2, 3, 2, 3), draw.randn(2))
        seen = submission.observe("conv2d", *args, padding=padding)
        compare.tensor(seen.result, dtype=F64)
        for before, after, name in zip(args, seen.args, "xwb", strict=True):
            compare.unchanged(before, after, name)


SLACK = 4  # a copy more or less, where reshape or einsum decide so by the sizes


def count(submission: Any, draw: Draw, n: int, channels: int, outputs: int, height: int, width: int) -> Any:
    x, w, b = draw.randn(n, channels, height, width), draw.randn(outputs, channels, 3, 2), draw.randn(outputs)
    seen = submission.observe("conv2d", x, w, b, padding=1)
    compare.same(seen.result, F.conv2d(x, w, b, padding=1))
    return seen.op_count


@check(
    "conv2d.no_python_loop_over_batch",
    hint="All images go through the same operations at once: the first dimension is only carried along.",
    zh="所有图像同时经过同样的运算：第一维只是一路带着走。",
    needs=["conv2d.example"],
)
def test_more_images_take_no_more_operations(submission: Any, draw: Draw) -> None:
    few, many = (count(submission, draw, n, 3, 4, 6, 5) for n in (2, 12))
    source_rules.vectorised(few, many, slack=SLACK)


@check(
    "conv2d.no_python_loop_over_pixels",
    hint="Loop over the few places of the kernel if you like; a pixel, a channel, an output map never needs a loop.",
    zh="可以对核内的几个位置循环；像素、通道、输出图都不需要循环。",
    needs=["conv2d.example"],
)
def test_larger_images_take_no_more_operations(submission: Any, draw: Draw) -> None:
    small = count(submission, draw, 2, 3, 4, 6, 5)
    for sizes in ((2, 9, 4, 6, 5), (2, 3, 11, 6, 5), (2, 3, 4, 12, 5), (2, 3, 4, 6, 15)):
        source_rules.vectorised(small, count(submission, draw, *sizes), slack=SLACK)


@check(
    "conv2d.no_builtin",
    hint="Slices or Tensor.unfold, then one einsum or matmul. torch's convolution is what you are building.",
    zh="用切片或 Tensor.unfold，再用一次 einsum 或矩阵乘法。torch 的卷积正是你要实现的东西。",
    needs=["conv2d.example"],
    weight=3.0,
)
def test_conv2d_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    w, b = draw.randn(2, 3, 2, 3), draw.randn(2)
    calls = [(draw.randn(n, 3, 5, 6), w, b, 1 + n % 2, n % 3, ) for n in range(1, 4)]  # fmt: skip
    from_scratch(submission, "conv2d", *(submission.observe("conv2d", *args) for args in calls))


@check(
    "conv2d.float32",
    hint="New tensors take the dtype of x. In float32, too, the sum of many products stays close.",
    zh="新建张量时用 x 的数据类型。在 float32 下，许多乘积的和也应当足够准确。",
)
def test_single_precision(submission: Any, draw: Draw) -> None:
    x, w, b = draw.randn(2, 16, 9, 8, dtype=F32), draw.randn(3, 16, 4, 4, dtype=F32), draw.randn(3, dtype=F32)
    want = F.conv2d(x.double(), w.double(), b.double(), 2, 1).float()
    compare.same(submission.conv2d(x, w, b, 2, 1), want, scale=4)
