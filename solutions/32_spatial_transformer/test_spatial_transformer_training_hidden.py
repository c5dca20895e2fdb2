"""Hidden checks of topic 32, third part: what is learned with the layer and without it."""

from __future__ import annotations

from typing import Any

import torch
from spatial_transformer_reference import F32, right_sampling
from torch import Tensor, nn

from autograder.checks import compare, training
from autograder.checks.datasets import digits
from autograder.checks.feedback import CheckFailure
from autograder.checks.made.images import turned
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

ROWS, THRESHOLD, GAIN = 700, 0.55, 0.2
NEEDS = [
    "affine_grid.value_nonsquare", "affine_grid.batch", "affine_grid.gradients", "bilinear_sample.value",
    "bilinear_sample.gradients", "bilinear_sample.no_pixel_loop", "STN.theta_sees_the_image", "STN.theta_gets_gradient",
    "train_stn.stn_used", "train_stn.classifier_is_linear",
]  # fmt: skip
SMALL = """
torch.manual_seed(other)
model = student.train_stn(X, y, use, torch.Generator().manual_seed(seed))
model
"""


def trained(submission: Any, X: Tensor, y: Tensor, use: bool, seed: int, other: int = 0) -> Any:
    model = submission.build(SMALL, X=X, y=y, use=use, seed=seed % 2**31, other=other)
    return compare.is_type(model, nn.Module, "the trained model", "训练好的模型")


def logits_of(model: Any, x: Tensor) -> Tensor:
    got = compare.tensor(model(x), shape=(len(x), 10), dtype=F32, what="the logits", zh="logits")
    return compare.finite(got, "the logits", "logits").detach()


def few(draw: Draw, n: int) -> tuple[Tensor, Tensor]:
    return draw.uniform(0, 1, n, 1, 14, 14, dtype=F32), draw.integers(0, 10, n)


@check(
    "train_stn.stn_used",
    hint="With use_stn your layer stands in front of the classifier, without it there is only the classifier.",
    zh="use_stn 为真时，你的层在分类器之前；为假时只有分类器。",
)
@right_sampling
def test_the_layer_is_there_or_not(submission: Any, draw: Draw) -> None:
    X, y = few(draw, 6)
    for use in (True, False):
        model = trained(submission, X, y, use, 1)
        found = submission.build("any(isinstance(part, student.STN) for part in model.modules())", model=model)
        compare.equal(found, use, what=f"that there is an STN in it (use_stn={use})", zh=f"含有 STN（use_stn={use}）")
        compare.equal(model.training, False, what="model.training", zh="model.training")


@check(
    "train_stn.classifier_is_linear",
    hint="Without the layer the logits are one fully connected layer of the pixels: no hidden layer, no bend.",
    zh="没有这一层时，logits 只是像素的一个全连接层：没有隐藏层，也没有非线性。",
)
@right_sampling
def test_the_classifier_alone_is_linear(submission: Any, draw: Draw) -> None:
    model = trained(submission, *few(draw, 12), False, 2)
    a, b = few(draw, 3)[0], few(draw, 3)[0]
    nothing = logits_of(model, torch.zeros_like(a))
    got, want = logits_of(model, a + b), logits_of(model, a) + logits_of(model, b) - nothing
    compare.same(got, want, atol=1e-3, what="the logits of a sum of images", zh="两幅图像之和的 logits")
    compare.require(
        bool((got - nothing).abs().max() > 1e-3), "the logits do not depend on the image.", "logits 与图像无关。"
    )
    sizes = sum(value.numel() for value in model.params().values())
    compare.equal(sizes, 1970, what="the number of parameters without STN", zh="没有 STN 时的参数个数")


@check(
    "train_stn.generator_only",
    hint="The first weights are random as well: they, too, must come from `generator`.",
    zh="初始权重也是随机的：它们也必须来自 generator。",
)
@right_sampling
def test_equal_generators_give_equal_networks(submission: Any, draw: Draw) -> None:
    (X, y), x = few(draw, 70), few(draw, 3)[0]
    for use in (True, False):
        one, same, other = (logits_of(trained(submission, X, y, use, *seeds), x) for seeds in ((5, 1), (5, 2), (6, 1)))
        compare.same(same, one, what="the logits of a second training with an equal generator",
                     zh="用相同的 generator 再训练一次的 logits")  # fmt: skip
        compare.require(
            bool((one - other).abs().max() > 1e-7),
            "another generator gives exactly the same network.", "换一个 generator，网络却完全相同。",
        )  # fmt: skip


@check("train_stn.inputs_unchanged", hint="X and y belong to the caller.", zh="X 和 y 是调用者的，不可改动。")
@right_sampling
def test_the_images_are_left_alone(submission: Any, draw: Draw) -> None:
    X, y = few(draw, 6)
    seen = submission.observe("train_stn", X, y, True, draw.new_generator())
    compare.is_type(seen.result, nn.Module, "the trained model", "训练好的模型")
    compare.unchanged(X, seen.args[0], "X")
    compare.unchanged(y, seen.args[1], "y")


def accuracies(submission: Any, draw: Draw, seed: int, kinds: tuple[bool, ...]) -> list[float]:
    """Test accuracy with and without the layer, trained on the same turned and moved digits."""
    data = digits()
    train = turned(data.train_x[:ROWS].view(-1, 8, 8), draw.new_generator()).images
    test = turned(data.test_x.view(-1, 8, 8), draw.new_generator()).images
    models = [trained(submission, train, data.train_y[:ROWS], use, seed) for use in kinds]
    return [training.accuracy(logits_of(model, test), data.test_y) for model in models]


def gained(submission: Any, draw: Draw, seed: int) -> list[float]:
    with_layer, plain = accuracies(submission, draw, seed, (True, False))
    training.at_least(plain, 0.13, "the test accuracy without the layer", "没有这一层时的测试准确率")
    training.at_least(with_layer, THRESHOLD, "the test accuracy with the layer", "有这一层时的测试准确率")
    training.at_least(with_layer - plain, GAIN, "the gain by the layer", "这一层带来的提升")
    return [with_layer, plain]


@check(
    "train_stn.beats_plain",
    hint="A linear classifier cannot read turned digits, and with your layer it can. Do both learn together?",
    zh="线性分类器认不出转动过的数字，加上你的层就认得出。两者是一起学习的吗？",
    needs=NEEDS,
    weight=2.0,
    cpu_s=15,
    wall_s=90,
)
def test_the_layer_brings_digits_upright(submission: Any, draw: Draw, record_property: Any) -> None:
    """One training is enough; if it fails, there is a second one with another seed."""
    try:
        figures = gained(submission, draw, draw.new_seed())
    except CheckFailure:
        figures = gained(submission, draw, draw.new_seed())
    for name, figure in zip(("accuracy", "plain"), figures, strict=True):
        record_property(name, figure)
