"""Hidden checks of topic 30, first part: pooling. The reference is torch's own pooling, on this side of the wall."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.describing import is_tensor
from autograder.checks.feedback import CheckFailure, differs
from autograder.checks.marks import check
from autograder.checks.seeding import Draw
from autograder.model.text import Text

F64, F32 = torch.float64, torch.float32
REFUSED = (ValueError, RuntimeError)  # torch itself raises RuntimeError where shapes do not fit
_KINDS = [f"{kind}{n}d" for n in (1, 2, 3) for kind in ("max_pool", "avg_pool", "lp_pool", "adaptive_max_pool",
          "adaptive_avg_pool", "max_unpool", "fractional_max_pool")]  # fmt: skip
_LAYERS = [f"{kind}{n}d" for n in (1, 2, 3) for kind in ("MaxPool", "AvgPool", "LPPool", "AdaptiveMaxPool",
           "AdaptiveAvgPool", "MaxUnpool", "FractionalMaxPool")]  # fmt: skip
READY_MADE = {
    *(f"torch.{name}" for name in _KINDS), *(f"F.{name}" for name in _KINDS), *(f"nn.{name}" for name in _LAYERS),
    *(f"{head}.{name}_with_indices" for head in ("torch", "F") for name in _KINDS), "F.interpolate", "nn.Upsample",
    "F.unfold", "F.fold", "nn.Unfold", "nn.Fold", "torch.nn.modules.*", "torch.ao.*", "torch.quantized_max_pool2d",
    "torch.mkldnn_max_pool2d", "torch.im2col", "torch.col2im", "F.upsample", "scipy.*",
}  # fmt: skip
OPERATIONS = {
    *(f"aten::{name}" for name in _KINDS), *(f"aten::_{name}" for name in _KINDS),
    *(f"aten::{name}_with_indices" for name in _KINDS), "aten::mkldnn_max_pool2d", "aten::im2col", "aten::col2im",
    "aten::quantized_max_pool2d",
}  # fmt: skip
MEAN = Text(" It is the mean of each window, not its largest number.", "这是每个窗口的平均值，不是最大值。")
ZEROS = Text(" The frame takes part as if it were pixels of value 0.", "填充的一圈被当成了值为 0 的像素。")
PRESENT = Text(" It would be right if only the pixels that exist were counted.", "如果只数真实存在的像素，它就是对的。")


def images(draw: Draw, number: int, low: int = 5, high: int = 11) -> Tensor:
    """(N, C, H, W) with all sizes different; every fifth time float32."""
    (n, c), (height, width) = draw.sizes(2, 1, 4), draw.sizes(2, low, high)
    return draw.layout(draw.randn(n, c, height, width, dtype=F32 if number % 5 == 4 else F64), number)


def same_or_told(got: Any, want: Tensor, *ideas: tuple[Text, Tensor]) -> None:
    """compare.same; if it fails and the result is one of the typical wrong ones, say which."""
    try:
        compare.same(got, want)
    except CheckFailure as failure:
        for text, other in ideas:
            alike = is_tensor(got) and got.dtype == other.dtype and got.shape == other.shape
            if alike and differs(got.detach(), other, 1e-3, 1e-5) is None:
                raise CheckFailure(failure.summary + text, failure.values, reason=failure.reason) from None
        raise


def same_max(submission: Any, x: Tensor, k: int, stride: int | None = None, padding: int = 0) -> None:
    zeros = F.max_pool2d(F.pad(x, (padding,) * 4), k, stride)
    got = submission.max_pool2d(x, k, stride, padding)
    mean = F.avg_pool2d(x, k, stride, padding)
    same_or_told(got, F.max_pool2d(x, k, stride, padding), (ZEROS, zeros), (MEAN, mean))


def same_mean(submission: Any, x: Tensor, k: int, stride: int | None = None, padding: int = 0) -> None:
    present = F.avg_pool2d(x, k, stride, padding, count_include_pad=False)
    got = submission.avg_pool2d(x, k, stride, padding)
    same_or_told(got, F.avg_pool2d(x, k, stride, padding), (PRESENT, present))


@check(
    "max_pool2d.value",
    hint="One number per window and channel: the largest. Channels and images do not mix.",
    zh="每个窗口、每个通道一个数：最大的那个。通道之间、图像之间互不相干。",
)
def test_maximum_of_windows_side_by_side(submission: Any, draw: Draw) -> None:
    for number in range(16):
        x = images(draw, number)
        same_max(submission, x, draw.size(1, 4))
    same_max(submission, x, 5)
    compare.same(submission.max_pool2d(x, 2), F.max_pool2d(x, 2))


@check(
    "max_pool2d.stride_ne_kernel",
    hint="Window i begins at row i * stride, whether the windows overlap or leave gaps.",
    zh="第 i 个窗口从第 i * stride 行开始，不论窗口重叠还是留有空隙。",
)
def test_windows_that_overlap_or_leave_gaps(submission: Any, draw: Draw) -> None:
    for number, (k, stride) in enumerate(((3, 2), (2, 1), (2, 3), (3, 1), (4, 3), (1, 2), (1, 3), (3, 5))):
        x = draw.randn(2, 3, 7, 7) if number == 0 else images(draw, number)
        same_max(submission, x, k, stride)
        same_mean(submission, x, k, stride)


@check(
    "max_pool2d.negative_inputs_padding",
    hint="If all pixels are negative, a frame of zeros would win. What must a pixel be that can never win?",
    zh="如果像素全是负的，一圈 0 就会成为最大值。永远赢不了的像素应当是什么值？",
)
def test_the_frame_never_wins(submission: Any, draw: Draw) -> None:
    for number, (k, stride, padding) in enumerate(
        ((2, 2, 1), (3, 2, 1), (3, 1, 1), (4, 3, 2), (5, 4, 2), (3, None, 1))
    ):
        x = -images(draw, number).abs() - 0.1
        same_max(submission, x, k, stride, padding)
        same_max(submission, x * 1e30, k, stride, padding)
        same_max(submission, -x, k, stride, padding)


@check(
    "max_pool2d.odd_size_floor",
    hint="Seven pixels hold three windows of two. The seventh pixel is not used.",
    zh="七个像素放得下三个宽为 2 的窗口，第七个像素不用。",
)
def test_what_is_left_over_is_dropped(submission: Any, draw: Draw) -> None:
    for height, width, k, stride in ((7, 7, 2, None), (7, 8, 3, None), (9, 11, 4, 3), (5, 10, 2, 4), (6, 9, 5, None)):
        x = draw.randn(2, 3, height, width)
        same_max(submission, x, k, stride)
        same_mean(submission, x, k, stride)


@check(
    "max_pool2d.grad",
    hint="The pixel that has won gets the gradient of its window; all others get nothing. Nothing may be lost.",
    zh="获胜的像素得到该窗口的梯度，其余像素什么也得不到；梯度不能丢失。",
)
def test_gradients_go_to_the_winners(submission: Any, draw: Draw) -> None:
    def distinct(draw: Draw) -> Tensor:
        return draw.permutation(2 * 2 * 6 * 7).double().reshape(2, 2, 6, 7) / 20 - 3

    for k, stride, padding in ((2, None, 0), (3, 2, 1)):

        def pooled(x: Tensor, how: Any = (k, stride, padding)) -> Any:
            return submission.max_pool2d(x, *how)

        gradients.match(pooled, lambda x, how=(k, stride, padding): F.max_pool2d(x, *how), distinct, draw, draws=2)
    ties = draw.integers(0, 2, 2, 3, 6, 8).double()
    weights = draw.randn(2, 3, 3, 4)
    (slope,) = gradients.of(lambda x: submission.max_pool2d(x, 2), ties, grad_output=weights)
    slope = compare.tensor(slope, shape=ties.shape, what="the gradient", zh="梯度")
    whole = F.avg_pool2d(slope, 2) * 4
    compare.same(whole, weights, what="the gradient of each window, summed", zh="每个窗口内梯度之和")


@check(
    "max_pool2d.average_value",
    hint="The sum of the window over k * k. The gradient of each window is spread evenly.",
    zh="窗口内的和除以 k * k。每个窗口的梯度平均分给各像素。",
)
def test_means_of_windows(submission: Any, draw: Draw) -> None:
    for number in range(12):
        same_mean(submission, images(draw, number), draw.size(1, 4))
    same_mean(submission, draw.randn(2, 3, 8, 9), 5)
    gradients.match(lambda x: submission.avg_pool2d(x, 3, 2, 1), lambda x: F.avg_pool2d(x, 3, 2, 1),
                    lambda d: d.randn(2, 3, 6, 7), draw, draws=2)  # fmt: skip


@check(
    "max_pool2d.avg_count_include_pad",
    hint="Every window has k * k places, also at the border, where some of them are zeros of the frame.",
    zh="每个窗口都有 k * k 个位置，边缘处也一样，只是其中有些是填充的 0。",
)
def test_the_zeros_of_the_frame_count(submission: Any, draw: Draw) -> None:
    for number, (k, stride, padding) in enumerate(
        ((2, 2, 1), (3, 2, 1), (3, 1, 1), (4, 3, 2), (5, 4, 2), (3, None, 1))
    ):
        same_mean(submission, images(draw, number), k, stride, padding)


@check(
    "max_pool2d.global_average",
    hint="One number for each image and each channel, whatever the size of the image: shape (N, C).",
    zh="每幅图像的每个通道一个数，与图像大小无关：形状是 (N, C)。",
)
def test_one_number_per_channel(submission: Any, draw: Draw) -> None:
    for number in range(8):
        x = images(draw, number, 1, 8)
        compare.same(submission.global_avg_pool(x), x.sum((2, 3)) / (x.shape[2] * x.shape[3]))
    compare.same(submission.global_avg_pool(torch.zeros(0, 3, 4, 5)), torch.zeros(0, 3))
    gradients.match(submission.global_avg_pool, lambda x: x.mean((2, 3)), lambda d: d.randn(2, 3, 4, 5), draw, draws=2)


@check(
    "max_pool2d.empty_batch",
    hint="No images in, no images out, but with the right shape.",
    zh="没有图像进来，就没有图像出去，但形状要对。",
)
def test_no_images(submission: Any, draw: Draw) -> None:
    x = draw.randn(0, 3, 7, 8)
    same_max(submission, x, 3, 2, 1)
    same_mean(submission, x, 2)


@check(
    "max_pool2d.refuses",
    hint="A window that fits nowhere, or that could see nothing but the frame, is an error.",
    zh="哪儿都放不下的窗口，或者可能只看到填充的窗口，都应当报错。",
)
def test_windows_that_make_no_sense(submission: Any, draw: Draw) -> None:
    x = draw.randn(2, 3, 4, 6)
    for pool in (submission.max_pool2d, submission.avg_pool2d):
        for k, padding in ((2, 2), (3, 2), (1, 1), (4, 3), (5, 0), (7, 1)):
            compare.raises(REFUSED, pool, x, k, 1, padding)
    same_max(submission, x, 4, 1)  # exactly fits: one row
    same_max(submission, x, 6, 1, 1)
    same_mean(submission, x, 6, 1, 1)


@check("max_pool2d.input_unchanged", hint="x belongs to the caller.", zh="x 是调用者的，不可改动。")
def test_pooling_leaves_x_alone(submission: Any, draw: Draw) -> None:
    x = draw.randn(2, 3, 5, 6)
    for name, args in (("max_pool2d", (2,)), ("max_pool2d", (3, 2, 1)), ("avg_pool2d", (2,)), ("global_avg_pool", ())):
        seen = submission.observe(name, x, *args)
        compare.tensor(seen.result, dtype=F64)
        compare.unchanged(x, seen.args[0], "x")


SLACK = 4  # a copy more or less, where an operation decides so by the sizes


@check(
    "max_pool2d.no_python_loop",
    hint="Loop over the few places of the window if you like; images, channels and pixels never need a loop.",
    zh="可以对窗口内的几个位置循环；图像、通道、像素都不需要循环。",
    needs=["max_pool2d.example", "max_pool2d.example_average"],
)
def test_larger_images_take_no_more_operations(submission: Any, draw: Draw) -> None:
    for name, args in (("max_pool2d", (3, 2, 1)), ("avg_pool2d", (3, 2, 1)), ("global_avg_pool", ())):
        counts = []
        for shape in ((2, 3, 6, 7), (12, 3, 6, 7), (2, 15, 6, 7), (2, 3, 24, 7), (2, 3, 6, 27)):
            seen = submission.observe(name, draw.randn(*shape), *args)
            compare.tensor(seen.result, dtype=F64)
            counts.append(seen.op_count)
        for count in counts[1:]:
            source_rules.vectorised(counts[0], count, slack=SLACK)


@check(
    "max_pool2d.no_builtin",
    hint="Slices or Tensor.unfold, then a maximum or a mean. torch's pooling is what you are building.",
    zh="用切片或 Tensor.unfold，再取最大值或平均值。torch 的汇聚正是你要实现的东西。",
    needs=["max_pool2d.example", "max_pool2d.example_average"],
    weight=3.0,
)
def test_pooling_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    x = draw.randn(2, 3, 6, 7)
    for name, args in (("max_pool2d", (3, 2, 1)), ("avg_pool2d", (3, 2, 1)), ("global_avg_pool", ())):
        source_rules.forbid_names(submission.source, READY_MADE, within=name)
        source_rules.forbid_ops(submission.observe(name, x, *args), OPERATIONS)
