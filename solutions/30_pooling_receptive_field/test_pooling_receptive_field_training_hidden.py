"""Hidden checks of topic 30, third part: what a shift does to a function, and a network that stands it."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, datasets, training
from autograder.checks.feedback import CheckFailure
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32

# shift_error --------------------------------------------------------------------------------------------------------


def moved(x: Tensor, shift: tuple[int, int]) -> Tensor:
    """By index arithmetic, as the docstring says it."""
    height, width = x.shape[2:]
    rows = (torch.arange(height) - shift[0]) % height
    columns = (torch.arange(width) - shift[1]) % width
    return x[:, :, rows][:, :, :, columns]


def error_of(submission: Any, source: str, x: Tensor, shift: tuple[int, int], **values: Any) -> float:
    f = submission.build(source, **values)
    return compare.number(submission.shift_error(f, x, shift), what="the error", zh="误差")


def shifts(draw: Draw) -> list[tuple[int, int]]:
    return [(draw.size(1, 3), 0), (0, draw.size(1, 3)), (-draw.size(1, 4), draw.size(1, 4)), (9, -13)]


def images(draw: Draw) -> Tensor:
    return draw.randn(1, 1, *draw.sizes(2, 5, 8))


@check(
    "equivariance_report.conv_zero_error",
    hint="A convolution with stride 1 that goes round at the border does not care where it is: both ways are the same.",
    zh="步幅为 1、边缘首尾相接的卷积不在乎位置：两种次序结果相同。",
)
def test_a_convolution_does_not_care_where_it_is(submission: Any, draw: Draw) -> None:
    source = 'lambda x: F.conv2d(F.pad(x, (1, 1, 1, 1), mode="circular"), w)'
    for shift in shifts(draw):
        got = error_of(submission, source, images(draw), shift, w=draw.randn(3, 1, 3, 3))
        compare.number(got, 0.0, 0.0, 1e-9, what="the error", zh="误差")


@check(
    "equivariance_report.fc_fails",
    hint="Shift the image and apply f; apply f and shift the result by the same; the largest difference counts.",
    zh="先平移再用 f；先用 f 再作同样的平移；取差的最大绝对值。",
)
def test_a_fully_connected_layer_cares(submission: Any, draw: Draw) -> None:
    for shift in shifts(draw):
        x = images(draw)
        size = x[0, 0].numel()
        w = draw.randn(size, size)
        got = error_of(submission, "lambda x: (x.flatten() @ w).view(x.shape)", x, shift, w=w)
        want = (moved(x, shift).flatten() @ w).view(x.shape) - moved((x.flatten() @ w).view(x.shape), shift)
        compare.number(got, want.abs().max().item(), 1e-7, 1e-7, what="the error", zh="误差")


@check(
    "equivariance_report.directions",
    hint="shift is (down, right): the first number moves rows. Negative numbers move up and to the left.",
    zh="shift 是 (下, 右)：第一个数移动行；负数向上、向左移。",
)
def test_both_directions_count(submission: Any, draw: Draw) -> None:
    for shift in (*shifts(draw), (1, 0), (0, 1), (-1, 2)):
        x, mask = images(draw), None
        mask = draw.randn(2, *x.shape[2:])
        got = error_of(submission, "lambda x: x * mask", x, shift, mask=mask)
        want = (moved(x, shift) * mask - moved(x * mask, shift)).abs().max().item()
        compare.number(got, want, 1e-7, 1e-7, what="the error", zh="误差")
    x = draw.randn(1, 1, 5, 6, dtype=F32)
    got = error_of(submission, "lambda x: x * mask", x, (0, 0), mask=torch.rand(5, 6))
    compare.number(got, 0.0, 0.0, 1e-6, what="the error of no shift", zh="不平移时的误差")


STRIDED = """
def f(x):
    small = F.conv2d(F.pad(x, (1, 1, 1, 1), mode="circular"), w, stride=2)
    return small.repeat_interleave(2, 2).repeat_interleave(2, 3)
f
"""


@check(
    "equivariance_report.strided_fails",
    hint="A stride of 2 looks at every second place: it stands shifts by 2, but not by 1.",
    zh="步幅 2 只看隔一个的位置：移 2 格不变，移 1 格就变了。",
)
def test_a_stride_cares_for_odd_shifts(submission: Any, draw: Draw) -> None:
    for shift in ((2, 0), (4, -2), (1, 0), (2, 3), (-1, 1)):
        x, w = draw.randn(1, 1, 8, 6), draw.uniform(0.5, 1.5, 1, 1, 3, 3)
        got = error_of(submission, STRIDED, x, shift, w=w)

        def f(x: Tensor, w: Tensor = w) -> Tensor:
            small = torch.nn.functional.conv2d(torch.nn.functional.pad(x, (1,) * 4, mode="circular"), w, stride=2)
            return small.repeat_interleave(2, 2).repeat_interleave(2, 3)

        want = (f(moved(x, shift)) - moved(f(x), shift)).abs().max().item()
        compare.number(got, want, 1e-7, 1e-7, what="the error", zh="误差")


@check(
    "equivariance_report.report_is_float",
    hint="A Python float, also when f carries gradients; x stays as it was.",
    zh="返回 Python float，即使 f 带有梯度；x 保持不变。",
)
def test_the_report_is_a_number(submission: Any, draw: Draw) -> None:
    f = submission.build("nn.Conv2d(1, 2, 3, padding=1).double()")
    x = draw.randn(1, 1, 5, 6)
    seen = submission.observe("shift_error", f, x, (1, 2))
    compare.is_type(seen.result, float, "the error", "误差")
    compare.unchanged(x, seen.args[1], "x")


# train_shifted ------------------------------------------------------------------------------------------------------

SMALL = """
torch.manual_seed(other)
model = student.train_shifted(X, y, torch.Generator().manual_seed(seed))
with torch.no_grad():
    found = [isinstance(model, nn.Module), model(test), model(test), [model(test[i : i + 1]) for i in range(3)]]
    found += [model(test[:0]), X, y]
