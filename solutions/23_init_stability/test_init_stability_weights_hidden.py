"""Hidden checks of topic 23, second part: the two initialisations, judged by statistics within five standard errors."""

from __future__ import annotations

import math
from typing import Any

from init_stability_reference import (
    F32,
    READY_MADE,
    centred,
    independent,
    only_from_the_generator,
    shape_of_distribution,
    spread,
    weight_of,
)
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# xavier_uniform -----------------------------------------------------------------------------------------------------

WIDE, TALL = (64, 512), (512, 64)


def xavier(submission: Any, draw: Draw, shape: tuple[int, int], gain: float | None = None) -> Tensor:
    options = {} if gain is None else {"gain": gain}
    return weight_of(submission.xavier_uniform(shape, draw.new_generator(), **options), shape)


def bound(shape: tuple[int, int], gain: float = 1.0) -> float:
    return gain * math.sqrt(6 / sum(shape))


@check(
    "xavier_uniform.std_wide",
    hint="Inputs and outputs count alike: 6 over their sum, under the root.",
    zh="输入与输出同样算数：根号里是 6 除以两者之和。",
)
def test_spread_of_a_wide_layer(submission: Any, draw: Draw) -> None:
    for shape in (WIDE, (30, 1100)):
        spread(xavier(submission, draw, shape), bound(shape) / math.sqrt(3), 1.8)


@check(
    "xavier_uniform.std_tall",
    hint="Inputs and outputs count alike, also where there are many outputs.",
    zh="输入与输出同样算数，输出很多时也一样。",
)
def test_spread_of_a_tall_layer(submission: Any, draw: Draw) -> None:
    for shape in (TALL, (1100, 30)):
        spread(xavier(submission, draw, shape), bound(shape) / math.sqrt(3), 1.8)


@check(
    "xavier_uniform.range",
    hint="An even distribution ends at -a and a, and reaches nearly to both ends.",
    zh="均匀分布止于 -a 和 a，而且两端都几乎取到。",
)
def test_weights_fill_the_range_and_stay_in_it(submission: Any, draw: Draw) -> None:
    for shape in (WIDE, TALL):
        weight, a = xavier(submission, draw, shape), bound(shape)
        compare.require(
            weight.abs().max().item() <= a * (1 + 1e-6),
            "some weights lie outside of -a .. a.",
            "有些权重超出了 -a .. a。",
        )
        compare.require(
            weight.max().item() > 0.99 * a and weight.min().item() < -0.99 * a,
            "no weight comes close to one of the ends of -a .. a.",
            "没有权重接近 -a .. a 的某一端。",
        )


@check(
    "xavier_uniform.mean0",
    hint="As much below 0 as above: the range must be centred.",
    zh="零以下与零以上一样多：区间必须以 0 为中心。",
)
def test_weights_are_centred(submission: Any, draw: Draw) -> None:
    for shape in (WIDE, TALL):
        centred(xavier(submission, draw, shape), bound(shape) / math.sqrt(3))


@check(
    "xavier_uniform.gain",
    hint="gain multiplies the bound a, once.",
    zh="gain 乘在界 a 上，只乘一次。",
)
def test_gain_scales_the_weights(submission: Any, draw: Draw) -> None:
    for gain in (5 / 3, 0.3, 2.0):
        weight, a = xavier(submission, draw, WIDE, gain), bound(WIDE, gain)
        spread(weight, a / math.sqrt(3), 1.8)
        compare.require(
            weight.abs().max().item() <= a * (1 + 1e-6),
            "some weights lie outside of -a .. a.",
            "有些权重超出了 -a .. a。",
        )


@check(
    "xavier_uniform.even",
    hint="Every place between -a and a is equally likely, and every entry draws for itself.",
    zh="-a 与 a 之间处处机会均等，而且每个元素各抽各的。",
)
def test_weights_are_even_and_independent(submission: Any, draw: Draw) -> None:
    weight = xavier(submission, draw, (200, 300))
    shape_of_distribution(weight, bound((200, 300)) / math.sqrt(3), 1.8, 9.0)
    independent(weight)


@check(
    "xavier_uniform.generator_only",
    hint="Hand the generator to whatever draws, and do not seed it.",
    zh="把 generator 交给抽取随机数的函数，不要给它重新播种。",
)
def test_xavier_draws_from_the_generator(submission: Any, draw: Draw) -> None:
    only_from_the_generator(submission, draw, "student.xavier_uniform(shape, g)", (3, 5))


@check(
    "xavier_uniform.no_builtin",
    hint="torch.nn.init is what you are building.",
    zh="torch.nn.init 正是你要实现的东西。",
    needs=["xavier_uniform.example"],
)
def test_xavier_is_built_from_scratch(submission: Any) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="xavier_uniform")


