"""Hidden checks of convolution: shapes and parameters counted, and kernels of one pixel."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from convolution_reference import F64, from_scratch, same_or_told
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type
from autograder.model.text import Text

# out_shape_params -----------------------------------------------------------------------------------------------------


def places(n: int, k: int, s: int, p: int, d: int) -> int:
    """Counted, not calculated: the starts from which the whole window lies on the padded image."""
    return sum(start + d * (k - 1) < n + 2 * p for start in range(0, n + 2 * p, s))


@check(
    "out_shape_params.vs_torch",
    hint="The window spans d * (k - 1) + 1 pixels; padding is on both sides; the first place counts, too.",
    zh="窗口跨 d * (k - 1) + 1 个像素；两侧都有填充；第一个位置也要算上。",
)
def test_a_hundred_layers(submission: Any, draw: Draw) -> None:
    tried = 0
    while tried < 100:
        n, k, s, p, d = (draw.size(1, top) for top in (40, 7, 5, 4, 3))
        p, d = p - 1, d if tried % 2 else 1
        if (want := places(n, k, s, p, d)) > 0:
            args = (n, k, s, p, d) if d > 1 else (n, k, s, p)
            compare.equal(submission.conv_out(*args), want, what="the size", zh="尺寸")
            tried += 1


@check(
    "out_shape_params.floor",
    hint="A window needs all of its pixels: what is left over makes no further place. And the size is an int.",
    zh="窗口需要它的全部像素：剩余的部分凑不出新位置。而且尺寸是 int。",
)
def test_what_is_left_over_is_dropped(submission: Any, draw: Draw) -> None:
    for s in range(2, 7):
        for rest in (0, 1, s - 1):
            k, p = draw.size(1, 5), draw.size(0, 3)
            n = 2 * p + k + s * draw.size(1, 6) + rest  # n + 2p - k = whole strides + rest + 4p
            compare.equal(submission.conv_out(n, k, s, p), places(n, k, s, p, 1), what="the size", zh="尺寸")


@check(
    "out_shape_params.does_not_fit",
    hint="One place is the least there is. If the window is wider than the image with its frame, say so.",
    zh="最少也有一个位置。如果窗口比填充后的图像还宽，就要报错。",
)
def test_a_window_without_a_place(submission: Any, draw: Draw) -> None:
    for s in (1, 2, 5):
        k, p, d = draw.size(4, 7), draw.size(0, 1), draw.size(1, 3)
        exact = d * (k - 1) + 1 - 2 * p
        compare.equal(submission.conv_out(exact, k, s, p, d), 1, what="the size", zh="尺寸")
        compare.raises(ValueError, submission.conv_out, exact - 1, k, s, p, d)
        compare.raises(ValueError, submission.conv_out, 1, k + 5, s, 0, d)


@check(
    "out_shape_params.params",
    hint="O kernels, each with k * k weights for every one of the C channels. The size of the image plays no part.",
    zh="O 个核，每个核对 C 个通道各有 k * k 个权重。与图像大小无关。",
)
def test_weights_are_counted(submission: Any, draw: Draw) -> None:
    for _ in range(10):
        channels, outputs, k = draw.sizes(3, 1, 30)
        got = submission.conv_params(channels, outputs, k, False)
        compare.equal(
            got, sum(1 for _ in range(outputs)) * channels * k**2, what="the number of weights", zh="参数个数"
        )


@check(
    "out_shape_params.bias_counted",
    hint="One bias for each output channel: not one for the layer, not one for each kernel plane.",
    zh="每个输出通道一个偏置：不是整层一个，也不是每个通道平面一个。",
)
def test_biases_are_counted(submission: Any, draw: Draw) -> None:
    for _ in range(10):
        channels, outputs, k = draw.sizes(3, 2, 30)
        got = submission.conv_params(channels, outputs, k, True)
        compare.equal(got, channels * outputs * k * k + outputs, what="the number of weights", zh="参数个数")


# conv1x1_matmul -------------------------------------------------------------------------------------------------------


def mixed(x: Tensor, w: Tensor) -> Tensor:
    return F.conv2d(x, w[:, :, None, None])


ORDER = Text(
    " The numbers of x were cut into groups of C as they lie in memory, but the channels of a pixel do not lie side by"
    " side there.",
    "x 的数按内存次序每 C 个分成了一组，可是同一像素的各个通道在内存里并不相邻。",
)


def blind(x: Tensor, w: Tensor) -> Tensor:
    n, c, height, width = x.shape
    return (x.reshape(-1, c) @ w.T).reshape(n, height, width, len(w)).movedim(3, 1)


def blinder(x: Tensor, w: Tensor) -> Tensor:
    n, c, height, width = x.shape
    return (x.reshape(-1, c) @ w.T).reshape(n, len(w), height, width)


def same_mix(submission: Any, x: Tensor, w: Tensor) -> None:
    same_or_told(submission.conv1x1(x, w), mixed(x, w), [(ORDER, blind(x, w)), (ORDER, blinder(x, w))])


@check(
    "conv1x1_matmul.value",
    hint="One matrix, applied to the vector of channels of every pixel of every image.",
    zh="同一个矩阵，作用在每幅图像每个像素的通道向量上。",
)
def test_channels_are_mixed(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, channels, outputs, height, width = draw.sizes(5, 1, 7)
        x = draw.randn(n, channels, height, width, dtype=float_type(number))
        same_mix(submission, x, draw.layout(draw.randn(outputs, channels, dtype=x.dtype), number))


@check(
    "conv1x1_matmul.channel_order",
    hint="The last dimension of x is the column, not the channel. Move a dimension before you change the shape.",
    zh="x 的最后一维是列，不是通道。改变形状之前，先移动维度。",
)
def test_channels_stay_channels(submission: Any, draw: Draw) -> None:
    for size in (2, 3, 4):  # all sizes alike: every reshape fits
        same_mix(submission, draw.randn(size, size, size, size), draw.randn(size, size))
        marked = torch.zeros(2, 3, 4, 5, dtype=F64)
        marked[:, 1] = 1 + draw.uniform(0, 1, 2, 4, 5)
        same_mix(submission, marked, draw.randn(4, 3))


@check(
    "conv1x1_matmul.noncontiguous",
    hint="view needs memory without gaps; reshape and flatten do not.",
    zh="view 要求内存连续，reshape 和 flatten 不要求。",
)
def test_channels_in_any_memory_layout(submission: Any, draw: Draw) -> None:
    n, channels, outputs, height, width = draw.sizes(5, 2, 7)
    x, w = draw.randn(n, channels, height, width), draw.randn(channels, outputs).T
    for one in (x.transpose(2, 3), draw.noncontiguous(x), draw.expanded(x), x.movedim(0, 3).contiguous().movedim(3, 0)):
        same_mix(submission, one, w)
    same_mix(submission, x.contiguous(memory_format=torch.channels_last), w)


@check(
    "conv1x1_matmul.empty_batch",
    hint="-1 in a shape can't be found out where there are no numbers.",
    zh="没有元素时，形状里的 -1 无法推断。",
)
def test_no_pixels(submission: Any, draw: Draw) -> None:
    same_mix(submission, draw.randn(0, 3, 4, 5), draw.randn(2, 3))


@check(
    "conv1x1_matmul.gradient",
    hint="The result must stay connected to x and w.",
    zh="结果必须与 x 和 w 保持连接。",
)
def test_gradients_of_conv1x1(submission: Any, draw: Draw) -> None:
    gradients.match(submission.conv1x1, mixed, lambda d: (d.randn(2, 3, 4, 5), d.randn(4, 3)), draw, draws=2)


@check("conv1x1_matmul.input_unchanged", hint="x and w belong to the caller.", zh="x 和 w 是调用者的，不可改动。")
def test_conv1x1_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    x, w = draw.randn(2, 3, 4, 5), draw.randn(3, 3)
    seen = submission.observe("conv1x1", x, w)
    compare.tensor(seen.result, shape=(2, 3, 4, 5), dtype=F64)
    compare.unchanged(x, seen.args[0], "x")
    compare.unchanged(w, seen.args[1], "w")


@check(
    "conv1x1_matmul.one_matmul",
    hint="Multiply two matrices: no loop, no product of all pairs that is summed later, no ready-made convolution.",
    zh="两个矩阵相乘：不用循环，不先算出所有乘积再求和，也不用现成的卷积。",
    needs=["conv1x1_matmul.example"],
    weight=2.0,
)
def test_one_multiplication_does_it(submission: Any, draw: Draw) -> None:
    small = submission.observe("conv1x1", draw.randn(2, 3, 6, 7), draw.randn(4, 3))
    from_scratch(submission, "conv1x1", small)
    for n, channels, outputs, height, width in ((12, 3, 4, 6, 7), (2, 9, 13, 6, 7), (2, 3, 4, 15, 17)):
        x, w = draw.randn(n, channels, height, width), draw.randn(outputs, channels)
        seen = submission.observe("conv1x1", x, w)
        compare.same(seen.result, mixed(x, w))
        source_rules.vectorised(small.op_count, seen.op_count, slack=4)
        most = n * height * width * max(channels, outputs)
        compare.require(
            type(seen.largest) is int and seen.largest <= most,
            "on the way stands a tensor larger than x and the result: multiply and sum in one operation, by a matmul.",
            "中间出现了比 x 和结果都大的张量：乘与加应当由一次矩阵乘法完成。",
            reason="memory",
        )
