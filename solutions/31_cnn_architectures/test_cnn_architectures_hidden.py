"""Hidden checks of topic 31, first part: LeNet and the Inception block, judged by known numbers in all their places."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from cnn_architectures_reference import F32, F64, Values, by_shape, filled, made, same_or_told, state
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw
from autograder.model.text import Text

# LeNet --------------------------------------------------------------------------------------------------------------

LENET: dict[str, tuple[int, ...]] = {
    "conv1": (8, 1, 3, 3), "bias1": (8,), "conv2": (16, 8, 3, 3), "bias2": (16,),
    "full1": (32, 64), "bias3": (32,), "full2": (10, 32), "bias4": (10,),
}  # fmt: skip
SOFTMAX = Text(" These are probabilities, not logits.", "这些是概率，不是 logits。")
RELU_END = Text(" The logits have gone through a ReLU.", "logits 又经过了一次 ReLU。")
MEANS = Text(" It would be right with average pooling.", "如果是平均汇聚，它就是对的。")


def lenet(x: Tensor, v: Values, pool: Any = F.max_pool2d) -> Tensor:
    for number in "12":
        x = pool(F.relu(F.conv2d(x, v[f"conv{number}"], v[f"bias{number}"], padding=1)), 2)
    hidden = F.relu(F.linear(x.flatten(1), v["full1"], v["bias3"]))
    return F.linear(hidden, v["full2"], v["bias4"])


def called(model: Any, names: dict[str, str]) -> Any:
    """The student's module as a function of x and its values by kind, in the order of `names`."""

    def run(x: Tensor, *values: Tensor) -> Any:
        return model.functional(dict(zip(names.values(), values, strict=True)), x)

    return run


@check(
    "lenet.shape",
    hint="Ten numbers per image, for any number of images, also for one and for none.",
    zh="每幅图像十个数，不论有多少幅图像，一幅或零幅也一样。",
)
def test_ten_logits_for_any_number_of_images(submission: Any, draw: Draw) -> None:
    model = made(submission, "LeNet")
    for n in (1, 0, draw.size(3, 7)):
        compare.tensor(
            model(draw.randn(n, 1, 8, 8, dtype=F32)), shape=(n, 10), dtype=F32, what="the logits", zh="logits"
        )


@check(
    "lenet.param_count",
    hint="Two convolutions with 8 and 16 kernels, two fully connected layers with 32 and 10 neurons; all with biases.",
    zh="两个卷积层各有 8 个和 16 个核，两个全连接层各有 32 个和 10 个神经元；全都有偏置。",
)
def test_the_four_layers_are_there(submission: Any) -> None:
    model = made(submission, "LeNet")
    by_shape(state(submission, model), LENET)
    sizes = [value.numel() for value in model.params().values()]
    compare.equal(sum(sizes), 3658, what="the number of parameters", zh="参数个数")


@check(
    "lenet.value",
    hint="Convolution, ReLU, pooling; the same again; flatten, fully connected, ReLU, fully connected.",
    zh="卷积、ReLU、汇聚；再来一遍；展平、全连接、ReLU、全连接。",
    needs=["lenet.param_count"],
    weight=2.0,
)
def test_logits_of_known_weights(submission: Any, draw: Draw) -> None:
    model = made(submission, "LeNet")
    names = by_shape(state(submission, model), LENET)
    for number, dtype in enumerate((F64, F32, F64)):
        model.train(number == 2)
        values = filled(draw, LENET, dtype)
        x = draw.layout(2 * draw.randn(draw.size(2, 6), 1, 8, 8, dtype=dtype), number + 1)
        wrong = lenet(x, values, F.avg_pool2d)
        same_or_told(called(model, names)(x, *values.values()), lenet(x, values), (MEANS, wrong), scale=10)


@check(
    "lenet.no_softmax_at_end",
    hint="Logits may be any numbers, negative ones too, and need not add up to 1: the loss takes care of the rest.",
    zh="logits 可以是任何数，也可以是负数，和不必是 1：其余的事由损失函数处理。",
    needs=["lenet.param_count"],
)
def test_the_last_layer_is_bare(submission: Any, draw: Draw) -> None:
    model = made(submission, "LeNet")
    names, values = by_shape(state(submission, model), LENET), filled(draw, LENET)
    values["bias4"] = 5 * draw.randn(10)
    x = draw.randn(4, 1, 8, 8)
    want = lenet(x, values)
    ideas = ((SOFTMAX, want.softmax(1)), (SOFTMAX, want.log_softmax(1)), (RELU_END, F.relu(want)))
    same_or_told(called(model, names)(x, *values.values()), want, *ideas, scale=10)


