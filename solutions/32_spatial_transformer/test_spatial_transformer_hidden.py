"""Hidden checks of topic 32, first part: the grid and the sampling. The reference is torch's own, on this side."""

from __future__ import annotations

from typing import Any

import torch
from spatial_transformer_reference import F64, OPERATIONS, READY_MADE, grid_of, same_or_told, sample_of
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type
from autograder.model.text import Text

CORNERS = Text(" The outermost pixels have their middles at -1 and 1; it is their edges that lie there.",
               "你让最外面的像素中心落在 -1 和 1 处；落在那里的应当是像素的边缘。")  # fmt: skip
SWAPPED = Text(" x and y have changed places: the last dimension is (x, y), right first, then down.",
               "x 和 y 交换了：最后一维是 (x, y)，先向右，后向下。")  # fmt: skip
LINEAR = Text(" The third column of theta is missing.", "缺了 theta 的第三列。")
BORDER = Text(" Outside of the image the nearest pixel goes on; it should be zero there.",
              "图像以外延续了最近的像素；那里应当是 0。")  # fmt: skip
NEAREST = Text(" It is the nearest pixel, not a mixture of four.", "这是最近的一个像素，而不是四个像素的加权和。")


def maps(draw: Draw, count: int, dtype: torch.dtype = F64) -> Tensor:
    return draw.randn(count, 2, 3, dtype=dtype)


# affine_grid --------------------------------------------------------------------------------------------------------


def same_grid(submission: Any, theta: Tensor, height: int, width: int) -> None:
    linear = torch.cat([theta[..., :2], torch.zeros_like(theta[..., 2:])], -1)
    want = grid_of(theta, height, width)
    turned = grid_of(theta, width, height).transpose(1, 2)
    ideas = [(CORNERS, grid_of(theta, height, width, True)), (SWAPPED, want.flip(-1)), (SWAPPED, turned)]
    ideas.append((LINEAR, grid_of(linear, height, width)))
    same_or_told(submission.affine_grid(theta, height, width), want, *ideas)


@check(
    "affine_grid.value_nonsquare",
    hint="theta times the column (x, y, 1) of each pixel's middle. Columns make x, rows make y.",
    zh="theta 乘以每个像素中心的列向量 (x, y, 1)。列决定 x，行决定 y。",
    weight=2.0,
)
def test_grids_of_all_sizes(submission: Any, draw: Draw) -> None:
    for number in range(16):
        height, width = (3, 5) if number == 0 else draw.sizes(2, 1, 9)
        theta = maps(draw, draw.size(1, 4), float_type(number))
        same_grid(submission, draw.layout(theta, number), height, width)


@check(
    "affine_grid.identity",
    hint="With the identity each pixel is fetched from its own middle: half a pixel away from the edge at -1.",
    zh="恒等变换时，每个像素取自它自己的中心：离 -1 处的边缘半个像素。",
)
def test_the_identity_gives_the_middles_of_pixels(submission: Any, draw: Draw) -> None:
    theta = torch.tensor([[[1.0, 0, 0], [0, 1, 0]]], dtype=F64)
    for height, width in ((2, 4), (1, 3), (5, 1), draw.sizes(2, 3, 12)):
        same_grid(submission, theta, height, width)


@check(
    "affine_grid.batch",
    hint="Every image has a map of its own, and there may be none.",
    zh="每幅图像有自己的变换；图像也可以一幅都没有。",
)
def test_every_image_has_its_own_map(submission: Any, draw: Draw) -> None:
    theta = maps(draw, 5)
    whole = compare.tensor(submission.affine_grid(theta, 3, 4), shape=(5, 3, 4, 2), dtype=F64)
    for number in range(5):
        alone = submission.affine_grid(theta[number : number + 1], 3, 4)
        compare.same(alone, whole[number : number + 1], what="the grid of one map alone", zh="单独一个变换的网格")
        compare.same(alone, grid_of(theta[number : number + 1], 3, 4))
    compare.same(submission.affine_grid(maps(draw, 0), 3, 4), torch.zeros(0, 3, 4, 2, dtype=F64))


@check(
    "affine_grid.gradients",
    hint="theta is what a network will learn: the gradient must come back to all six numbers.",
    zh="theta 是网络要学的：梯度必须传回全部六个数。",
)
def test_gradients_of_the_grid(submission: Any, draw: Draw) -> None:
    gradients.match(lambda theta: submission.affine_grid(theta, 4, 3), lambda theta: grid_of(theta, 4, 3),
                    lambda d: maps(d, 3), draw)  # fmt: skip
    gradients.gradcheck(lambda theta: submission.affine_grid(theta, 2, 3), maps(draw, 2))