# kaiming_normal -----------------------------------------------------------------------------------------------------


def kaiming(submission: Any, draw: Draw, shape: tuple[int, ...], *args: Any, **options: Any) -> Tensor:
    return weight_of(submission.kaiming_normal(shape, draw.new_generator(), *args, **options), shape)


@check(
    "kaiming_normal.std",
    hint="fan_in counts what goes into one output, fan_out where one input goes. Which one is the second dimension?",
    zh="fan_in 数的是一个输出由多少输入相加而成，fan_out 数的是一个输入去往多少个输出。第二维是哪一个？",
)
def test_spread_in_both_modes(submission: Any, draw: Draw) -> None:
    for shape in (WIDE, TALL):
        spread(kaiming(submission, draw, shape), math.sqrt(2 / shape[1]), 3)
        spread(kaiming(submission, draw, shape, mode="fan_in"), math.sqrt(2 / shape[1]), 3)
        spread(kaiming(submission, draw, shape, "fan_out"), math.sqrt(2 / shape[0]), 3)


@check(
    "kaiming_normal.conv_fan",
    hint="One output of a convolution is a sum over all channels and over the whole window.",
    zh="卷积的一个输出，是对所有通道、整个窗口求和。",
)
def test_spread_of_a_convolution(submission: Any, draw: Draw) -> None:
    for shape in ((40, 70, 3, 5), (90, 30, 5, 2)):
        out, channels, height, width = shape
        spread(kaiming(submission, draw, shape), math.sqrt(2 / (channels * height * width)), 3)
        spread(kaiming(submission, draw, shape, mode="fan_out"), math.sqrt(2 / (out * height * width)), 3)


@check(
    "kaiming_normal.leaky",
    hint="A leaky relu keeps a share a^2 of the negative half: the variance is divided by 1 + a^2 as well.",
    zh="leaky relu 在负半边保留 a^2 那一份：所以方差还要除以 1 + a^2。",
)
def test_spread_for_a_leaky_relu(submission: Any, draw: Draw) -> None:
    for slope in (0.2, 1.0, -0.5):
        spread(kaiming(submission, draw, WIDE, a=slope), math.sqrt(2 / (1 + slope**2) / 512), 3)
        spread(kaiming(submission, draw, WIDE, "fan_out", slope), math.sqrt(2 / (1 + slope**2) / 64), 3)


@check(
    "kaiming_normal.normal",
    hint="A normal distribution with mean 0, and every entry draws for itself.",
    zh="均值为 0 的正态分布，而且每个元素各抽各的。",
)
def test_weights_are_normal_and_independent(submission: Any, draw: Draw) -> None:
    for shape in ((200, 300), (50, 40, 5, 6)):
        weight, std = kaiming(submission, draw, shape), math.sqrt(2 / math.prod(shape[1:]))
        centred(weight, std)
        shape_of_distribution(weight, std, 3.0, 105.0)
        independent(weight)


@check(
    "kaiming_normal.forward_variance",
    hint="Half of the signal is lost in every relu. Which factor makes up for it?",
    zh="每个 relu 都损失一半信号。什么因子能补回来？",
)
def test_twenty_relu_layers_keep_their_size(submission: Any, draw: Draw) -> None:
    h = draw.randn(256, 300, dtype=F32)
    start = h.std()
    for _ in range(20):
        h = (h @ kaiming(submission, draw, (300, 300)).T).clamp(min=0)
    size = (h.square().mean().sqrt() / start).item()
    compare.require(
        0.25 <= size <= 4,
        "after twenty relu layers the signal has grown or shrunk.",
        "经过二十个 relu 层，信号变大或变小了。",
    )


@check(
    "kaiming_normal.bad_mode_raises",
    hint="A mode that is misspelled must not pass for one of the two.",
    zh="写错的 mode 不能当作两者之一。",
)
def test_other_modes_are_refused(submission: Any, draw: Draw) -> None:
    for mode in ("fan", "fanin", "", "fan_avg"):
        compare.raises(ValueError, submission.kaiming_normal, (3, 4), draw.new_generator(), mode)


@check(
    "kaiming_normal.generator_only",
    hint="Hand the generator to whatever draws, and do not seed it.",
    zh="把 generator 交给抽取随机数的函数，不要给它重新播种。",
)
def test_kaiming_draws_from_the_generator(submission: Any, draw: Draw) -> None:
    only_from_the_generator(submission, draw, "student.kaiming_normal(shape, g)", (3, 5))


@check(
    "kaiming_normal.no_builtin",
    hint="torch.nn.init is what you are building.",
    zh="torch.nn.init 正是你要实现的东西。",
    needs=["kaiming_normal.example"],
)
def test_kaiming_is_built_from_scratch(submission: Any) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="kaiming_normal")
