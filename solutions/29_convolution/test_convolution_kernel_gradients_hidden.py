"""Hidden checks of convolution: the gradients of conv2d by hand."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from convolution_reference import F64, Case, case, from_scratch, same_or_told, with_right_parts
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw
from autograder.model.text import Text

MEAN = Text(" It is the mean where the sum is wanted.", "要的是和，这里却取了平均。")


def truth(one: Case, dy: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    with torch.enable_grad():
        x, w = one.x.detach().clone().requires_grad_(), one.w.detach().clone().requires_grad_()
        dx, dw = torch.autograd.grad(F.conv2d(x, w, None, one.stride, one.padding), (x, w), dy)
    return dx, dw, dy.sum((0, 2, 3))


def gradient_at(draw: Draw, number: int, one: Case) -> Tensor:
    return draw.layout(draw.randn(*one.want().shape, dtype=one.x.dtype), number)


def same_gradients(got: Any, want: tuple[Tensor, Tensor, Tensor]) -> None:
    dx, dw, db = compare.items(got, 3, tuple, "the result", "结果")
    compare.same(db, want[2], what="db", zh="db", scale=10)
    compare.same(dw, want[1], what="dw", zh="dw", scale=10)
    compare.same(dx, want[0], what="dx", zh="dx", scale=10)


def asked(submission: Any, one: Case, dy: Tensor) -> Any:
    return submission.conv2d_backward(dy, one.x, one.w, one.stride, one.padding)


@check(
    "conv2d_backward.vs_autograd",
    hint="Each product x * w in the forward sum sends dy back twice: times w to the pixel, times x to the weight.",
    zh="前向求和中的每个乘积 x * w 都把 dy 传回两处：乘 w 给像素，乘 x 给权重。",
)
def test_three_gradients(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number in range(16):
        one = case(draw, number, stride=1 + number % 2)
        dy = gradient_at(draw, number, one)
        same_gradients(asked(submission, one, dy), truth(one, dy))
    one = case(draw, 0)
    dy = gradient_at(draw, 0, one)
    same_gradients(submission.conv2d_backward(dy, one.x, one.w), truth(one, dy))


@check(
    "conv2d_backward.pad_cropped",
    hint="What flows into the frame of zeros is cut off: dx is as large as x, not as the padded image.",
    zh="流进那一圈 0 的梯度要裁掉：dx 与 x 一样大，而不是与填充后的图像一样大。",
)
def test_the_frame_is_cut_off(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number in range(9):
        one = case(draw, number, stride=1 + number % 3, padding=1 + number // 3)
        dy = gradient_at(draw, number, one)
        same_gradients(asked(submission, one, dy), truth(one, dy))


@check(
    "conv2d_backward.untouched_pixels",
    hint="With a stride, the last rows and columns of x may be seen by no window. They still belong to dx, with 0.",
    zh="有步幅时，x 的最后几行、几列可能没有窗口看到。它们仍在 dx 里，值为 0。",
)
def test_pixels_without_a_window(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for stride, padding in ((3, 0), (4, 1), (5, 0)):
        x = draw.randn(2, 3, 2 + 2 * stride + 2, 3 + stride + 1)
        one = Case(x, draw.randn(4, 3, 2, 3), None, stride, padding)
        dy = gradient_at(draw, 0, one)
        same_gradients(asked(submission, one, dy), truth(one, dy))


@check(
    "conv2d_backward.kernel_larger_than_stride",
    hint="A pixel that several windows see collects from all of them: add to what is there, do not replace it.",
    zh="被多个窗口看到的像素要把各处的梯度都收齐：是累加，不是覆盖。",
)
def test_overlapping_windows_add_up(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    x, w = draw.randn(1, 1, 6, 7), torch.ones(1, 1, 3, 4, dtype=F64)
    one = Case(x, w, None, 1, 0)
    dy = torch.ones(1, 1, 4, 4, dtype=F64)
    want = truth(one, dy)
    dx, dw, db = compare.items(asked(submission, one, dy), 3, tuple, "the result", "结果")
    same_or_told(dw, want[1], [(MEAN, want[1] / 16)], what="dw", zh="dw")
    compare.same(db, want[2], what="db", zh="db")
    compare.same(dx, want[0], what="dx", zh="dx")


@check(
    "conv2d_backward.empty_batch",
    hint="Without images there is nothing to add up: dw and db are zeros of their usual shapes.",
    zh="没有图像就没有可加的：dw 和 db 是形状照旧的零张量。",
)
def test_gradients_of_no_images(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    one = Case(draw.randn(0, 3, 5, 6), draw.randn(4, 3, 2, 3), None, 2, 1)
    dy = gradient_at(draw, 0, one)
    same_gradients(asked(submission, one, dy), truth(one, dy))


@check(
    "conv2d_backward.input_unchanged",
    hint="dy, x and w belong to the caller; so does the memory that a view of x points to.",
    zh="dy、x、w 是调用者的，x 的视图所指的内存也是。",
)
def test_conv2d_backward_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    for padding in (0, 1):
        args = (draw.randn(2, 4, 4 + 2 * padding, 4 + 2 * padding), draw.randn(2, 3, 5, 6), draw.randn(4, 3, 2, 3))
        seen = submission.observe("conv2d_backward", *args, 1, padding)
        compare.items(seen.result, 3, tuple, "the result", "结果")
        for before, after, name in zip(args, seen.args[:3], ("dy", "x", "w"), strict=True):
            compare.unchanged(before, after, name)


NO_GRAPH = """
with torch.no_grad():
    found = student.conv2d_backward(dy, x, w, 2, 1)
found
"""
AUTOGRAD = {
    "torch.autograd.*", "torch.func.*", "torch.enable_grad", "torch.set_grad_enabled", "torch.inference_mode",
    ".backward", ".requires_grad_", ".requires_grad", "torch.vmap", "torch.autograd", "torch.func", "torch.utils.*",
}  # fmt: skip


@check(
    "conv2d_backward.no_autograd",
    hint="Write the three sums yourself; where nothing is recorded, autograd has nothing to go back through.",
    zh="请自己写出三个求和。没有记录计算图的地方，autograd 无从反向传播。",
    needs=["conv2d_backward.example"],
    weight=2.0,
)
def test_gradients_without_a_graph(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number in range(3):
        one = case(draw, number, stride=2, padding=1)
        dy = gradient_at(draw, number, one)
        same_gradients(submission.build(NO_GRAPH, dy=dy, x=one.x, w=one.w), truth(one, dy))
    source_rules.forbid_names(submission.source, AUTOGRAD, within="conv2d_backward")


@check(
    "conv2d_backward.no_builtin",
    hint="The transposed convolution of torch is what you are building; your own conv2d you may call.",
    zh="torch 的转置卷积正是你要实现的东西；你自己写的 conv2d 可以调用。",
    needs=["conv2d_backward.example"],
    weight=2.0,
)
def test_gradients_are_built_from_scratch(submission: Any, draw: Draw) -> None:
    args = draw.randn(2, 4, 4, 4), draw.randn(2, 3, 5, 6), draw.randn(4, 3, 2, 3)
    from_scratch(submission, "conv2d_backward", submission.observe("conv2d_backward", *args, 1, 0))