@check(
    "affine_grid.no_loop",
    hint="All middles at once, then one product with theta for all images.",
    zh="一次得到全部中心，再对所有图像用一次乘法。",
    needs=["affine_grid.example"],
)
def test_larger_grids_take_no_more_operations(submission: Any, draw: Draw) -> None:
    counts = []
    for n, height, width in ((2, 3, 4), (9, 3, 4), (2, 12, 4), (2, 3, 15)):
        seen = submission.observe("affine_grid", maps(draw, n), height, width)
        compare.tensor(seen.result, dtype=F64)
        counts.append(seen.op_count)
    for count in counts[1:]:
        source_rules.vectorised(counts[0], count, slack=4)


@check(
    "affine_grid.no_builtin",
    hint="An arange for the columns, one for the rows, and a product.",
    zh="一个 arange 给列，一个给行，再加一个乘法。",
    needs=["affine_grid.example"],
    weight=2.0,
)
def test_the_grid_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="affine_grid")
    source_rules.forbid_ops(submission.observe("affine_grid", maps(draw, 2), 3, 4), OPERATIONS)


# grid_sample --------------------------------------------------------------------------------------------------------


def task(draw: Draw, number: int, reach: float = 1.0) -> tuple[Tensor, Tensor]:
    """Images and places in them, all sizes different; places go beyond the image if reach is larger than 1."""
    dtype = float_type(number)
    n, channels = draw.sizes(2, 1, 4)
    height, width, down, right = draw.sizes(4, 2, 9)
    x = draw.randn(n, channels, height, width, dtype=dtype) + 2
    grid = draw.uniform(-reach, reach, n, down, right, 2, dtype=dtype)
    return draw.layout(x, number), draw.noncontiguous(grid) if number % 2 else grid


def same_sample(submission: Any, x: Tensor, grid: Tensor) -> None:
    want = sample_of(x, grid)
    ideas = [(CORNERS, sample_of(x, grid, align_corners=True)), (SWAPPED, sample_of(x, grid.flip(-1)))]
    ideas += [(NEAREST, sample_of(x, grid, mode="nearest")), (BORDER, sample_of(x, grid, padding_mode="border"))]
    same_or_told(submission.grid_sample(x, grid), want, *ideas, scale=10)


@check(
    "bilinear_sample.value",
    hint="Four neighbours, each with the product of two weights: the nearer, the heavier.",
    zh="四个相邻像素，各乘两个权重之积：越近，权重越大。",
    weight=2.0,
)
def test_places_inside_of_images(submission: Any, draw: Draw) -> None:
    for number in range(14):
        same_sample(submission, *task(draw, number, 0.5))
    x, grid = task(draw, 0)
    same_sample(submission, x[:0], grid[:0])


@check(
    "bilinear_sample.outside_zero",
    hint="A neighbour that the image does not have counts as zero; the other ones keep their weights.",
    zh="图像中不存在的相邻像素按 0 计；其余的权重不变。",
)
def test_places_at_the_edge_and_far_away(submission: Any, draw: Draw) -> None:
    for number in range(12):
        same_sample(submission, *task(draw, number, (1.3, 2.5, 40.0)[number % 3]))
    x, grid = task(draw, 0)
    for far in (1e3, -1e6):
        same_sample(submission, x, grid + far)
    ones = torch.ones(1, 1, 3, 4, dtype=F64)
    edge = torch.tensor([[[[-1.0, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, 1], [-1.2, 0], [0, 1.3]]]], dtype=F64)
    same_sample(submission, ones, edge)


@check(
    "bilinear_sample.integer_grid",
    hint="In the middle of a pixel the result is that pixel, and nothing of its neighbours.",
    zh="在像素中心处，结果就是这个像素，不含邻居的任何部分。",
)
def test_middles_of_pixels_give_the_pixels(submission: Any, draw: Draw) -> None:
    for height, width in ((3, 5), (1, 4), (6, 1), (8, 4)):
        x = draw.randn(2, 3, height, width)
        theta = torch.tensor([[[1.0, 0, 0], [0, 1, 0]], [[-1.0, 0, 0], [0, 1, 0]]], dtype=F64)
        got = submission.grid_sample(x, grid_of(theta, height, width))
        compare.same(got, torch.stack([x[0], x[1].flip(-1)]))


