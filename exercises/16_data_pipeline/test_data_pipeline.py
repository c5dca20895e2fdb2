"""The checks you can see: the worked examples of the README. Hidden ones look at other data, at many random draws, and
at the odd cases that the docstrings decide."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.datasets import digits
from autograder.checks.marks import check


@check(
    "ArrayDataset.example",
    hint="Look the sample up, let the transform work on a copy of it, and hand it out together with its label.",
    zh="取出样本，让变换作用在它的副本上，然后连同标签一起交出去。",
    weight=0.5,
)
def test_the_last_of_three_samples_times_ten(submission: Any) -> None:
    made = "student.ArrayDataset(X, y, transform=lambda x: 10 * x)"
    X, y = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), torch.tensor([0, 1, 1])
    ds = submission.build(made, X=X, y=y)
    compare.same(ds[-1], (torch.tensor([50.0, 60.0]), torch.tensor(1)), what="ds[-1]", zh="ds[-1]")
    compare.equal(len(ds), 3, what="len(ds)", zh="len(ds)")


@check(
    "Loader.example",
    hint="Seven samples on trays of three: two full trays, and one that holds a single sample.",
    zh="七个样本放进每盘三个的托盘：两盘满的，还有一盘只有一个。",
    weight=0.5,
)
def test_seven_samples_on_trays_of_three(submission: Any) -> None:
    samples = [(torch.tensor([0.5 + i]), i) for i in range(7)]
    loader = submission.Loader(samples, 3)
    compare.equal(len(loader), 3, what="len(loader)", zh="len(loader)")
    want = [
        (torch.tensor([[0.5], [1.5], [2.5]]), torch.tensor([0, 1, 2])),
        (torch.tensor([[3.5], [4.5], [5.5]]), torch.tensor([3, 4, 5])),
        (torch.tensor([[6.5]]), torch.tensor([6])),
    ]
    batches = submission.build("import itertools\nlist(itertools.islice(loader, 9))", loader=loader)
    compare.same(batches, want, what="the three batches", zh="三个小批量")


@check(
    "normalize.example",
    hint="There are four pixels in the two pictures, and each of them counts once.",
    zh="两张图一共四个像素，每个像素只算一次。",
    weight=0.5,
)
def test_four_pixels_in_two_pictures(submission: Any) -> None:
    one, two = torch.tensor([[[7.0]]]), torch.tensor([[[3.0, 3.0, 7.0]]])
    found = compare.items(submission.fit_channel_stats([(one, 0), (two, 1)]), 2)
    compare.same(found[0], torch.tensor([5.0]), what="the mean", zh="均值")
    compare.same(found[1], torch.tensor([2.0]), what="the standard deviation", zh="标准差")
    light = submission.Normalize(torch.tensor([5.0]), torch.tensor([2.0]))
    compare.same(light(two), torch.tensor([[[-1.0, -1.0, 1.0]]]), what="the picture", zh="规范化后的图像")


@check(
    "random_hflip.example",
    hint="A mirror exchanges left and right: the last column comes first. Up stays up.",
    zh="镜子只交换左右：最后一列变成第一列。上面还是上面。",
    weight=0.5,
)
def test_a_letter_in_the_mirror(submission: Any) -> None:
    x = torch.tensor([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]])
    want = torch.tensor([[[[3.0, 2.0, 1.0], [6.0, 5.0, 4.0]]]])
    compare.same(
        submission.random_hflip(x, 1.0, torch.Generator().manual_seed(0)),
        want,
        what="the result with p = 1",
        zh="p = 1 时的结果",
    )
    compare.same(
        submission.random_hflip(x, 0.0, torch.Generator().manual_seed(0)),
        x,
        what="the result with p = 0",
        zh="p = 0 时的结果",
    )


@check(
    "random_shift.example",
    hint="Nine places are possible. Wherever the picture goes, fill comes in behind it.",
    zh="可能的位置有九个。图像移到哪里，身后空出来的地方就填上 fill。",
    weight=0.5,
)
def test_a_picture_takes_a_step_aside(submission: Any, picture: Any) -> None:
    shown = digits().train_x[:8].view(8, 1, 8, 8)
    moved = submission.random_shift(shown, 2, torch.Generator().manual_seed(3))
    moved = compare.tensor(moved, shape=(8, 1, 8, 8), what="the moved digits", zh="移动后的数字")
    picture.images(
        "shifted-digits",
        torch.cat([shown, moved.detach()])[:, 0],
        en="Eight digits, and below them what your random_shift made of them, by up to two pixels.",
        zh="上排是八个数字，下排是你的 random_shift 把它们移动之后的样子，最多两个像素。",
    )
    x = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    got = compare.tensor(
        submission.random_shift(x, 1, torch.Generator().manual_seed(0), 9.0), shape=x.shape, dtype=x.dtype
    )
    wide = torch.nn.functional.pad(x, (1, 1, 1, 1), value=9.0)
    places = [wide[:, :, top : top + 2, left : left + 2] for top in range(3) for left in range(3)]
    compare.require(
        any(torch.equal(got.detach(), place) for place in places),
        "the result is none of the nine pictures that are possible.",
        "结果不是九种可能的图像中的任何一种。",
    )