@check(
    "lenet.two_parts",
    hint="features finds 64 numbers in an image, classifier makes ten logits of them; nothing stands outside.",
    zh="features 从图像得到 64 个数，classifier 把它们变成十个 logits；此外别无其他。",
    needs=["lenet.param_count"],
)
def test_features_then_classifier(submission: Any, draw: Draw) -> None:
    model = made(submission, "LeNet")
    x = draw.randn(3, 1, 8, 8, dtype=F32)
    features = compare.is_type(model.features, torch.nn.Module, "features", "features")
    classifier = compare.is_type(model.classifier, torch.nn.Module, "classifier", "classifier")
    found = compare.tensor(features(x), shape=(3, 64), dtype=F32, what="features(x)", zh="features(x)")
    compare.same(
        classifier(found), compare.tensor(model(x)), what="classifier(features(x))", zh="classifier(features(x))"
    )
    sizes = [sum(value.numel() for value in part.params().values()) for part in (features, classifier)]
    compare.equal(sizes, [1248, 2410], what="the numbers of parameters of the two parts", zh="两部分的参数个数")


@check(
    "lenet.gradients",
    hint="Every layer must get a gradient, and so must the image: nothing may be detached on the way.",
    zh="每一层都要得到梯度，图像也一样：中途不能断开计算图。",
    needs=["lenet.value"],
)
def test_gradients_reach_every_layer(submission: Any, draw: Draw) -> None:
    model = made(submission, "LeNet")
    student = called(model, by_shape(state(submission, model), LENET))

    def by_hand(x: Tensor, *values: Tensor) -> Tensor:
        return lenet(x, dict(zip(LENET, values, strict=True)))

    gradients.match(student, by_hand, lambda d: (d.randn(2, 1, 8, 8), *filled(d, LENET).values()), draw, draws=2)


# Inception ----------------------------------------------------------------------------------------------------------

FRAME = Text(" The pooling is framed with zeros: where all pixels are negative they win.",
             "汇聚的边框填了 0：像素全为负时，赢的是边框。")  # fmt: skip
BARE = Text(
    " The 1 x 1 convolutions in front of the large ones lack their ReLU.", "大卷积前面的 1 x 1 卷积之后缺了 ReLU。"
)
Sizes = tuple[int, int, tuple[int, int], tuple[int, int], int]


def sizes_of(draw: Draw) -> Sizes:
    """Different sizes for everything, so that shapes tell the layers apart."""
    c_in, c1, r3, k3, r5, k5, cp = draw.sizes(7, 1, 9)
    return c_in, c1, (r3, k3), (r5, k5), cp


def inception_shapes(sizes: Sizes) -> dict[str, tuple[int, ...]]:
    c_in, c1, (r3, k3), (r5, k5), cp = sizes
    weights: dict[str, tuple[int, ...]] = {
        "one": (c1, c_in, 1, 1), "reduce3": (r3, c_in, 1, 1), "three": (k3, r3, 3, 3),
        "reduce5": (r5, c_in, 1, 1), "five": (k5, r5, 5, 5), "pool": (cp, c_in, 1, 1),
    }  # fmt: skip
    return {**weights, **{f"{name} bias": (shape[0],) for name, shape in weights.items()}}


def inception(x: Tensor, v: Values, frame: float = float("-inf"), bend: Any = F.relu) -> Tensor:
    def conv(x: Tensor, name: str, padding: int = 0) -> Tensor:
        return F.conv2d(x, v[name], v[f"{name} bias"], padding=padding)

    pooled = F.max_pool2d(F.pad(x, (1, 1, 1, 1), value=frame), 3, 1)
    three, five = conv(bend(conv(x, "reduce3")), "three", 1), conv(bend(conv(x, "reduce5")), "five", 2)
    return F.relu(torch.cat([conv(x, "one"), three, five, conv(pooled, "pool")], 1))


def block(submission: Any, sizes: Sizes) -> Any:
    """The student's block as a function of x and its values, in the order of inception_shapes."""
    model = made(submission, "Inception", *sizes)
    return called(model, by_shape(state(submission, model), inception_shapes(sizes)))


@check(
    "inception.out_channels",
    hint="What comes out are the channels of all four branches, one after the other. The reductions stay inside.",
    zh="输出的是四个分支的全部通道，依次相连。用来降维的通道不在其中。",
)
def test_channels_add_up(submission: Any, draw: Draw) -> None:
    for n in (1, 0, 3):
        sizes = sizes_of(draw)
        c_in, c1, (_, k3), (_, k5), cp = sizes
        got = made(submission, "Inception", *sizes)(draw.randn(n, c_in, 8, 8, dtype=F32))
        compare.tensor(got, shape=(n, c1 + k3 + k5 + cp, 8, 8), dtype=F32)


@check(
    "inception.spatial_kept",
    hint="A kernel of k x k keeps the size if the frame is (k - 1) / 2 wide; so does the pooling, with stride 1.",
    zh="k x k 的核，边框宽 (k - 1) / 2 时大小不变；汇聚也要有边框，步幅为 1。",
)
def test_height_and_width_stay(submission: Any, draw: Draw) -> None:
    for height, width in ((7, 7), (8, 6), (1, 1), (2, 1), (1, 3), draw.sizes(2, 4, 11)):
        sizes = sizes_of(draw)
        channels = sizes[1] + sizes[2][1] + sizes[3][1] + sizes[4]
        got = made(submission, "Inception", *sizes)(draw.randn(2, sizes[0], height, width, dtype=F32))
        compare.tensor(got, shape=(2, channels, height, width), dtype=F32)


