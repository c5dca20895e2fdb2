"""Hidden checks of topic 28, first part: the values of BatchNorm, in both modes and both shapes."""

from __future__ import annotations

from typing import Any

import torch
from normalization_reference import (
    F32,
    F64,
    attribute,
    expected,
    filled,
    module,
    not_over_one_less,
    result,
    running,
    values_of,
)

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def batch(draw: Draw, number: int, d: int, dtype: torch.dtype, least: int = 2) -> torch.Tensor:
    """Features (n, d) or, every other time, images (n, d, H, W); all sizes differ, except n = d in every fifth case."""
    sizes = [size for size in draw.sizes(4, least, 9) if size != d]
    n = d if number % 5 == 4 else sizes[0]
    shape = (n, d) if number % 2 == 0 else (n, d, *sizes[1:3])
    spread = draw.uniform(0.5, 3.0, d, *[1] * (len(shape) - 2))
    middle = 4 * draw.randn(d, *[1] * (len(shape) - 2))
    return (draw.randn(*shape) * spread + middle).to(dtype)


@check(
    "batch_norm.init_gamma1_beta0",
    hint="A new BatchNorm must not change a normalised value: which factor and which summand do nothing?",
    zh="新建的 BatchNorm 不应改变已经规范化的值：什么样的因子、什么样的加数不起作用？",
)
def test_a_new_module_scales_and_shifts_nothing(submission: Any, draw: Draw) -> None:
    for d in draw.sizes(3, 1, 9):
        norm = module(submission, d, F32)
        given = norm.params()
        compare.equal(sorted(given), ["beta", "gamma"], what="the names of the parameters", zh="参数的名字")
        start = {"gamma": 1.0, "beta": 0.0, "running_mean": 0.0, "running_var": 1.0}
        for name, value in start.items():
            compare.same(attribute(norm, name, d, F32), torch.full((d,), value), what=name, zh=name)
        compare.require(
            all(value.requires_grad for value in given.values()),
            "gamma and beta should be learned: they must require a gradient.",
            "gamma 和 beta 是要学习的：它们必须需要梯度。",
        )


