"""Hidden checks of topic 16, fourth part: mirrors and steps aside. What was drawn is read off the results. It must
look like what the docstring promises, within five standard errors."""

from __future__ import annotations

from typing import Any

import torch
from data_pipeline_reference import F32, from_generator, moves, new_memory, rate, result, unlikely
from torch import Tensor

from autograder.checks import compare, training
from autograder.checks.datasets import digits
from autograder.checks.made.images import every_shift
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# random_hflip -------------------------------------------------------------------------------------------------------


def flips(got: Tensor, x: Tensor) -> Tensor:
    """Which pictures were flipped, bool (N,). Pictures are random, so only one of the two fits."""
    mirrored, same = (got == x.flip(-1)).flatten(1).all(1), (got == x).flatten(1).all(1)
    compare.require(
        bool((mirrored | same).all()),
        "a picture is neither as it was nor mirrored from left to right, all of it.",
        "有一张图既不是原样，也不是整张左右翻转。",
        reason="value",
    )
    return mirrored


@check(
    "random_hflip.each_is_x_or_flip",
    hint="A picture is flipped as a whole, from left to right: columns change their places, rows and channels don't.",
    zh="整张图一起左右翻转：列交换位置，行和通道不动。",
)
def test_every_picture_is_itself_or_mirrored(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, c, h, w = draw.size(6, 9), *draw.sizes(3, 2, 6)
        h = w if number % 4 == 3 else h
        x = draw.layout(draw.randn(n, c, h, w, dtype=float_type(number)), number % 3)
        flips(result(submission.random_hflip(x, draw.random.uniform(0.2, 0.8), draw.new_generator()), x), x)
    x = draw.integers(0, 256, 20, 2, 3, 40).to(torch.uint8)
    flips(result(submission.random_hflip(x, 0.5, draw.new_generator()), x), x)


@check(
    "random_hflip.rate_p03",
    hint="p is the share of the pictures that are flipped. A number below p comes up with probability p.",
    zh="p 是被翻转的图所占的比例。均匀随机数小于 p 的概率就是 p。",
)
def test_a_share_of_p_is_flipped(submission: Any, draw: Draw) -> None:
    for p in (0.3, 0.3, draw.random.uniform(0.05, 0.2), draw.random.uniform(0.7, 0.95)):
        x = draw.randn(6000, 1, 1, 2)
        hits = flips(result(submission.random_hflip(x, p, draw.new_generator()), x), x)
        rate(hits, p, "the share of flipped pictures is not p.", "被翻转的图所占的比例不是 p。")


MANY = "[student.random_hflip(x, 0.4, g) for _ in range(300)]"


@check(
    "random_hflip.one_by_one",
    hint="Each picture tosses a coin of its own: one coin for all, or a fixed number of flips, is something else.",
    zh="每张图各抛一次硬币：整批共用一枚硬币，或者翻转的张数固定，都不对。",
)
def test_every_picture_is_decided_on_its_own(submission: Any, draw: Draw) -> None:
    x = draw.randn(20, 1, 1, 2)
    found = compare.items(submission.build(MANY, x=x, g=draw.new_generator()), 300, list)
    hits = torch.stack([flips(result(got, x), x) for got in found])
    counts, want = hits.sum(1).double(), 20 * 0.4 * 0.6
    ratio = ((counts - 8) ** 2).mean().item() / want  # its standard error is about sqrt(2 / 300)
    compare.require(
        ratio < 1.5, "pictures of one batch are flipped together.", "同一批的图一起翻转。", reason="statistics"
    )
    compare.require(
        ratio > 0.5, "every batch has the same number of flips.", "每一批翻转的张数都一样。", reason="statistics"
    )
    en, zh = "whether a picture is flipped depends on its place in the batch.", "是否翻转取决于图在批中的位置。"
    for place in range(20):
        rate(hits[:, place], 0.4, en, zh)
    for away in (1, 2, 10):
        both = hits[:, away:] & hits[:, :-away]
        rate(both, 0.16, "neighbours are flipped together.", "相邻的图一起翻转。", errors=7.0)


@check(
    "random_hflip.p0_p1",
    hint="Never and always are exact, and what is no probability is refused.",
    zh="0 就是从不，1 就是总是；不是概率的数要拒绝。",
)
def test_never_always_and_nonsense(submission: Any, draw: Draw) -> None:
    x = draw.randn(400, 2, 3, 4)
    for p, want in ((0.0, x), (1.0, x.flip(-1)), (0, x), (1, x.flip(-1))):
        compare.same(submission.random_hflip(x, p, draw.new_generator()), want, rtol=0, atol=0)
    for p in (-0.1, 1.01, 2, -1):
        compare.raises(ValueError, submission.random_hflip, x, p, draw.new_generator())


@check(
    "random_hflip.input_unchanged",
    hint="The picture will be needed again in the next epoch, as it was: write into a new tensor.",
    zh="这张图下一轮还要用，得保持原样：请写到新的张量里。",
)
def test_the_pictures_stay_and_the_result_is_new(submission: Any, draw: Draw) -> None:
    for p in (0.0, 0.5, 1.0):
        x = draw.randn(7, 2, 3, 4)
        seen = submission.observe("random_hflip", x, p, draw.new_generator())
        flips(result(seen.result, x), x)
        compare.unchanged(x, seen.args[0], "x")
        new_memory(seen)


@check(
    "random_hflip.empty",
    hint="A batch of no pictures comes back as a batch of no pictures.",
    zh="没有图的一批，返回的还是没有图的一批。",
    weight=0.5,
)
def test_no_pictures(submission: Any, draw: Draw) -> None:
    for shape in ((0, 3, 4, 5), (0, 1, 1, 1)):
        x = draw.randn(*shape, dtype=F32)
        result(submission.random_hflip(x, 0.5, draw.new_generator()), x)


@check(
    "random_hflip.from_the_generator",
    hint="All randomness comes from the generator, and the generator moves on with every call.",
    zh="所有随机性都来自生成器；每调用一次，生成器就往前走。",
)
def test_flips_come_from_the_generator(submission: Any, draw: Draw) -> None:
    from_generator(submission, "student.random_hflip(x, 0.5, g)", draw.randn(80, 1, 2, 3), draw.size(0, 10**6))


# random_shift -------------------------------------------------------------------------------------------------------


def shift(submission: Any, x: Tensor, m: int, draw: Draw, fill: float = 0.0) -> Tensor:
    """How far the pictures were moved; that they were, and nothing else, is checked."""
    return moves(result(submission.random_shift(x, m, draw.new_generator(), fill), x), x, m, fill)


@check(
    "random_shift.no_wraparound",
    hint="What leaves on the right does not come in on the left: there comes fill, on whole rows and columns.",
    zh="从右边出去的不会从左边进来：空出来的整行整列填的是 fill。",
)
def test_fill_comes_in_at_the_edges(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, c, h, w = draw.size(10, 14), *draw.sizes(3, 3, 8)
        x = draw.layout(draw.randn(n, c, h, w, dtype=float_type(number)), number % 3)
        fill = 0.0 if number % 3 == 0 else draw.size(-9, 9) + 0.5
        m = 1 + number % 2
        shift(submission, x, m, draw, fill)
    x = draw.integers(0, 256, 20, 2, 4, 5).to(torch.uint8)
    shift(submission, x, 2, draw, 200)
    bright = torch.zeros(200, 1, 5, 4)
    bright[:, :, 0] = 1.0
    got = result(submission.random_shift(bright, 1, draw.new_generator()), bright)
    compare.require(
        got[:, :, -1].max() == 0, "a bright top row has come in at the bottom.", "最上面的亮行从底下钻了进来。"
    )


@check(
    "random_shift.per_sample",
    hint="Each picture takes its own step, and draws its two directions apart from each other.",
    zh="每张图各走各的一步，两个方向分别抽取。",
)
def test_every_picture_takes_its_own_step(submission: Any, draw: Draw) -> None:
    found = shift(submission, draw.randn(1500, 1, 4, 5), 1, draw)
    together = (found[1:] == found[:-1]).all(1)
    rate(together, 1 / 9, "neighbours in the batch are moved alike.", "批中相邻的图移动得一样。")
    rate(found[:, 0] == found[:, 1], 1 / 3, "the two directions are drawn together.", "两个方向不是分别抽取的。")
    rate(found[:, 0] == -found[:, 1], 1 / 3, "the two directions are drawn together.", "两个方向不是分别抽取的。")


@check(
    "random_shift.range",
    hint="From -m to m, both included, there are 2m + 1 whole numbers, and each is as likely as any other.",
    zh="从 -m 到 m，包括两端，共有 2m + 1 个整数，每个的机会一样大。",
)
def test_all_steps_are_equally_likely(submission: Any, draw: Draw) -> None:
    for m, n in ((1, 1800), (2, 3000), (3, 4900)):
        found = shift(submission, draw.randn(n, 1, 4, 5), m, draw) + m
        side = 2 * m + 1
        counts = torch.bincount(found[:, 0] * side + found[:, 1], minlength=side * side)
        compare.require(
            unlikely(counts, n / side**2) < 5,
            "the steps from -m to m are not equally likely, in both directions.",
            "在两个方向上，从 -m 到 m 的各步机会不是一样大。",
            reason="statistics",
        )


@check(
    "random_shift.none_and_far",
    hint="No step at all, a step out of the picture, no pictures: all of it has an answer. A negative reach has none.",
    zh="一步不挪、挪出画面之外、一张图也没有，都要给出结果；只有 max_shift 为负时才报错。",
)
def test_special_reaches(submission: Any, draw: Draw) -> None:
    x = draw.randn(5, 2, 3, 4)
    compare.same(
        submission.random_shift(x, 0, draw.new_generator(), 7.0), x, rtol=0, atol=0, what="with m = 0", zh="m = 0"
    )
    for shape in ((0, 2, 3, 4), (0, 1, 1, 1)):
        empty = draw.randn(*shape, dtype=F32)
        result(submission.random_shift(empty, 2, draw.new_generator()), empty)
    x = draw.randn(300, 1, 2, 3)
    got = result(submission.random_shift(x, 5, draw.new_generator(), 2.5), x)
    gone = (got == 2.5).flatten(1).all(1)
    moves(got[~gone], x[~gone], 5, 2.5)
    rate(gone, 1 - (3 / 11) * (5 / 11), "the share of pictures that are moved out of sight is not right.",
         "完全移出画面的图所占的比例不对。")  # fmt: skip
    for m in (-1, -3):
        compare.raises(ValueError, submission.random_shift, x, m, draw.new_generator())


@check(
    "random_shift.input_unchanged",
    hint="The picture will be needed again in the next epoch, as it was: write into a new tensor.",
    zh="这张图下一轮还要用，得保持原样：请写到新的张量里。",
)
def test_the_pictures_stay_where_they_are(submission: Any, draw: Draw) -> None:
    for m in (0, 1, 2):
        x = draw.randn(7, 2, 5, 4)
        seen = submission.observe("random_shift", x, m, draw.new_generator())
        moves(result(seen.result, x), x, m, 0.0)
        compare.unchanged(x, seen.args[0], "x")
        new_memory(seen)


@check(
    "random_shift.from_the_generator",
    hint="All randomness comes from the generator, and the generator moves on with every call.",
    zh="所有随机性都来自生成器；每调用一次，生成器就往前走。",
)
def test_steps_come_from_the_generator(submission: Any, draw: Draw) -> None:
    from_generator(submission, "student.random_shift(x, 2, g)", draw.randn(60, 1, 3, 4), draw.size(0, 10**6))


TRAINED = """
torch.manual_seed(seed)
g = torch.Generator().manual_seed(seed)
layers = nn.Flatten(), nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10)
model = nn.Sequential(*layers).to(X.device)
opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for _ in range(60):
    for rows in torch.randperm(len(X)).split(50):
        opt.zero_grad()
        F.cross_entropy(model(student.augment_digits(X[rows], g)), y[rows]).backward()
        opt.step()
with torch.no_grad():
    out = model(test)
out
"""


@check(
    "random_shift.accuracy_gain",
    hint="What happens to the digits later? Do that to them now. And which change turns a digit into no digit at all?",
    zh="这些数字以后会遇到什么？现在就让它们遇到。又有哪种变化会让数字不再是数字？",
    needs=["random_shift.no_wraparound", "random_shift.per_sample", "random_shift.range"],
    cpu_s=10,
    wall_s=60,
)
def test_digits_off_centre_are_read(submission: Any, draw: Draw, record_property: Any) -> None:
    data = digits()
    pictures = data.test_x.view(-1, 8, 8)
    test, labels = every_shift(pictures).reshape(-1, 1, 8, 8), data.test_y.repeat(9)
    rows, seed = draw.permutation(len(data.train_x))[:300], draw.size(0, 10**6)
    values = {"X": data.train_x[rows].view(-1, 1, 8, 8), "y": data.train_y[rows], "test": test, "seed": seed}
    share = training.accuracy(submission.build(TRAINED, **values), labels)
    record_property("accuracy", share)
    training.at_least(share, 0.84, what="accuracy on shifted digits", zh="平移后的数字上的准确率")
