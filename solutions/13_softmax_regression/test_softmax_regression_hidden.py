"""Hidden checks of softmax-regression, first part: softmax, along any dimension, for scores of any size."""

from __future__ import annotations

import math
from typing import Any

import torch
from softmax_regression_reference import F32, F64, from_scratch
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def same_shares(submission: Any, x: Tensor, dim: int = -1) -> None:
    compare.same(submission.softmax(x, dim), torch.softmax(x, dim), what="the probabilities", zh="概率")


@check(
    "softmax.value",
    hint="exp(x) over the sum of all exp(x) of the same row. Keep the summed dimension, or the shapes won't meet.",
    zh="exp(x) 除以同一行所有 exp(x) 之和。求和时保留那一维，否则形状对不上。",
)
def test_softmax_of_the_last_dimension(submission: Any, draw: Draw) -> None:
    for number in range(24):
        x = 3 * draw.randn(*draw.sizes(1 + number % 4, 2, 6), dtype=float_type(number // 4))
        x = draw.layout(x, number)
        compare.same(submission.softmax(x), torch.softmax(x, -1), what="the probabilities", zh="概率")


@check(
    "softmax.square_input",
    hint="With as many rows as classes a sum of the wrong shape broadcasts without an error. Which way does it go?",
    zh="行数等于类别数时，形状不对的和也能广播而不报错。它沿哪个方向广播？",
)
def test_softmax_of_square_batches(submission: Any, draw: Draw) -> None:
    for number in range(8):
        size = draw.size(2, 7)
        x = 2 * draw.randn(*[size] * (2 + number % 2), dtype=float_type(number))
        compare.same(submission.softmax(x), torch.softmax(x, -1), what="the probabilities", zh="概率")


@check(
    "softmax.large_logits",
    hint="exp overflows at 89 in float32 and at 710 in float64. Only differences of scores matter: use that.",
    zh="exp 在 float32 中超过 89 就溢出，在 float64 中是 710。只有得分之差才有意义：请利用这一点。",
)
def test_softmax_of_scores_in_the_thousands(submission: Any, draw: Draw) -> None:
    for number in range(12):
        dtype = F32 if number % 2 else F64
        far = torch.tensor([1e3, 0.0, -1e3], dtype=dtype)[draw.permutation(3)]
        close = 1e3 * (-1) ** number + draw.randn(4, dtype=dtype)
        for x in (far, torch.stack([far, -far]), close):
            compare.finite(submission.softmax(x), "softmax", "softmax")
            same_shares(submission, x)


@check(
    "softmax.per_row_shift",
    hint="Rows know nothing of each other. One number for the whole batch leaves the low rows with 0 / 0.",
    zh="各行互不相干。整个批量只减同一个数，低分的行就成了 0 / 0。",
)
def test_rows_far_apart_in_one_batch(submission: Any, draw: Draw) -> None:
    for number in range(8):
        dtype, n = F32 if number % 2 else F64, draw.size(3, 7)
        level = 800.0 * (draw.permutation(n) % 3 - 1).to(dtype)
        x = level.unsqueeze(1) + draw.randn(n, draw.size(2, 6), dtype=dtype)
        same_shares(submission, x)
        same_shares(submission, x.t(), 0)
        weights = draw.randn(*x.shape, dtype=dtype)
        (want,) = gradients.of(lambda t: torch.softmax(t, -1), x, grad_output=weights)
        (got,) = gradients.of(submission.softmax, x, grad_output=weights)
        compare.same(got, want, what="the gradient", zh="梯度", scale=10)  # 800 - logsumexp has few digits in float32


@check(
    "softmax.dim_arg",
    hint="The maximum and the sum both go along `dim`, whichever dimension that is, counted from either end.",
    zh="最大值与求和都沿 dim 进行，不论它是哪一维，也不论从前数还是从后数。",
)
def test_softmax_along_every_dimension(submission: Any, draw: Draw) -> None:
    for dims in (1, 2, 3, 3, 4):
        sizes = draw.sizes(dims, 2, 6)
        for number, dim in enumerate(range(-dims, dims)):
            same_shares(submission, draw.layout(2 * draw.randn(*sizes, dtype=float_type(number)), number), dim)


@check(
    "softmax.ruled_out",
    hint="exp(-inf) is 0 all by itself, unless -inf is replaced, or subtracted from -inf.",
    zh="exp(-inf) 自然等于 0，除非你替换了 -inf，或者用 -inf 减 -inf。",
)
def test_scores_of_minus_infinity_get_nothing(submission: Any, draw: Draw) -> None:
    for number in range(8):
        n, classes = draw.sizes(2, 3, 7)
        x = draw.randn(n, classes, dtype=float_type(number)) - (500 if number % 2 else 0)
        x[draw.uniform(0, 1, n, classes) < 0.5] = -math.inf
        x[torch.arange(n), draw.integers(0, classes, n)] = -400.0
        same_shares(submission, x)


@check(
    "softmax.input_unchanged",
    hint="x belongs to the caller: -= and exp_ write into it.",
    zh="x 是调用者的：-= 和 exp_ 会改写它。",
)
def test_softmax_leaves_x_alone(submission: Any, draw: Draw) -> None:
    for number in range(3):
        x = draw.layout(draw.randn(3, 5), number)
        seen = submission.observe("softmax", x)
        compare.tensor(seen.result, shape=(3, 5), dtype=F64)
        compare.unchanged(x, seen.args[0], "x")


@check(
    "softmax.gradcheck",
    hint="The result must stay connected to x: no NumPy, no .data, no detach() around the exponentials.",
    zh="从 x 到结果的计算图不能断：不要经过 NumPy、.data，也不要对指数部分 detach()。",
)
def test_gradient_of_softmax(submission: Any, draw: Draw) -> None:
    gradients.match(submission.softmax, lambda x: torch.softmax(x, -1), lambda draw: 2 * draw.randn(4, 3), draw)
    ties = draw.integers(0, 2, 4, 5).double()  # several classes share the maximum
    weights = draw.randn(4, 5)
    (want,) = gradients.of(lambda x: torch.softmax(x, 0), ties, grad_output=weights)
    (got,) = gradients.of(lambda x: submission.softmax(x, 0), ties, grad_output=weights)
    compare.same(got, want, what="the gradient", zh="梯度")
    gradients.gradcheck(lambda x: submission.softmax(x, 1), draw.randn(2, 3, 2))


@check(
    "softmax.no_builtin",
    hint="Use exp, a sum and a division. The ready-made function is what you are building.",
    zh="用 exp、求和与除法来写。现成的函数正是你要实现的东西。",
    needs=["softmax.example"],
    weight=3.0,
)
def test_softmax_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    from_scratch(submission, "softmax", submission.observe("softmax", draw.randn(3, 5)))


@check(
    "softmax.empty_batch",
    hint="Without rows there is nothing to do, and nothing to fail: reduce over `dim` only, not over the whole tensor.",
    zh="没有行就没有计算，也不该出错：只沿 dim 归约，不要对整个张量归约。",
)
def test_softmax_of_no_rows(submission: Any, draw: Draw) -> None:
    for shape in ((0, draw.size(2, 6)), (0, 3, 4), (2, 0, 3)):
        compare.same(submission.softmax(torch.zeros(shape)), torch.zeros(shape), what="softmax", zh="softmax")