@check(
    "batch_norm.train_value",
    hint="Mean and variance of each column; the variance over N, not over N - 1. Then gamma, then beta.",
    zh="求每一列的均值和方差；方差除以 N，而不是 N - 1。然后乘 gamma，再加 beta。",
)
def test_features_of_a_batch(submission: Any, draw: Draw) -> None:
    for number in range(0, 20, 2):
        d, dtype = draw.size(2, 8), F32 if number % 6 == 4 else F64
        values = values_of(draw, d, dtype)
        norm, x = filled(submission, values), draw.layout(batch(draw, number, d, dtype), number // 2 % 3)
        got, want = result(norm, x), expected(x, values, True)
        one_less = (want - values["beta"]) * ((len(x) - 1) / len(x)) ** 0.5 + values["beta"]
        not_over_one_less(got, want, one_less)
        compare.same(got, want)
    two, values = 3 * draw.randn(2, 4), values_of(draw, 4)
    compare.same(result(filled(submission, values), two), expected(two, values, True))


@check(
    "batch_norm.train_value_2d",
    hint="A channel has one mean and one variance, over all pixels of all images.",
    zh="一个通道只有一个均值、一个方差，取自所有图像的所有像素。",
)
def test_channels_of_images(submission: Any, draw: Draw) -> None:
    for number in range(1, 21, 2):
        d, dtype = draw.size(2, 8), F32 if number % 6 == 5 else F64
        values = values_of(draw, d, dtype)
        norm, x = filled(submission, values), draw.layout(batch(draw, number, d, dtype), number // 2 % 3)
        compare.same(result(norm, x), expected(x, values, True))
    for shape in ((1, 3, 4, 5), (2, 3, 1, 1), (1, 3, 1, 2)):
        x, values = draw.randn(*shape), values_of(draw, 3)
        compare.same(result(filled(submission, values), x), expected(x, values, True))


@check(
    "batch_norm.tiny_variance_eps",
    hint="eps belongs inside the root, beside the variance: it decides where the variance is small, or zero.",
    zh="eps 应放在根号里面，与方差相加：当方差很小或为零时，由它决定结果。",
)
def test_eps_counts_where_the_variance_is_small(submission: Any, draw: Draw) -> None:
    for number, eps in enumerate((1e-5, 1e-5, 0.5, 1e-3, 7.0, 1e-5)):
        d, dtype = draw.size(2, 7), F32 if number == 5 else F64
        values, options = values_of(draw, d, dtype), {} if number < 2 else {"eps": eps}
        norm = filled(submission, values, **options)
        x = batch(draw, number, d, F64, least=3)
        x = ((x - x.mean()) * 2e-3).to(dtype)
        x[:, 0] = 0.25  # a constant feature
        compare.same(result(norm, x), expected(x, values, True, eps=eps))
        norm.eval()
        values["running_var"] = torch.zeros(d, dtype=dtype)
        norm.running_var = values["running_var"]
        compare.same(result(norm, x), expected(x, values, False, eps=eps))


@check(
    "batch_norm.large_offset_fp32",
    hint="The mean of squares minus the squared mean loses every digit where the mean is large: centre first.",
    zh="均值很大时，“平方的均值减去均值的平方”会把有效数字丢光。请先减去均值。",
)
def test_features_far_from_zero(submission: Any, draw: Draw) -> None:
    for number in range(4):
        d = draw.size(4, 8)
        values = values_of(draw, d, F32)
        x = (1e4 + 2 * draw.randn(*((40, d) if number % 2 else (6, d, 4, 3)))).to(F32)
        want = expected(x.double(), {name: value.double() for name, value in values.items()}, True).to(F32)
        compare.same(result(filled(submission, values), x), want, rtol=1e-2, atol=1e-2)


@check(
    "batch_norm.running_stats_small_batch",
    hint="The running variance gets the estimate over N - 1; momentum is the weight of the newest batch.",
    zh="滑动方差用的是除以 N - 1 的估计；momentum 是最新一批的权重。",
)
def test_running_statistics_after_small_batches(submission: Any, draw: Draw) -> None:
    for number, momentum in enumerate((0.1, 0.1, 0.3, 0.03, 1.0, 0.0)):
        d, dtype = draw.size(2, 6), F32 if number == 3 else F64
        values, options = values_of(draw, d, dtype), {} if number < 2 else {"momentum": momentum}
        norm = filled(submission, values, **options)
        shape = (1, d, 3, 2) if number % 2 else (3, d)
        for _ in range(2):
            x = 2 * draw.randn(*shape, dtype=dtype) + 5
            result(norm, x)
            expected(x, values, True, momentum=momentum)
        running(norm, values)


@check(
    "batch_norm.running_detached",
    hint="Running statistics are a memory, not a part of the graph: they must not require a gradient.",
    zh="滑动统计量是一种记忆，不是计算图的一部分：它们不应需要梯度。",
)
def test_two_steps_of_training_follow_each_other(submission: Any, draw: Draw) -> None:
    source = """
x.requires_grad_()
for _ in range(2):
    norm(x).square().sum().backward()
[norm.running_mean.requires_grad, norm.running_var.requires_grad]
"""
    for shape in ((5, 3), (2, 3, 4, 5)):
        norm = filled(submission, values_of(draw, 3))
        found = submission.build(source, norm=norm, x=draw.randn(*shape))
        compare.equal(found, [False, False], what="requires_grad of the buffers", zh="缓冲区的 requires_grad")


@check(
    "batch_norm.eval_uses_running",
    hint="In evaluation mode mean and variance come from the memory, whatever the batch looks like.",
    zh="评估模式下，均值和方差取自记忆，与这一批数据的样子无关。",
)
def test_evaluation_uses_what_training_has_seen(submission: Any, draw: Draw) -> None:
    for number in range(8):
        d, dtype = draw.size(2, 6), F32 if number == 5 else F64
        values = values_of(draw, d, dtype)
        norm = filled(submission, values)
        for _ in range(3 if number % 4 < 2 else 0):
            x = batch(draw, number, d, dtype)
            result(norm, x)
            expected(x, values, True)
        norm.eval()
        x = draw.layout(batch(draw, number + 1, d, dtype), number // 2 % 3)
        compare.same(result(norm, x), expected(x, values, False))


@check(
    "batch_norm.eval_single_sample",
    hint="Outside of training one sample alone is nothing special, and neither is none: no statistics are taken.",
    zh="不在训练时，单独一个样本没什么特别，零个也一样：不从这一批里计算任何统计量。",
)
def test_one_sample_alone(submission: Any, draw: Draw) -> None:
    for number, shape in enumerate(((1,), (1, 1, 1), (1, 3, 2), (0,), (0, 2, 3))):
        d = draw.size(2, 7)
        values = values_of(draw, d)
        norm = filled(submission, values)
        norm.eval()
        x = draw.layout(draw.randn(shape[0], d, *shape[1:]), number % 3)
        compare.same(result(norm, x), expected(x, values, False))


@check(
    "batch_norm.eval_does_not_update",
    hint="Only training changes the memory. Back in training mode it goes on where it was.",
    zh="只有训练会改变记忆。回到训练模式后，它从原处继续。",
)
def test_evaluation_changes_nothing(submission: Any, draw: Draw) -> None:
    for shape in ((4, 3), (2, 3, 4, 5)):
        values = values_of(draw, 3)
        norm = filled(submission, values)
        norm.eval()
        for _ in range(2):
            result(norm, draw.randn(*shape))
        running(norm, values)
        norm.train()
        x = draw.randn(*shape) + 2
        compare.same(result(norm, x), expected(x, values, True))
        running(norm, values)