found
"""


def placed(draw: Draw, images: Tensor, places: int = 5) -> Tensor:
    """Each digit of 8 x 8 at a random place of an empty canvas of 12 x 12; its first row and column < places."""
    canvas = torch.zeros(len(images), 1, 12, 12)  # public
    for image, place, (top, left) in zip(  # public
        images, canvas, draw.integers(0, places, len(images), 2).tolist(), strict=True
    ):
        place[0, top : top + 8, left : left + 8] = image.view(8, 8)  # public
    return canvas  # public


def small(submission: Any, draw: Draw, seed: int) -> tuple[list[Any], Tensor, Tensor]:
    data = datasets.digits()
    rows = draw.child("rows").permutation(len(data.train_x))[:40]
    X, y = placed(draw.child("X"), data.train_x[rows], 3), data.train_y[rows]
    test = placed(draw.child("test"), data.test_x[:7])
    said = submission.build(SMALL, X=X, y=y, test=test, seed=seed, other=draw.new_seed() % 2**31)
    return compare.items(said, 7, list), X, y


def ten(found: Any, n: int) -> Tensor:
    return compare.tensor(found, shape=(n, 10), dtype=F32, what="the logits", zh="logits").detach()


@check(
    "equivariance_report.logits",
    hint="A trained module in evaluation mode: an image gets the same logits alone and in a batch, once and again.",
    zh="训练好的、处于评估模式的模块：同一幅图像单独或在批量中、一次或再次，logits 都相同。",
)
def test_the_network_answers_image_by_image(submission: Any, draw: Draw) -> None:
    (module, first, again, alone, none, X_after, y_after), X, y = small(submission, draw, draw.new_seed() % 2**31)
    compare.require(module, "the result is no torch.nn.Module.", "结果不是 torch.nn.Module。", reason="type")
    first = ten(first, 7)
    compare.same(again, first, what="the logits, asked again", zh="再问一次的 logits")
    for row, one in enumerate(compare.items(alone, 3, list)):
        compare.same(
            one, first[row : row + 1], atol=1e-4, what="the logits of one image alone", zh="单独一幅图像的 logits"
        )
    ten(none, 0)
    compare.unchanged(X, X_after, "X")
    compare.unchanged(y, y_after, "y")


@check(
    "equivariance_report.generator_only",
    hint="The first weights are random, too: draw them from the generator, and the order of the rows as well.",
    zh="初始权重也是随机的：它们和行的次序都要从 generator 抽取。",
    needs=["equivariance_report.logits"],
)
def test_the_same_generator_gives_the_same_network(submission: Any, draw: Draw) -> None:
    one, other = draw.new_seed() % 2**31, draw.new_seed() % 2**31
    runs = [ten(small(submission, draw, seed)[0][1], 7) for seed in (one, one, other)]
    compare.same(runs[1], runs[0], what="the logits of a second network", zh="第二个网络的 logits")
    compare.require(
        not torch.equal(runs[2], runs[0]),
        "another generator gives exactly the same network.",
        "换一个 generator 得到了完全相同的网络。",
        reason="random",
    )


TRAINED = """
model = student.train_shifted(X, y, torch.Generator().manual_seed(seed))
with torch.no_grad():
    found = model(test)
found
"""


@check(
    "equivariance_report.cnn_accuracy",
    hint="A digit is the same everywhere: let small kernels find its parts, and pool so that places do not count.",
    zh="数字在哪儿都是那个数字：让小的核去找它的局部，再用汇聚使位置不再重要。",
    needs=["equivariance_report.logits"],
    weight=3.0,
    cpu_s=10.0,
    wall_s=60.0,
)
def test_digits_are_read_wherever_they_stand(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    data = datasets.digits()

    def run(part: Draw) -> None:
        X, test = placed(part, data.train_x, 3), placed(part.child("test"), data.test_x)
        seed = part.new_seed() % 2**31
        found = fresh_submission().build(TRAINED, X=X, y=data.train_y, test=test, seed=seed)
        share = training.accuracy(ten(found, 360), data.test_y)
        record_property("accuracy", share)
        training.tiers(share, {"simple": 0.55, "medium": 0.7, "strong": 0.8})

    try:
        run(draw.child("first"))
    except CheckFailure:  # bad luck is possible once
        run(draw.child("second"))
