"""Hidden checks of topic 16, third part: statistics of channels, and normalisation with them."""

from __future__ import annotations

from typing import Any

import torch
from data_pipeline_reference import F32, F64, result
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def some_pictures(draw: Draw, number: int, dtype: torch.dtype) -> tuple[Tensor, Tensor, Tensor]:
    """A picture or a batch, and mean and std; in every fourth case as many columns as channels."""
    c, h, w = draw.sizes(3, 2, 7)
    shape = (c, h, c if number % 4 == 3 else w)
    shape = (draw.size(8, 11), *shape) if number % 2 else shape
    x = draw.layout(3 * draw.randn(*shape, dtype=dtype) + 1, number % 3)
    return x, 2 * draw.randn(c, dtype=dtype), draw.uniform(0.2, 3, c, dtype=dtype)


def by_hand(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """Channel by channel."""
    parts = [(part - m) / s for part, m, s in zip(x.unbind(-3), mean, std, strict=True)]
    return torch.stack(parts, dim=-3)


@check(
    "normalize.value",
    hint="Every pixel loses the mean of its own channel and is divided by that channel's std. Which dimension is C?",
    zh="每个像素减去它所在通道的均值，再除以该通道的标准差。哪一维是 C？",
)
def test_every_channel_has_its_own_mean_and_std(submission: Any, draw: Draw) -> None:
    for number in range(16):
        x, mean, std = some_pictures(draw, number, float_type(number))
        got = result(submission.Normalize(mean, std)(x), x)
        compare.same(got, by_hand(x, mean, std), scale=5.0)
    x, mean, std = some_pictures(draw, 1, F64)
    source = "light = student.Normalize(mean, std)\nlight(x)\nlight.denormalize(x)\n[x, mean, std]"
    after = compare.items(submission.build(source, x=x, mean=mean, std=std), 3, list)
    for before, value, name in zip((x, mean, std), after, ("x", "mean", "std"), strict=True):
        compare.unchanged(before, value, name)


@check(
    "normalize.batch_and_single",
    hint="The channels are the third dimension from the end: so they are in a picture, and so they are in a batch.",
    zh="通道是倒数第三维：单张图是这样，一批图也是这样。",
)
def test_a_batch_is_its_pictures(submission: Any, draw: Draw) -> None:
    for n in (1, 4, 3, 0):
        x, mean, std = draw.randn(n, 3, 4, 5), draw.randn(3), draw.uniform(0.2, 3, 3)
        light = submission.Normalize(mean, std)
        got, back = result(light(x), x), result(light.denormalize(x), x)
        for place in range(n):
            compare.same(result(light(x[place]), x[place]), got[place], what="one picture", zh="单张图")
            compare.same(result(light.denormalize(x[place]), x[place]), back[place], what="one picture", zh="单张图")
    square = draw.randn(3, 3, 3, 3)
    light = submission.Normalize(mean, std)
    compare.same(result(light(square), square), by_hand(square, mean, std), what="a batch of 3 x 3 x 3 x 3",
                 zh="3 x 3 x 3 x 3 的一批图")  # fmt: skip


@check(
    "normalize.inverse",
    hint="Undo the steps in reverse order: what was subtracted first is added last.",
    zh="按相反的次序撤销：最先减去的，最后加回来。",
)
def test_there_and_back(submission: Any, draw: Draw) -> None:
    for number in range(8):
        x, mean, std = some_pictures(draw, number, float_type(number))
        light = submission.Normalize(mean, std)
        shape = (-1, 1, 1)
        want = x * std.view(shape) + mean.view(shape)
        compare.same(result(light.denormalize(x), x), want, scale=5.0, what="denormalize(x)", zh="denormalize(x)")
        back = light.denormalize(result(light(x), x))
        compare.same(result(back, x), x, scale=20.0, what="the picture after both ways", zh="来回一趟之后的图像")
        other = F64 if x.dtype is F32 else F32  # the statistics of another dtype: the picture keeps its own
        light = submission.Normalize(mean.to(other), std.to(other))
        tolerance = {"rtol": 1e-4, "atol": 1e-4}
        compare.same(result(light.denormalize(x), x), want, **tolerance, what="denormalize(x)", zh="denormalize(x)")
        compare.same(result(light(x), x), by_hand(x, mean, std), **tolerance)


@check(
    "normalize.uint8_input",
    hint="Scans come as whole numbers from 0 to 255. Make them floats from 0 to 1 before anything else.",
    zh="扫描图是 0 到 255 的整数。第一步先变成 0 到 1 的浮点数。",
)
def test_grey_values_are_divided_first(submission: Any, draw: Draw) -> None:
    for number in range(4):
        dtype = (F32, F64)[number % 2]
        shape = (3, 4, 5) if number < 2 else (6, 3, 4, 5)
        x = draw.integers(0, 256, *shape).to(torch.uint8)
        mean, std = draw.uniform(0.2, 0.7, 3, dtype=dtype), draw.uniform(0.1, 0.4, 3, dtype=dtype)
        got = compare.tensor(submission.Normalize(mean, std)(x), shape=shape, dtype=F32)
        compare.same(got, by_hand(x.float() / 255, mean.float(), std.float()))
    pictures = [(draw.integers(0, 256, 2, *draw.sizes(2, 2, 6)).to(torch.uint8), 0) for _ in range(5)]
    mean, std = statistics(submission, pictures, 2, F32)
    pixels = torch.cat([img.flatten(1) for img, _ in pictures], 1).double() / 255
    compare.same(mean, pixels.mean(1).float(), what="the mean", zh="均值")
    compare.same(std, pixels.std(1, correction=0).float(), what="the standard deviation", zh="标准差")


def statistics(submission: Any, pictures: Any, channels: int, dtype: torch.dtype) -> list[Tensor]:
    found = compare.items(submission.fit_channel_stats(pictures), 2)
    for value, what, zh in zip(found, ("the mean", "the standard deviation"), ("均值", "标准差"), strict=True):
        compare.tensor(value, shape=(channels,), dtype=dtype, what=what, zh=zh)
    return found


@check(
    "normalize.stats_over_all_pixels",
    hint="A mean of means gives a small picture, or a short batch, too much say. Every pixel counts once.",
    zh="取“均值的均值”时，小图（或不满的一批）和大图的分量一样重。应当让每个像素只算一次。",
)
def test_every_pixel_counts_once(submission: Any, draw: Draw) -> None:
    for number in range(8):
        dtype, c = float_type(number), draw.size(1, 5)
        level = 3 * draw.randn(c, 1, 1)
        pictures = []
        for size in draw.sizes(draw.size(1, 5), 1, 9):
            own = level + 2 * draw.randn(c, 1, 1)  # each picture has a level of its own
            x = (draw.randn(c, size, draw.size(1, 7)) * draw.random.uniform(0.1, 3) + own).to(dtype)
            pictures.append((draw.layout(x, number % 3), draw.size(0, 9)))
        mean, std = statistics(submission, pictures, c, dtype)
        pixels = torch.cat([img.flatten(1) for img, _ in pictures], 1).double()
        compare.same(mean, pixels.mean(1).to(dtype), what="the mean", zh="均值")
        compare.same(std, pixels.std(1, correction=0).to(dtype), what="the standard deviation", zh="标准差")


@check(
    "normalize.stats_large_mean",
    hint="The mean of squares minus the squared mean loses its digits where the mean is large: add up in float64.",
    zh="均值很大时，“平方的均值减均值的平方”会丢掉有效数字：请用 float64 累加。",
    weight=0.5,
)
def test_a_bright_picture_has_a_std_too(submission: Any, draw: Draw) -> None:
    pictures = [((4000 + draw.randn(2, 40, 30)).to(F32), 0) for _ in range(3)]
    mean, std = statistics(submission, pictures, 2, F32)
    pixels = torch.cat([img.flatten(1) for img, _ in pictures], 1).double()
    compare.same(mean, pixels.mean(1).float(), rtol=1e-5, what="the mean", zh="均值")
    compare.same(std, pixels.std(1, correction=0).float(), rtol=1e-3, what="the standard deviation", zh="标准差")


@check(
    "normalize.nothing_to_divide_by",
    hint="A channel that never changes has the std 0, and no pictures have no statistics at all.",
    zh="从不变化的通道标准差为 0；而一张图都没有时，根本没有统计量。",
    weight=0.5,
)
def test_constant_channels_and_no_pictures(submission: Any, draw: Draw) -> None:
    x, mean = draw.randn(4, 3, 2, 5), draw.randn(3)
    x[:, 1] = mean[1]
    std = torch.tensor([0.5, 0.0, 1e-9], dtype=F64)
    light = submission.Normalize(mean, std)
    counted = torch.tensor([0.5, 1.0, 1e-9], dtype=F64)
    got = result(light(x), x)
    compare.same(got, by_hand(x, mean, counted))
    compare.same(result(light.denormalize(got), x), x, what="the way back", zh="还原的结果")
    compare.raises(ValueError, submission.fit_channel_stats, [])
    found = statistics(submission, [(torch.full((2, 3, 3), 0.5), 1)], 2, F32)
    compare.same(found, [torch.full((2,), 0.5), torch.zeros(2)], what="statistics of a grey picture", zh="灰图的统计量")
