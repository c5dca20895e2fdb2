"""Visible checks of topic 30: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "max_pool2d.example",
    hint="Without a stride one window of 2 x 2 fits; with stride 1 there are four. Take the largest number in each.",
    zh="不给步幅时只放得下一个 2×2 的窗口；步幅为 1 时有四个。各取最大的数。",
    weight=0.5,
)
def test_the_largest_of_each_window(submission: Any) -> None:
    x = torch.tensor([[[[1.0, 5.0, 2.0], [4.0, 3.0, 0.0], [-1.0, -2.0, -3.0]]]])
    compare.same(submission.max_pool2d(x, 2), torch.tensor([[[[5.0]]]]), what="max_pool2d(x, 2)", zh="max_pool2d(x, 2)")
    what = "max_pool2d(x, 2, stride=1)"
    compare.same(submission.max_pool2d(x, 2, stride=1), torch.tensor([[[[5.0, 5.0], [4.0, 3.0]]]]), what=what, zh=what)


@check(
    "max_pool2d.example_average",
    hint="Each window sees one pixel and three zeros of the frame, and the zeros count: divide by 4.",
    zh="每个窗口看到一个像素和填充的三个 0，这些 0 也算数：除以 4。",
    weight=0.5,
)
def test_the_mean_with_a_frame(submission: Any) -> None:
    x = torch.tensor([[[[4.0, 8.0], [12.0, 16.0]]]])
    compare.same(submission.avg_pool2d(x, 2, padding=1), torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]]), what="avg_pool2d")
    compare.same(submission.global_avg_pool(x), torch.tensor([[10.0]]), what="global_avg_pool", zh="global_avg_pool")


@check(
    "receptive_field.3x3_twice",
    hint="A number behind two 3 x 3 layers sees three numbers in a row, and each of them sees three pixels. Draw it.",
    zh="两个 3×3 层之后的一个数，看到一行中的三个数，它们又各看到三个像素。画出来看看。",
    weight=0.5,
)
def test_two_small_kernels_see_five_pixels(submission: Any) -> None:
    for layers, want in (([(3, 1), (3, 1)], 5), ([(3, 2), (3, 1)], 7)):
        what = f"receptive_field({layers})"
        compare.equal(submission.receptive_field(layers), want, what=what, zh=what)


THREE_MEANS = "nn.Sequential(nn.AvgPool2d(3, 1, 1), nn.AvgPool2d((5, 3), 1, (2, 1)), nn.AvgPool2d(3, 1, 1))"


def draw_field(submission: Any, picture: Any) -> None:
    """How much each pixel counts for the one in the middle after three layers, as far as the student's box reaches."""
    box = compare.items(submission.empirical_rf(submission.build(THREE_MEANS), 15), 2, tuple, "the box", "方框")
    rows, columns = (max(0, min(compare.is_type(size, int, "the box", "方框"), 15)) for size in box)
    x = torch.zeros(1, 1, 15, 15)
    x[0, 0, 7, 7] = 1.0
    for kernel in (3, (5, 3), 3):
        size = torch.tensor(kernel).expand(2).tolist()
        x = nn.functional.avg_pool2d(x, size, 1, [one // 2 for one in size])
    place = (torch.arange(15) - 7).abs()
    inside = (place[:, None] <= rows / 2) & (place <= columns / 2)
    picture.matrix(
        "field", x[0, 0].where(inside, torch.nan), equal=True, x="column", y="row",
        en="How much each pixel of 15 x 15 counts for the output in the middle, after three layers of means. Coloured"
        " is your box: it should hold all that counts, and no more. Most of it hardly counts.",
        zh="经过三层平均之后，15 x 15 中每个像素对中间那个输出有多大影响。着色部分是你的方框："
        "它应当包住所有起作用的像素，一格也不多。其中大多数几乎不起作用。",
    )  # fmt: skip


@check(
    "empirical_rf.example",
    hint="Nine weights, two apart: the first and the last pixel with a gradient are 5 apart, both included.",
    zh="九个权重，彼此相隔 2：有梯度的第一个与最后一个像素之间（含两端）共 5 格。",
    weight=0.5,
)
def test_the_box_of_a_dilated_kernel(submission: Any, picture: Any) -> None:
    draw_field(submission, picture)
    model = submission.build("nn.Conv2d(1, 1, (3, 1), dilation=2)")
    compare.equal(submission.empirical_rf(model, 9), (5, 1), what="the box", zh="方框")


@check(
    "conv_as_matrix.example",
    hint="Each row is the kernel, one place further to the right than in the row above.",
    zh="每一行都是这个核，比上一行右移一格。",
    weight=0.5,
)
def test_a_small_matrix(submission: Any) -> None:
    want = torch.tensor([[1.0, 2.0, 0.0, 0.0], [0.0, 1.0, 2.0, 0.0], [0.0, 0.0, 1.0, 2.0]])
    compare.same(submission.conv1d_matrix(torch.tensor([1.0, 2.0]), 4), want, what="the matrix", zh="矩阵")
    compare.number(submission.param_ratio(2, 4), 6.0, 1e-9, 1e-9, what="param_ratio(2, 4)", zh="param_ratio(2, 4)")


@check(
    "equivariance_report.example",
    hint="Sorting pays no attention to places: f(S x) is (1, 2, 4), but S f(x) is (4, 1, 2).",
    zh="排序不理会位置：f(S x) 是 (1, 2, 4)，而 S f(x) 是 (4, 1, 2)。",
    weight=0.5,
)
def test_multiplying_and_sorting(submission: Any) -> None:
    x = torch.tensor([[[[1.0, 2.0, 4.0]]]])
    for source, want in (("lambda x: 10 * x", 0.0), ("lambda x: x.sort().values", 3.0)):
        got = submission.shift_error(submission.build(source), x, (0, 1))
        compare.number(got, want, 1e-6, 1e-6, what="the error", zh="误差")


@check(
    "equivariance_report.example_logits",
    hint="Return the trained network itself. It takes any number of images and gives ten logits for each.",
    zh="返回训练好的网络本身。它接受任意多幅图像，每幅给出十个 logits。",
    weight=0.5,
)
def test_a_network_comes_back(submission: Any) -> None:
    X = torch.zeros(20, 1, 12, 12)
    X[:, 0, 3:6, 4:9] = torch.linspace(0, 1, 300).view(20, 3, 5)
    model = submission.train_shifted(X, torch.arange(20) % 10, torch.Generator().manual_seed(0))
    compare.is_type(model, torch.nn.Module, "the result", "结果")
    compare.tensor(model(X[:3]), shape=(3, 10), dtype=torch.float32, what="the logits", zh="logits")
