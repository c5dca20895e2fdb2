"""Hidden checks of topic 28, third part: layer_norm, max_scale and MinMax."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from normalization_reference import F32, F64, OPERATIONS, READY_MADE, not_over_one_less
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def same_rows(submission: Any, draw: Draw, x: Tensor, eps: float | None = None) -> None:
    """layer_norm of x with random g and b."""
    d = x.shape[-1]
    g, b = draw.randn(d, dtype=x.dtype), 2 * draw.randn(d, dtype=x.dtype)
    options = {} if eps is None else {"eps": eps}
    got, want = submission.layer_norm(x, g, b, **options), F.layer_norm(x, (d,), g, b, **options)
    compare.tensor(got, shape=tuple(x.shape), dtype=x.dtype)
    not_over_one_less(got, want, (want - b) * ((d - 1) / d) ** 0.5 + b)
    compare.same(got, want)


@check(
    "layer_norm.value",
    hint="Mean and variance along the last dimension, kept for broadcasting; the variance over d, not over d - 1.",
    zh="沿最后一维求均值和方差，并保留该维以便广播；方差除以 d，而不是 d - 1。",
)
def test_rows_of_any_number_of_dimensions(submission: Any, draw: Draw) -> None:
    for number in range(20):
        shape = draw.sizes(1 + number % 4, 2, 7)
        x = 2 * draw.randn(*shape, dtype=F32 if number % 5 == 4 else F64) + draw.size(-3, 3)
        same_rows(submission, draw, draw.expanded(x) if number % 6 == 5 else draw.layout(x, number % 3))


@check(
    "layer_norm.batch1",
    hint="One row alone has a mean and a variance, too: its own. With no row, or no dimension in front, as well.",
    zh="单独一行也有均值和方差：它自己的。没有行、前面没有维度，同样不需要和谁比较。",
)
def test_a_batch_of_one_and_of_none(submission: Any, draw: Draw) -> None:
    for shape in ((1, 6), (7,), (1, 1, 5), (0, 4), (2, 0, 3), (3, 1)):
        same_rows(submission, draw, draw.randn(*shape))


@check(
    "layer_norm.square",
    hint="With as many rows as features a statistic of the wrong dimension still broadcasts. Which one is it?",
    zh="行数与特征数相同时，沿错误维度求的统计量也能广播。是哪一维？",
)
def test_as_many_rows_as_features(submission: Any, draw: Draw) -> None:
    for number in range(6):
        size = draw.size(2, 7)
        same_rows(submission, draw, 3 * draw.randn(*[size] * (2 + number % 2)) + draw.randn(size, 1))


@check(
    "layer_norm.large_offset_fp32",
    hint="The mean of squares minus the squared mean loses every digit where the mean is large: centre first.",
    zh="均值很大时，“平方的均值减去均值的平方”会把有效数字丢光。请先减去均值。",
)
def test_rows_far_from_zero(submission: Any, draw: Draw) -> None:
    for sign in (1, -1, 1):
        n, d = draw.sizes(2, 6, 20)
        x = (sign * 1e4 + 2 * draw.randn(n, d)).to(F32)
        g, b = draw.uniform(0.5, 2.0, d, dtype=F32), draw.randn(d, dtype=F32)
        want = F.layer_norm(x.double(), (d,), g.double(), b.double()).to(F32)
        compare.same(submission.layer_norm(x, g, b), want, rtol=1e-2, atol=1e-2)


@check(
    "layer_norm.tiny_variance_eps",
    hint="eps belongs inside the root. A row whose values are all equal becomes b, not nan.",
    zh="eps 应放在根号里面。各值都相等的一行，结果是 b，而不是 nan。",
)
def test_eps_counts_where_a_row_hardly_varies(submission: Any, draw: Draw) -> None:
    for eps in (None, 1e-5, 0.5, 7.0):
        x = 2e-3 * draw.randn(*draw.sizes(2, 3, 8))
        x[0] = 0.25
        same_rows(submission, draw, x, eps)


@check(
    "layer_norm.gradcheck",
    hint="Mean and variance depend on x: gradients flow through both, and to g and b.",
    zh="均值和方差都依赖 x：梯度要通过它们，也要传到 g 和 b。",
)
def test_gradients_of_layer_norm(submission: Any, draw: Draw) -> None:
    def point(draw: Draw) -> tuple[Tensor, ...]:
        n, d = draw.sizes(2, 3, 6)
        return 2 * draw.randn(2, n, d) + 1, draw.randn(d), draw.randn(d)

    gradients.match(submission.layer_norm, lambda x, g, b: F.layer_norm(x, g.shape, g, b), point, draw)


@check(
    "layer_norm.inputs_unchanged",
    hint="x, g and b belong to the caller.",
    zh="x、g 和 b 都是调用者的。",
)
def test_layer_norm_leaves_its_inputs_alone(submission: Any, draw: Draw) -> None:
    given = (draw.randn(4, 3), draw.randn(3), draw.randn(3))
    seen = submission.observe("layer_norm", *given)
    compare.tensor(seen.result, shape=(4, 3), dtype=F64)
    for before, after, name in zip(given, seen.args, "xgb", strict=True):
        compare.unchanged(before, after, name)


@check(
    "layer_norm.no_builtin",
    hint="The ready-made normalisation is what you are building: a mean, a variance, a root.",
    zh="现成的规范化正是你要实现的东西：一个均值、一个方差、一个根号。",
    needs=["layer_norm.example"],
    weight=2.0,
)
def test_layer_norm_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="layer_norm")
    seen = submission.observe("layer_norm", draw.randn(4, 3), draw.randn(3), draw.randn(3))
    source_rules.forbid_ops(seen, OPERATIONS)


# min_max_scale ------------------------------------------------------------------------------------------------------


def table(draw: Draw, number: int, low: float = -4.0) -> Tensor:
    """Columns of different size and place."""
    n, d = draw.sizes(2, 3, 9)
    n = d if number % 4 == 3 else n
    x = draw.uniform(low, 5.0, n, d) * 10.0 ** draw.integers(-2, 3, d)
    return x.to(F32) if number % 5 == 4 else x


def scaler(submission: Any, x: Tensor) -> Any:
    made = submission.MinMax()
    return compare.is_type(made.fit(x), submission.MinMax, "what fit returns", "fit 的返回值")


@check(
    "min_max_scale.max_value",
    hint="Each column by its own largest value, not by that of the table or of the row.",
    zh="每一列除以自己的最大值，而不是整张表的或每一行的最大值。",
)
def test_columns_divided_by_their_maximum(submission: Any, draw: Draw) -> None:
    for number in range(10):
        x = draw.layout(table(draw, number, 0.0), number % 3)
        compare.same(submission.max_scale(x), x / x.amax(0))
    one = draw.uniform(0.5, 2.0, 1, 4)
    compare.same(submission.max_scale(one), torch.ones(1, 4, dtype=F64))
    tiny = torch.tensor([[1e-9, 2.0], [4e-9, 1.0]], dtype=F64)
    compare.same(submission.max_scale(tiny), tiny / tiny.amax(0))


@check(
    "min_max_scale.range",
    hint="In the data of fit every column begins at exactly 0 and ends at exactly 1.",
    zh="在 fit 的数据中，每一列恰好从 0 开始，到 1 结束。",
)
def test_columns_go_from_zero_to_one(submission: Any, draw: Draw) -> None:
    for number in range(10):
        x = draw.layout(table(draw, number), number % 3)
        low = x.amin(0)
        got = scaler(submission, x).transform(x)
        compare.same(got, (x - low) / (x.amax(0) - low), what="the scaled data", zh="缩放后的数据")
        ends = torch.stack([got.detach().amin(0), got.detach().amax(0)])
        want = torch.tensor([[0.0], [1.0]], dtype=x.dtype).expand(2, x.shape[1])
        compare.same(ends, want, what="the smallest and largest values", zh="最小值与最大值")


@check(
    "min_max_scale.constant_column",
    hint="What can't be scaled is not divided by 0: find the columns with divisor 0, and only these.",
    zh="无法缩放的列不要除以 0：只找出除数会是 0 的列，单独处理。",
)
def test_columns_without_any_spread(submission: Any, draw: Draw) -> None:
    for number in range(4):
        x = table(draw, number)
        flat, narrow = 0, 1
        x[:, flat] = 0.0 if number == 2 else 3.0
        x[:, narrow] = torch.linspace(0, 1e-9, len(x), dtype=F64) ** 2
        y = table(draw, number)[:, :1].expand(-1, x.shape[1]) + 1
        low, high = x.amin(0), x.amax(0)
        span = torch.where(high == low, torch.ones_like(low), high - low)
        made = scaler(submission, x)
        compare.same(made.transform(x), (x - low) / span, what="the scaled data", zh="缩放后的数据")
        compare.same(made.transform(y), (y - low) / span, what="the scaled new data", zh="缩放后的新数据")
        x = x.abs()
        x[:, flat] = 0.0
        top = x.amax(0)
        compare.same(submission.max_scale(x), x / torch.where(top == 0, torch.ones_like(top), top))


@check(
    "min_max_scale.fit_on_train",
    hint="New data are moved and scaled exactly as the training data were, and may lie outside of 0 .. 1.",
    zh="新数据的平移和缩放与训练数据完全相同，所以结果可以落在 0 到 1 之外。",
)
def test_new_data_use_what_fit_has_learned(submission: Any, draw: Draw) -> None:
    for number in range(8):
        x = table(draw, number)
        d, low, span = x.shape[1], x.amin(0), x.amax(0) - x.amin(0)
        made = scaler(submission, x)
        for m in (draw.size(2, 8), 1, 0, 3):
            new = draw.layout(20 * draw.randn(m, d, dtype=x.dtype), m % 3)
            compare.same(made.transform(new), (new - low) / span, what="the scaled new data", zh="缩放后的新数据")


@check(
    "min_max_scale.refit",
    hint="Each scaler has its own memory, a second fit starts anew, and without a fit there is nothing to scale by.",
    zh="每个缩放器有自己的记忆；再次 fit 从头开始；没有 fit 过就无从缩放。",
)
def test_every_fit_starts_anew(submission: Any, draw: Draw) -> None:
    one, two = table(draw, 0), table(draw, 1)
    first, second = scaler(submission, one), scaler(submission, two)
    compare.same(first.transform(one), (one - one.amin(0)) / (one.amax(0) - one.amin(0)))
    first.fit(two / 7 + 1)
    third = two / 7 + 1
    compare.same(first.transform(two), (two - third.amin(0)) / (third.amax(0) - third.amin(0)))
    compare.same(second.transform(two), (two - two.amin(0)) / (two.amax(0) - two.amin(0)))
    compare.raises(RuntimeError, submission.MinMax().transform, two)


@check(
    "min_max_scale.inputs_unchanged",
    hint="The data belong to the caller: scale a copy.",
    zh="数据是调用者的：请缩放副本。",
)
def test_the_tables_are_left_alone(submission: Any, draw: Draw) -> None:
    x = draw.uniform(1, 5, 4, 3)
    seen = submission.observe("max_scale", x)
    compare.tensor(seen.result, shape=(4, 3), dtype=F64)
    compare.unchanged(x, seen.args[0], "x")
    source = "made = student.MinMax().fit(x)\nbefore = x.clone()\ny = made.transform(x)\n[y, before, x]"
    three = compare.items(submission.build(source, x=x), 3, list)
    compare.tensor(three[0], shape=(4, 3), dtype=F64)
    for after in three[1:]:
        compare.unchanged(x, after, "x")
