"""Hidden checks of tensor-basics, first part: a grid of numbers, and images as vectors. All sizes of a case differ, so
that no wrong order of dimensions can hide."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FLOATS = (torch.float64, torch.float32)


# make_grid ------------------------------------------------------------------------------------------------------------


def grid(shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    return torch.arange(math.prod(shape)).reshape(shape).to(dtype)


@check(
    "make_grid.value",
    hint="The last index runs fastest, for any number of dimensions, the empty shape () included.",
    zh="无论有几维，都是最后一个下标变化最快；空形状 () 也不例外。",
)
def test_counts_row_by_row_in_every_number_of_dimensions(submission: Any, draw: Draw) -> None:
    shapes = [(), (1,), (1, 1), *(draw.sizes(dims, 2, 7) for dims in (1, 2, 3, 4) for _ in range(5))]
    for shape in shapes:
        got = submission.make_grid(math.prod(shape), shape, torch.int64)
        compare.same(got, grid(shape, torch.int64), what="the grid", zh="网格")


@check(
    "make_grid.dtype",
    hint="The caller chooses the dtype. Hand it on where the numbers are made.",
    zh="数据类型由调用者决定。在生成这些数的地方就把它传下去。",
)
def test_the_dtype_is_the_one_asked_for(submission: Any, draw: Draw) -> None:
    for dtype in (torch.float32, torch.float64, torch.int32, torch.int64):
        shape = draw.sizes(2, 2, 7)
        got = submission.make_grid(math.prod(shape), shape, dtype)
        compare.same(got, grid(shape, dtype), what="the grid", zh="网格")


@check(
    "make_grid.bad_size_raises",
    hint="Compare n with the product yourself and raise ValueError: reshape raises another error, and fills in a -1.",
    zh="请自己比较 n 与乘积并抛出 ValueError：reshape 抛出的是另一种错误，而且会自动推断 -1。",
)
def test_a_wrong_number_of_numbers_is_refused(submission: Any, draw: Draw) -> None:
    rows, columns = draw.sizes(2, 3, 9)
    full = rows * columns
    for n, shape in [
        (full + 1, (rows, columns)),
        (full - 1, (rows, columns)),
        (rows, (rows, columns)),
        (0, (rows, columns)),
        (0, ()),
        (rows, (rows, 0)),
        (full, (-1, columns)),
        (full, (rows, -1)),
    ]:
        compare.raises(ValueError, submission.make_grid, n, shape, torch.float32)


@check(
    "make_grid.empty",
    hint="A tensor may hold no numbers at all and still have a shape. Nothing may be divided by it or guessed from it.",
    zh="张量可以一个数都没有，却仍然有形状。不能拿它作除数，也不能由它推断别的大小。",
)
def test_no_numbers_at_all_still_have_a_shape(submission: Any, draw: Draw) -> None:
    size = draw.size(2, 9)
    for shape in [(0, 3), (0,), (size, 0), (2, 0, size)]:
        got = submission.make_grid(0, shape, torch.int64)
        compare.same(got, torch.empty(shape, dtype=torch.int64), what="the grid without numbers", zh="空网格")


# image_to_vector ------------------------------------------------------------------------------------------------------

VECTORS = {"what": "the batch of vectors", "zh": "向量批量"}


def images(draw: Draw, dtype: torch.dtype = torch.float64) -> Tensor:
    """A batch (N, H, W, 3) whose sizes all differ from each other and from 3."""
    n, height, width = (size if size < 3 else size + 1 for size in draw.sizes(3, 1, 8))
    if dtype.is_floating_point:
        return draw.randn(n, height, width, 3, dtype=dtype)
    return draw.integers(0, 256, n, height, width, 3).to(dtype)


def planes(img: Tensor) -> Tensor:
    return torch.cat([img[..., colour].reshape(len(img), img[0, ..., 0].numel()) for colour in range(3)], dim=1)


@check(
    "image_to_vector.shape",
    hint="One row per image. Only height, width and colour are joined; the batch stays a dimension of its own.",
    zh="每幅图像一行。合并的只是高、宽和颜色；批量那一维要保留。",
)
def test_there_is_one_row_per_image(submission: Any, draw: Draw) -> None:
    for dtype in FLOATS * 3:
        img = images(draw, dtype)
        shape = (len(img), img[0].numel())
        compare.tensor(submission.image_to_vector(img), shape=shape, dtype=dtype, **VECTORS)


@check(
    "image_to_vector.channel_major",
    hint="The first H*W entries are the red plane, row by row: reorder the indices to colour, row, column first.",
    zh="前 H*W 项是红色平面，按行读取：先把下标的次序调整为颜色、行、列。",
    needs=["image_to_vector.shape"],
)
def test_red_comes_first_and_each_plane_row_by_row(submission: Any, draw: Draw) -> None:
    for case in range(20):
        img = images(draw, FLOATS[case % 2])
        compare.same(submission.image_to_vector(img), planes(img), **VECTORS)


@check(
    "image_to_vector.dtype_kept",
    hint="Moving numbers around needs no arithmetic, so whole numbers stay whole numbers.",
    zh="搬动数字不需要运算，所以整数仍然是整数。",
    needs=["image_to_vector.channel_major"],
)
def test_bytes_stay_bytes(submission: Any, draw: Draw) -> None:
    for dtype in (torch.uint8, torch.int64, torch.float32):
        img = images(draw, dtype)
        compare.same(submission.image_to_vector(img), planes(img), **VECTORS)


@check(
    "image_to_vector.noncontiguous",
    hint="Crops and transposed images have unusual strides. view needs fitting strides; reshape copies without them.",
    zh="裁剪或转置得到的图像步幅不同寻常。view 要求步幅合适；步幅不合适时，reshape 会复制。",
    needs=["image_to_vector.channel_major"],
)
def test_crops_and_transposed_images_work_too(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        n, height, width = draw.sizes(3, 4, 9)
        large = draw.randn(n, height, width, 3)
        planar = draw.randn(n, 3, height, width)
        for img in (
            large[:, 1:-1, 1:-1],
            large[:, ::2],
            large.transpose(1, 2),
            planar.permute(0, 2, 3, 1),
            large[:1].expand(n, height, width, 3),
            draw.randn(n, height, width, 1).expand(n, height, width, 3),
        ):
            compare.same(submission.image_to_vector(img), planes(img), **VECTORS)


@check(
    "image_to_vector.empty_batch",
    hint="With no images there is nothing to guess a -1 from. Say which dimensions to join, or work out 3*H*W.",
    zh="一幅图像也没有时，-1 无从推断。请指明要合并哪些维，或者算出 3*H*W。",
)
def test_no_images_make_no_vectors_of_the_usual_length(submission: Any, draw: Draw) -> None:
    for dtype in FLOATS:
        height, width = draw.sizes(2, 4, 9)
        got = submission.image_to_vector(torch.empty(0, height, width, 3, dtype=dtype))
        want = torch.empty(0, 3 * height * width, dtype=dtype)
        compare.same(got, want, what="the batch of no vectors", zh="空的向量批量")


@check(
    "image_to_vector.inputs_unchanged",
    hint="An operation whose name ends in _ changes the tensor it is called on, and that tensor is the caller's.",
    zh="名字以 _ 结尾的操作会改变张量本身，而那个张量是调用者的。",
    needs=["image_to_vector.channel_major"],
)
def test_the_images_stay_as_they_were(submission: Any, draw: Draw) -> None:
    img = images(draw)
    seen = submission.observe("image_to_vector", img)
    compare.unchanged(img, seen.args[0], "img")