@check(
    "inception.param_count",
    hint="Six convolutions with biases. The 1 x 1 in front of the 3 x 3 and of the 5 x 5 is what makes them cheap.",
    zh="六个卷积，都有偏置。3 x 3 和 5 x 5 前面的 1 x 1 卷积，正是省参数的地方。",
)
def test_the_six_convolutions_are_there(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        sizes = sizes_of(draw)
        model, shapes = made(submission, "Inception", *sizes), inception_shapes(sizes)
        by_shape(state(submission, model), shapes)
        count = sum(value.numel() for value in model.params().values())
        compare.equal(count, sum(torch.Size(shape).numel() for shape in shapes.values()),
                      what="the number of parameters", zh="参数个数")  # fmt: skip


@check(
    "inception.branch_order",
    hint="First the 1 x 1 branch, then the 3 x 3, the 5 x 5, and last the pooling: along the channels.",
    zh="沿通道方向，先是 1 x 1 分支，然后 3 x 3、5 x 5，最后是汇聚分支。",
    needs=["inception.param_count"],
)
def test_each_branch_has_its_own_channels(submission: Any, draw: Draw) -> None:
    sizes = sizes_of(draw)
    shapes, student = inception_shapes(sizes), block(submission, sizes)
    values, x = filled(draw, shapes), draw.randn(2, sizes[0], 6, 5)
    for name in shapes:
        values[name] = values[name].abs() + 0.1  # so that no ReLU hides a change
    x, first = x.abs(), 0
    whole = compare.tensor(student(x, *values.values()), shape=inception(x, values).shape, dtype=F64).detach()
    for name, size in zip(
        ("one", "three", "five", "pool"), (sizes[1], sizes[2][1], sizes[3][1], sizes[4]), strict=True
    ):
        silent = {**values, name: torch.zeros(shapes[name], dtype=F64), f"{name} bias": torch.zeros(size, dtype=F64)}
        got = compare.tensor(student(x, *silent.values()), shape=whole.shape, dtype=F64).detach()
        changed = (got != whole).any(dim=3).any(dim=2).any(dim=0)
        want = torch.zeros_like(changed)
        want[first : first + size] = True
        compare.same(changed, want, what="which channels change when one branch is silenced",
                     zh="一个分支归零时变化的通道")  # fmt: skip
        first += size


@check(
    "inception.value",
    hint="A ReLU behind each of the six convolutions, and nothing else in between.",
    zh="六个卷积之后各有一个 ReLU，除此之外没有别的。",
    needs=["inception.param_count"],
    weight=2.0,
)
def test_channels_of_known_weights(submission: Any, draw: Draw) -> None:
    for number in range(6):
        sizes, dtype = sizes_of(draw), F32 if number % 3 == 2 else F64
        values = filled(draw, inception_shapes(sizes), dtype)
        x = draw.layout(draw.randn(draw.size(2, 3), sizes[0], *draw.sizes(2, 4, 8), dtype=dtype), number)
        bare = inception(x, values, bend=lambda t: t)
        same_or_told(block(submission, sizes)(x, *values.values()), inception(x, values), (BARE, bare), scale=5)


@check(
    "inception.negative_inputs",
    hint="What is added around the image for the pooling must never be the largest number, whatever the pixels are.",
    zh="为汇聚在图像四周补上的值，无论像素是什么，都不能成为最大值。",
    needs=["inception.param_count"],
)
def test_the_frame_of_the_pooling_never_wins(submission: Any, draw: Draw) -> None:
    for number in range(2):
        sizes = sizes_of(draw)
        values = filled(draw, inception_shapes(sizes))
        x = -draw.randn(2, sizes[0], 4, 5).abs() - 1 - 100 * number
        got = block(submission, sizes)(x, *values.values())
        same_or_told(got, inception(x, values), (FRAME, inception(x, values, 0.0)), scale=100)


@check(
    "inception.gradients",
    hint="All four branches send their gradient back to the image, and each to its own weights.",
    zh="四个分支都要把梯度传回图像，也各自传给自己的权重。",
    needs=["inception.value"],
)
def test_gradients_come_back_through_all_branches(submission: Any, draw: Draw) -> None:
    sizes = sizes_of(draw)
    shapes = inception_shapes(sizes)

    def by_hand(x: Tensor, *values: Tensor) -> Tensor:
        return inception(x, dict(zip(shapes, values, strict=True)))

    def point(draw: Draw) -> tuple[Tensor, ...]:
        return draw.randn(2, sizes[0], 5, 4), *filled(draw, shapes).values()

    gradients.match(block(submission, sizes), by_hand, point, draw, draws=2)
