"""Hidden checks of autograd-torch: products with the Jacobian from both sides, and the Hessian."""

from __future__ import annotations

import torch
from autograd_torch_reference import F32, F64, close, function

from autograder.checks import compare
from autograder.checks.marks import check

MAPS = (
    "lambda x: torch.tanh(A @ x)",
    "lambda x: A @ (x * x.sum()) + (A @ x).sin()",
    "lambda x: (A * x.exp()).sum(1) * x[0]",
)
SURFACES = (
    "lambda x: (x @ A @ x) * x.sum()",
    "lambda x: torch.log((A @ x).exp().sum())",
    "lambda x: (torch.sin(x) * torch.roll(x, 1) ** 2).sum()",
)


@check(
    "jvp_vjp_hessian.nonsquare",
    hint="J has one row per output and one column per input. J v has the length of the output, u J that of the input.",
    zh="J 的行对应输出，列对应输入。J v 的长度等于输出的长度，u J 的长度等于输入的长度。",
)
def test_products_with_a_rectangular_jacobian(submission, draw):
    for number in range(12):
        m, n = ((1, 4), (5, 1))[number % 2] if number < 2 else draw.sizes(2, 2, 7)
        dtype = F32 if number % 4 == 3 else F64
        f, here = function(submission, MAPS[number % 3], A=draw.randn(m, n, dtype=dtype))
        x, v, u = (0.5 * draw.randn(size, dtype=dtype) for size in (n, n, m))
        jacobian = torch.autograd.functional.jacobian(here, x)
        close(submission.jvp(f, x, v), jacobian @ v, what="jvp", zh="jvp")
        close(submission.vjp(f, x, u), u @ jacobian, what="vjp", zh="vjp")


@check(
    "jvp_vjp_hessian.duality",
    hint="u · (J v) and (u J) · v are the same number for every u and v: the two products share one J.",
    zh="对任意 u 和 v，u · (J v) 与 (u J) · v 是同一个数：两种乘积用的是同一个 J。",
)
def test_both_products_come_from_one_jacobian(submission, draw):
    for number in range(9):
        n = draw.size(2, 6)
        m = n if number % 3 == 0 else draw.size(2, 6)
        f = submission.build(MAPS[number % 3], A=draw.randn(m, n))
        x, v, u = draw.randn(n), draw.randn(n), draw.randn(m)
        along = compare.tensor(submission.jvp(f, x, v), shape=(m,), dtype=F64, what="jvp", zh="jvp").detach()
        back = compare.tensor(submission.vjp(f, x, u), shape=(n,), dtype=F64, what="vjp", zh="vjp").detach()
        compare.finite(along, "jvp", "jvp")
        compare.same(back @ v, u @ along, what="(u J) · v against u · (J v)", zh="(u J) · v 与 u · (J v)")


@check(
    "jvp_vjp_hessian.hessian_symmetric",
    hint="Row i of the Hessian is the gradient of the i-th partial derivative: keep the first gradient on a graph.",
    zh="Hessian 的第 i 行是第 i 个偏导数的梯度，所以第一次求出的梯度必须留在计算图上。",
)
def test_hessian_is_right_and_symmetric(submission, draw):
    for number in range(12):
        n, dtype = draw.size(1, 6), F32 if number % 4 == 3 else F64
        f, here = function(submission, SURFACES[number % 3], A=draw.randn(n, n, dtype=dtype))
        x = 0.5 * draw.randn(n, dtype=dtype)
        got = submission.hessian(f, x)
        compare.same(got, torch.autograd.functional.hessian(here, x), what="the Hessian", zh="Hessian")
        compare.same(got, got.detach().T, what="the Hessian against its transpose", zh="Hessian 与它的转置")


@check(
    "jvp_vjp_hessian.flat_is_zero",
    hint="A gradient that no longer depends on x has nothing to differentiate. Its derivative is zero, not an error.",
    zh="如果梯度已经与 x 无关，就没有什么可求导的了：它的导数是零，而不是报错。",
)
def test_flat_functions_have_zero_derivatives(submission, draw):
    n, m = draw.sizes(2, 2, 6)
    x, v, u, slope = draw.randn(n), draw.randn(n), draw.randn(m), draw.randn(n)
    constant = submission.build("lambda x: torch.ones(m, dtype=x.dtype)", m=m)
    compare.same(submission.jvp(constant, x, v), torch.zeros(m, dtype=F64), what="jvp of a constant", zh="常数的 jvp")
    compare.same(submission.vjp(constant, x, u), torch.zeros(n, dtype=F64), what="vjp of a constant", zh="常数的 vjp")
    for source in ("lambda x: x @ slope", "lambda x: slope.sum()", "lambda x: (x[:1] ** 3).sum() + x[-1]"):
        f, here = function(submission, source, slope=slope)
        compare.same(
            submission.hessian(f, x), torch.autograd.functional.hessian(here, x), what="the Hessian", zh="Hessian"
        )


@check(
    "jvp_vjp_hessian.leaves_inputs_alone",
    hint="As in grad_of: work on a leaf of your own, and ask only for the gradients you need.",
    zh="与 grad_of 一样：用自己的叶子张量，并且只求需要的梯度。",
)
def test_nothing_else_is_touched(submission, draw):
    run = """
x, weight = x.clone().requires_grad_(), weight.clone().requires_grad_()
x.grad, plain = old.clone(), x.detach().clone()
f = lambda z: weight * z**2
found = []
for point in (x, plain):
    found += [student.jvp(f, point, v), student.vjp(f, point, u), student.hessian(lambda z: f(z).sum(), point)]
[x.grad, weight.grad, plain.requires_grad, plain, v, u, x.detach(), found]
"""
    x, v, u, old, weight = (draw.randn(3) for _ in range(5))
    state = compare.items(submission.build(run, x=x, v=v, u=u, old=old, weight=weight), 8, list)
    slope = 2 * weight * x
    compare.same(state[7], [slope * v, slope * u, torch.diag(2 * weight)] * 2, what="the results", zh="结果")
    for before, after, name in ((old, state[0], "x.grad"), (x, state[3], "x"), (v, state[4], "v"), (u, state[5], "u")):
        compare.unchanged(before, after, name)
    compare.unchanged(x, state[6], "x")
    compare.require(
        state[1] is None and state[2] is False,
        "a tensor that f uses has a .grad after the call, or x requires gradient though it did not before.",
        "调用之后，f 用到的某个张量有了 .grad，或者 x 原来不需要梯度、现在却需要了。",
    )
