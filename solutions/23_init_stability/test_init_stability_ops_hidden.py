"""Hidden checks of topic 23, third part: formulas in floating point."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from init_stability_reference import F32, F64, LOG_SUMS
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

F16 = torch.float16

# stable_ops ---------------------------------------------------------------------------------------------------------


@check(
    "stable_ops.logsumexp_value",
    hint="Along `dim`, whichever it is; that dimension is gone afterwards.",
    zh="沿 dim 计算，不论它是哪一维；之后这一维消失。",
)
def test_logsumexp_along_every_dimension(submission: Any, draw: Draw) -> None:
    for number in range(20):
        shape = draw.sizes(1 + number % 3, 1, 6)
        dim = draw.size(-len(shape), len(shape) - 1)
        x = draw.layout(3 * draw.randn(*shape, dtype=F32 if number % 5 == 4 else F64), number % 3)
        seen = submission.observe("logsumexp", x, dim)
        compare.same(seen.result, torch.logsumexp(x, dim))
        compare.unchanged(x, seen.args[0], "x")


@check(
    "stable_ops.large",
    hint="exp of ten thousand is out of reach, exp of a difference is not; each row has its own largest entry.",
    zh="一万的 exp 谁也算不出，差的 exp 却可以；而且每一行有自己的最大值。",
)
def test_logsumexp_of_tens_of_thousands(submission: Any, draw: Draw) -> None:
    for number in range(8):
        dtype = F32 if number % 2 else F64
        level = 1e4 * (draw.permutation(5) - 2).to(dtype)
        x = level.view(5, 1) + draw.randn(5, 4, dtype=dtype)
        compare.same(submission.logsumexp(x, 1), torch.logsumexp(x, 1))
        compare.same(submission.logsumexp(x.t(), 0), torch.logsumexp(x, 1))
    x = draw.randn(6, 4)
    x[draw.uniform(0, 1, 6, 4) < 0.5] = -math.inf
    x[0] = -math.inf
    x[1] = -1e4
    compare.same(submission.logsumexp(x, 1), torch.logsumexp(x, 1))


@check(
    "stable_ops.fp16",
    hint="In float16 everything above 65504 is infinite, and 1e-12 is 0.",
    zh="在 float16 中，超过 65504 就是无穷大，而 1e-12 就是 0。",
)
def test_half_precision(submission: Any, draw: Draw) -> None:
    for level in (12.0, 300.0, -40.0):
        x = (level + draw.randn(3, 5)).to(F16)
        want = torch.logsumexp(x.double(), 1).to(F16)
        compare.same(compare.finite(submission.logsumexp(x, 1)), want)
    a, b = torch.tensor([0.0, 1.0, 3.0], dtype=F16), torch.tensor([0.0, 0.0, -2.0], dtype=F16)
    want = torch.tensor([0.0, 16384.0, -1.5], dtype=F16)
    compare.same(compare.finite(submission.safe_div(a, b)), want)


@check(
    "stable_ops.grad_finite",
    hint="torch.where hides a nan from a value, but not from a gradient, where it comes back as 0 times infinity.",
    zh="torch.where 能把 nan 从值里藏起来，却不能从梯度里藏起来：在那里它以 0 乘无穷大的形式回来。",
)
def test_gradients_where_it_is_dangerous(submission: Any, draw: Draw) -> None:
    ties = draw.integers(0, 2, 4, 5).double() * 2000
    weight = draw.randn(4)
    (got,) = gradients.of(lambda x: submission.logsumexp(x, 1), ties, grad_output=weight)
    compare.same(got, torch.softmax(ties, 1) * weight.view(4, 1), what="the gradient of logsumexp", zh="梯度")
    x = torch.tensor([[0.0, 0.0, 0.0], [3.0, 0.0, -4.0]], dtype=F64)
    weight = draw.randn(2, 3)
    (got,) = gradients.of(lambda x: submission.l2_normalize(x, 0.5), x, grad_output=weight)
    hat = x[1] / 5
    want = torch.stack([weight[0] / 0.5, (weight[1] - hat * (hat @ weight[1])) / 5])
    compare.same(got, want, what="the gradient of l2_normalize", zh="梯度")
    b = torch.tensor([0.0, 2.0, -0.1, -4.0], dtype=F64)
    a = draw.randn(4)
    got = gradients.of(lambda a, b: submission.safe_div(a, b, 0.5), a, b)
    slope = torch.tensor([0.0, -1 / 4, 0.0, -1 / 16], dtype=F64) * a
    compare.same(got, (torch.tensor([2.0, 0.5, -2.0, -0.25], dtype=F64), slope), what="the gradient", zh="梯度")
    plain = gradients.of(submission.safe_div, a, b)
    compare.finite(plain[1], "the gradient of safe_div", "梯度")


@check(
    "stable_ops.gradients",
    hint="All four must stay connected to their inputs: no .item(), no NumPy, nothing detached that matters.",
    zh="四个函数都必须与输入保持连接：不要用 .item()、NumPy，也不要 detach 不该 detach 的部分。",
)
def test_gradients_at_random_points(submission: Any, draw: Draw) -> None:
    def away(draw: Draw, *shape: int) -> Tensor:
        return draw.uniform(0.3, 2.0, *shape) * (2 * draw.integers(0, 2, *shape) - 1)

    def unit(x: Tensor) -> Tensor:
        return x / x.norm(dim=1, keepdim=True)

    pairs: list[tuple[Any, Any, Callable[[Draw], Any]]] = [
        (lambda x: submission.logsumexp(x, 0), lambda x: torch.logsumexp(x, 0), lambda d: 3 * d.randn(4, 3)),
        (submission.log1mexp, lambda x: torch.log(1 - torch.exp(x)), lambda d: -d.uniform(0.05, 4, 6)),
        (submission.safe_div, torch.div, lambda d: (d.randn(4, 1), away(d, 3))),
        (submission.l2_normalize, unit, lambda d: d.randn(4, 3)),
    ]
    for student, reference, point in pairs:
        gradients.match(student, reference, point, draw, draws=2)


@check(
    "stable_ops.empty_dim",
    hint="The sum of nothing has no logarithm: refuse an empty `dim`. Other dimensions may be empty.",
    zh="一个数也没有，谈不上和的对数：dim 这一维的长度为 0 时请拒绝。其他维的长度可以是 0。",
)
def test_empty_dimensions(submission: Any, draw: Draw) -> None:
    for shape, dim in (((3, 0), 1), ((0,), 0), ((0, 4), -2), ((2, 0, 3), 1)):
        compare.raises(ValueError, submission.logsumexp, torch.zeros(shape), dim)
    for shape, dim in (((0, 4), 1), ((3, 0, 2), 0)):
        x = torch.zeros(shape)
        compare.same(submission.logsumexp(x, dim), torch.logsumexp(x, dim))


@check(
    "stable_ops.log1mexp",
    hint="Near 0, 1 - exp(x) loses its digits; far away, exp(x) is lost beside the 1. Which function helps where?",
    zh="在 0 附近，1 - exp(x) 丢失有效数字；在远处，exp(x) 在 1 旁边消失。哪里该用哪个函数？",
)
def test_log1mexp_on_both_ends(submission: Any, draw: Draw) -> None:
    for dtype, rtol in ((F64, 1e-9), (F32, 1e-4)):
        powers = draw.uniform(-12, 1.7, 3, 20)
        x = -(10.0**powers).to(dtype)
        wide = x.double()
        want = torch.where(wide > -0.7, (-wide.expm1()).log(), (-wide.exp()).log1p())
        got = submission.log1mexp(draw.layout(x, 1))
        compare.same(got, want.to(dtype), rtol=rtol, atol=0.0 if dtype is F64 else 1e-37)
    far = torch.tensor([-1e-12, -1e-9, -0.6931471805599453, -40.0, -800.0, -1e6], dtype=F64)
    (got,) = gradients.of(submission.log1mexp, far)
    compare.same(got, far.exp() / far.expm1(), rtol=1e-6, atol=0.0, what="the gradient", zh="梯度")
    (got,) = gradients.of(submission.log1mexp, far.float())
    want = (far.float().double().exp() / far.float().double().expm1()).float()
    compare.same(got, want, rtol=1e-4, atol=1e-37, what="the gradient in float32", zh="float32 下的梯度")


@check(
    "stable_ops.safe_div",
    hint="Only a divisor that is too small is replaced, and it keeps its sign.",
    zh="只替换太小的除数，而且保留它的符号。",
)
def test_division_with_small_divisors(submission: Any, draw: Draw) -> None:
    for number, eps in enumerate((None, 1e-3, 0.5, None)):
        limit, dtype = 1e-12 if eps is None else eps, F32 if number == 3 else F64
        b = torch.tensor([0.0, 0.3, -0.3, 1.0, -1.0, 1.5, -40.0], dtype=F64) * limit
        b = torch.cat([b, draw.randn(5)])[draw.permutation(12)].to(dtype)
        a = draw.randn(3, 1, dtype=dtype)
        divisor = torch.where(b.abs() < limit, torch.where(b < 0, -limit, limit).to(dtype), b)
        options = {} if eps is None else {"eps": eps}
        seen = submission.observe("safe_div", a, draw.layout(b, number % 3), **options)
        compare.same(seen.result, a / divisor, atol=0.0)
        compare.unchanged(b, seen.args[1], "b")


@check(
    "stable_ops.l2_normalize",
    hint="Each row by its own norm; a row of zeros by eps; and eps matters nowhere else.",
    zh="每一行除以自己的范数；全零的行除以 eps；此外 eps 不起作用。",
)
def test_rows_of_length_one(submission: Any, draw: Draw) -> None:
    for number, eps in enumerate((None, 0.5, None, 2.0, None, None)):
        n, d = draw.sizes(2, 2, 7)
        n = d if number == 4 else n
        x = draw.randn(n, d, dtype=F32 if number == 5 else F64) * (1e-5 if number == 2 else 1.0)
        x[0] = 0.0
        options = {} if eps is None else {"eps": eps}
        norm = x.norm(dim=1, keepdim=True).clamp(min=1e-12 if eps is None else eps)
        seen = submission.observe("l2_normalize", draw.layout(x, number % 3), **options)
        compare.same(seen.result, x / norm)
        compare.unchanged(x, seen.args[0], "x")
    big = torch.tensor([[3e15, -4e15]]) / 5
    compare.same(submission.l2_normalize(big), torch.tensor([[0.6, -0.8]]))
    compare.same(submission.l2_normalize(torch.zeros(0, 3)), torch.zeros(0, 3))


@check(
    "stable_ops.no_builtin",
    hint="exp, a maximum, a sum and a log: the ready-made function is what you are building.",
    zh="exp、最大值、求和与 log：现成的函数正是你要实现的东西。",
    needs=["stable_ops.example"],
)
def test_stable_ops_are_built_from_scratch(submission: Any, draw: Draw) -> None:
    for name in ("logsumexp", "l2_normalize"):
        source_rules.forbid_names(submission.source, LOG_SUMS, within=name)
    seen = submission.observe("logsumexp", draw.randn(3, 4), 1)
    source_rules.forbid_ops(seen, {"aten::logsumexp", "aten::_log_softmax", "aten::logcumsumexp", "aten::logaddexp"})