@check(
    "bilinear_sample.gradients",
    hint="Gradients flow to the pixels by the weights, and to the places through the weights.",
    zh="梯度按权重传给像素，又通过权重传给位置。",
)
def test_gradients_of_the_sampling(submission: Any, draw: Draw) -> None:
    def point(draw: Draw) -> tuple[Tensor, Tensor]:
        """No place on a pixel: at least a tenth away from all bends."""
        column = draw.integers(-1, 5, 2, 3, 4) + draw.uniform(0.1, 0.9, 2, 3, 4)
        row = draw.integers(-1, 4, 2, 3, 4) + draw.uniform(0.1, 0.9, 2, 3, 4)
        return draw.randn(2, 3, 4, 5), torch.stack([(2 * column + 1) / 5 - 1, (2 * row + 1) / 4 - 1], -1)

    gradients.match(submission.grid_sample, sample_of, point, draw)
    gradients.gradcheck(submission.grid_sample, point(draw.child("numeric")))


@check(
    "bilinear_sample.gradient_on_pixels",
    hint="Exactly on a pixel the slope is that to the next pixel or that from the one before. A layer starts there!",
    zh="正好在像素上时，斜率是到后一个像素的，或从前一个像素来的。这一层正是从那里开始学的！",
    needs=["bilinear_sample.integer_grid"],
)
def test_slopes_on_pixels(submission: Any, draw: Draw) -> None:
    x = draw.randn(1, 1, 8, 4)
    grid = grid_of(torch.tensor([[[1.0, 0, 0], [0, 1, 0]]], dtype=F64), 8, 4)
    (slope,) = gradients.of(lambda places: submission.grid_sample(x, places), grid)
    slope = compare.tensor(slope, shape=(1, 8, 4, 2), dtype=F64, what="the gradient", zh="梯度").detach()
    wide = torch.nn.functional.pad(x[0, 0], (1, 1, 1, 1))
    across, down = wide[1:-1].diff(dim=1) * 2, wide[:, 1:-1].diff(dim=0) * 4
    for got, before, after in (
        (slope[0, ..., 0], across[:, :-1], across[:, 1:]),
        (slope[0, ..., 1], down[:-1], down[1:]),
    ):
        low, high = torch.minimum(before, after) - 1e-6, torch.maximum(before, after) + 1e-6
        compare.require(
            bool(((got >= low) & (got <= high)).all()),
            "on a pixel the gradient with respect to the place is none of the slopes on its two sides.",
            "在像素上，对位置的梯度不是两侧斜率中的任何一个。",
            reason="gradient",
        )


@check(
    "bilinear_sample.inputs_unchanged", hint="Both inputs belong to the caller.", zh="两个输入都是调用者的，不可改动。"
)
def test_inputs_are_left_alone(submission: Any, draw: Draw) -> None:
    x, grid = task(draw, 0)
    seen = submission.observe("grid_sample", x, grid)
    compare.tensor(seen.result, dtype=F64)
    compare.unchanged(x, seen.args[0], "x")
    compare.unchanged(grid, seen.args[1], "grid")
    theta = maps(draw, 2)
    seen = submission.observe("affine_grid", theta, 3, 4)
    compare.tensor(seen.result, dtype=F64)
    compare.unchanged(theta, seen.args[0], "theta")


@check(
    "bilinear_sample.no_pixel_loop",
    hint="Four neighbours, so four rounds at most. Index all places of all images at once.",
    zh="四个相邻像素，最多四轮。请一次取出所有图像的所有位置。",
    needs=["bilinear_sample.example"],
)
def test_more_places_take_no_more_operations(submission: Any, draw: Draw) -> None:
    counts = []
    shapes = [((2, 3, 4, 5), 3, 4), ((9, 3, 4, 5), 3, 4), ((2, 11, 4, 5), 3, 4), ((2, 3, 14, 15), 3, 4)]
    for shape, down, right in [*shapes, ((2, 3, 4, 5), 12, 4), ((2, 3, 4, 5), 3, 15)]:
        grid = draw.uniform(-1.2, 1.2, shape[0], down, right, 2)
        seen = submission.observe("grid_sample", draw.randn(*shape), grid)
        compare.tensor(seen.result, dtype=F64)
        counts.append(seen.op_count)
    for count in counts[1:]:
        source_rules.vectorised(counts[0], count, slack=4)


@check(
    "bilinear_sample.no_builtin",
    hint="floor, four weights, four look-ups. torch's own sampling is what you are building.",
    zh="floor、四个权重、四次取值。torch 自带的采样正是你要实现的东西。",
    needs=["bilinear_sample.example"],
    weight=2.0,
)
def test_sampling_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="grid_sample")
    source_rules.forbid_ops(submission.observe("grid_sample", *task(draw, 0)), OPERATIONS)
