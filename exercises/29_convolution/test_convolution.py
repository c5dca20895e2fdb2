"""Visible checks of topic 29: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


def draw_coast(submission: Any, picture: Any) -> None:
    """An island, and what two of Ida's cards find on the map."""
    y, x = torch.meshgrid(torch.linspace(-1, 1, 30), torch.linspace(-1, 1, 46), indexing="ij")
    wobble = 0.15 * torch.sin(5 * torch.atan2(y, x)) + 0.1 * torch.sin(9 * x)
    chart = ((x**2 + y**2).sqrt() < 0.65 + wobble).float()
    card = torch.tensor([[1.0, -1.0]])
    across, down = submission.corr2d(chart, card), submission.corr2d(chart, card.T)
    across = compare.tensor(across, shape=(30, 45), dtype=torch.float32, what="the edges", zh="边缘").detach()[:29]
    down = compare.tensor(down, shape=(29, 46), dtype=torch.float32, what="the edges", zh="边缘").detach()[:, :45]
    picture.images(
        "coast", torch.stack([chart[:29, :45], across, down, torch.maximum(across.abs(), down.abs())]), columns=2,
        en="A map, what your corr2d finds with the card (+1, -1), with the card upright, and both without their signs:"
        " the coast.",
        zh="一张地图；你的 corr2d 用纸片 (+1, -1) 找到的；把纸片竖起来找到的；以及两者去掉正负号合在一起：海岸线。",
    )  # fmt: skip


@check(
    "corr2d.example",
    hint="Put the kernel on the upper left corner, multiply what lies on each other, add. Then move it by one.",
    zh="把核放在左上角，把重叠的数相乘再相加；然后移动一格。",
    weight=0.5,
)
def test_four_places_of_a_small_kernel(submission: Any, picture: Any) -> None:
    draw_coast(submission, picture)
    x = torch.tensor([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]])
    k = torch.tensor([[1.0, 0.0], [2.0, -1.0]])
    compare.same(submission.corr2d(x, k), torch.tensor([[0.0, 1.0], [4.0, 0.0]]))


@check(
    "conv2d.example",
    hint="Two channels: one sum over both of them, and the bias once.",
    zh="两个通道：对两个通道一起求一个和，偏置只加一次。",
    weight=0.5,
)
def test_two_channels_and_one_place(submission: Any) -> None:
    x = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]], [[2.0, 1.0], [1.0, 0.0]]]])
    w = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]], [[1.0, 1.0], [0.0, -2.0]]]])
    compare.same(submission.conv2d(x, w, torch.tensor([0.5])), torch.tensor([[[[33.5]]]]))


@check(
    "conv2d.example_stride_padding",
    hint="Draw the frame of zeros first. With stride 2 each of the four windows sees one corner pixel.",
    zh="先画出一圈 0。步幅为 2 时，四个窗口各看到一个角上的像素。",
    weight=0.5,
)
def test_four_corners(submission: Any) -> None:
    x = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]], [[2.0, 1.0], [1.0, 0.0]]]])
    w = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]], [[1.0, 1.0], [0.0, -2.0]]]])
    want = torch.tensor([[[[0.5, 6.5], [7.5, 4.5]]]])
    compare.same(submission.conv2d(x, w, torch.tensor([0.5]), stride=2, padding=1), want)


@check(
    "conv2d_backward.example",
    hint="The 2 in the middle was seen twice: with weight -1 by the first window and with weight 2 by the second.",
    zh="中间的 2 被看到两次：第一个窗口用权重 -1，第二个窗口用权重 2。",
    weight=0.5,
)
def test_three_pixels_and_two_windows(submission: Any) -> None:
    x, w = torch.tensor([[[[1.0, 2.0, 3.0]]]]), torch.tensor([[[[2.0, -1.0]]]])
    got = submission.conv2d_backward(torch.tensor([[[[1.0, 10.0]]]]), x, w, 1, 0)
    dx, dw, db = compare.items(got, 3, tuple)
    compare.same(dx, torch.tensor([[[[2.0, 19.0, -10.0]]]]), what="dx", zh="dx")
    compare.same(dw, torch.tensor([[[[21.0, 32.0]]]]), what="dw", zh="dw")
    compare.same(db, torch.tensor([11.0]), what="db", zh="db")


@check(
    "out_shape_params.example",
    hint="Count the places of the first pixel of the window. And each kernel has k * k weights for every channel.",
    zh="数一数窗口左上角可以放在哪些位置。另外，每个核对每个通道都有 k * k 个权重。",
    weight=0.5,
)
def test_sizes_and_weights_by_hand(submission: Any) -> None:
    compare.equal(submission.conv_out(8, 3, 1, 1), 8, what="conv_out(8, 3, 1, 1)", zh="conv_out(8, 3, 1, 1)")
    compare.equal(submission.conv_out(8, 3, 2, 1), 4, what="conv_out(8, 3, 2, 1)", zh="conv_out(8, 3, 2, 1)")
    compare.equal(
        submission.conv_out(10, 3, 1, 0, 2), 6, what="conv_out(10, 3, 1, 0, 2)", zh="conv_out(10, 3, 1, 0, 2)"
    )
    what = "conv_params(3, 16, 5, True)"
    compare.equal(submission.conv_params(3, 16, 5, True), 1216, what=what, zh=what)


@check(
    "conv1x1_matmul.example",
    hint="The three rows of w mix the two channels of each pixel. Pixels never meet.",
    zh="w 的三行分别混合每个像素的两个通道。像素之间互不相干。",
    weight=0.5,
)
def test_two_pixels_of_two_channels(submission: Any) -> None:
    x = torch.tensor([[[[1.0, 2.0]], [[10.0, 20.0]]]])
    w = torch.tensor([[1.0, 1.0], [1.0, 0.0], [0.0, -1.0]])
    want = torch.tensor([[[[11.0, 22.0]], [[1.0, 2.0]], [[-10.0, -20.0]]]])
    compare.same(submission.conv1x1(x, w), want)


@check(
    "learn_kernel.example",
    hint="Error, gradient, a step against it, again. The answer is found, not written down.",
    zh="算误差，算梯度，沿反方向走一步，再来。答案是学出来的，不是写进去的。",
    weight=0.5,
)
def test_the_edge_kernel_is_found(submission: Any) -> None:
    X = torch.ones(6, 8)
    X[:, 2:6] = 0
    Y = torch.zeros(6, 7)
    Y[:, 1], Y[:, 5] = 1, -1
    k = submission.learn_edge_kernel(X, Y, 60, torch.Generator().manual_seed(0))
    compare.same(k, torch.tensor([[1.0, -1.0]]), atol=0.05, what="the kernel", zh="学到的核")


@check(
    "learn_kernel.example_logits",
    hint="8 x 8, two poolings by 2, 16 channels: 64 numbers go into the last layer, 10 logits come out.",
    zh="8×8 经过两次 2×2 汇聚，16 个通道：进入最后一层的是 64 个数，出来的是 10 个 logits。",
    weight=0.5,
)
def test_ten_logits_for_each_image(submission: Any) -> None:
    model = submission.ScratchLeNet(torch.Generator().manual_seed(0))
    compare.tensor(model(torch.zeros(3, 1, 8, 8)), shape=(3, 10), dtype=torch.float32, what="the logits", zh="logits")
