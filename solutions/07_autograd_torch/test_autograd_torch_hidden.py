"""Hidden checks of autograd-torch, first part: the gradient of any function, and what asking for it must not change."""

from __future__ import annotations

import torch
from autograd_torch_reference import close, function

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import float_type

SCALAR = (
    "lambda x: (x**3 - a * x).sum()",
    "lambda x: (torch.sin(x) * torch.exp(-a * x * x)).mean()",
    "lambda x: (x * x).sum().sqrt() * a + x.sum() ** 2",
    "lambda x: torch.log1p((a * x) ** 2).sum()",
)
VECTOR = (
    "lambda x: x",
    "lambda x: x**2 * a",
    "lambda x: x[:, None] * x.cos()[None, :]",
    "lambda x: torch.stack([x.sin(), x.exp() * a, x**3])",
    "lambda x: torch.cat([x.cumsum(0), x[:1] * x[-1:] * a])",
)


def gradient(f, x):
    """The gradient of f(x).sum(), computed here."""
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf).sum(), leaf)[0]


def right_gradient(submission, f, here, x):
    """The student's gradient of f, which is `here` on this side."""
    close(submission.grad_of(f, x), gradient(here, x), what="the gradient", zh="梯度")


@check(
    "grad_of.value",
    hint="Differentiate with respect to the very tensor you hand to f. Mind the dtype of the result: it is x's.",
    zh="要对真正传给 f 的那个张量求导；结果的数据类型与 x 相同。",
)
def test_gradient_of_scalar_functions(submission, draw):
    for number in range(20):
        f, here = function(submission, SCALAR[number % 4], a=draw.random.uniform(0.5, 2))
        x = draw.randn(*draw.sizes(number % 5, 1, 6), dtype=float_type(number))
        x = draw.layout(x, number // 4)
        right_gradient(submission, f, here, x)


@check(
    "grad_of.vector_output",
    hint="A backward pass starts from one number. Which number turns many outputs into the gradient that is asked for?",
    zh="反向传播要从一个数出发。怎样把多个输出变成一个数，使得到的正是题目要的梯度？",
)
def test_outputs_of_any_shape_are_summed(submission, draw):
    for number in range(12):
        f, here = function(submission, VECTOR[number % 5], a=draw.random.uniform(0.5, 2))
        x = draw.randn(draw.size(2, 7))
        right_gradient(submission, f, here, x)


@check(
    "grad_of.no_accumulation",
    hint="backward() adds to .grad. A second call on the same x must not see what the first one left there.",
    zh="backward() 会把梯度累加到 .grad 上。对同一个 x 再调用一次时，不应受到上一次结果的影响。",
)
def test_every_call_starts_from_nothing(submission, draw):
    f, here = function(submission, SCALAR[0], a=draw.random.uniform(0.5, 2))
    g, there = function(submission, SCALAR[3], a=draw.random.uniform(0.5, 2))
    x = draw.randn(3, 4)
    calls = """
x = x.clone().requires_grad_()
[student.grad_of(f, x), student.grad_of(f, x), student.grad_of(g, x)]
"""
    first, second, third = compare.items(submission.build(calls, x=x, f=f, g=g), 3, list)
    compare.same(first, gradient(here, x), what="the first call's gradient", zh="第一次调用的梯度")
    compare.same(second, gradient(here, x), what="the second call's gradient", zh="第二次调用的梯度")
    compare.same(third, gradient(there, x), what="the gradient of another function", zh="另一个函数的梯度")


@check(
    "grad_of.x_flags_unchanged",
    hint="Work on a leaf of your own, made from the values of x; then x can keep its requires_grad and its .grad.",
    zh="用 x 的数值做一个自己的叶子张量，这样 x 的 requires_grad 和 .grad 都不会变。",
)
def test_x_keeps_its_flags(submission, draw):
    x, old = draw.randn(2, 5), draw.randn(2, 5)
    after = """
plain, leaf = x.clone(), x.clone().requires_grad_()
leaf.grad = old.clone()
found = [student.grad_of(f, plain), student.grad_of(f, leaf)]
[plain.requires_grad, plain.grad, leaf.requires_grad, leaf.is_leaf, leaf.grad, plain.detach(), leaf.detach(), found]
"""
    f, here = function(submission, SCALAR[0], a=1.5)
    state = compare.items(submission.build(after, x=x, old=old, f=f), 8, list)
    compare.same(state[7], [gradient(here, x)] * 2, what="the gradients", zh="梯度")
    compare.require(
        state[0] is False and state[1] is None,
        "x did not require gradient and had no .grad before the call; afterwards it does, or has.",
        "调用之前 x 不需要梯度，也没有 .grad；调用之后却不是这样了。",
    )
    compare.require(
        state[2] is True and state[3] is True,
        "x was a leaf that requires gradient before the call; afterwards it is not.",
        "调用之前 x 是需要梯度的叶子张量；调用之后却不是了。",
    )
    compare.unchanged(old, state[4], "x.grad")
    compare.unchanged(x, state[5], "x")
    compare.unchanged(x, state[6], "x")


@check(
    "grad_of.unused_input",
    hint="If the result does not depend on x, autograd has nothing to follow. The derivative of a constant is known.",
    zh="如果结果与 x 无关，autograd 就无路可走；而常数的导数是已知的。",
)
def test_gradient_is_zero_where_f_ignores_x(submission, draw):
    weight = draw.randn(3)
    builds = (
        "lambda x: torch.ones(3, dtype=x.dtype)",
        "w = weight.clone().requires_grad_()\nlambda x: w * 2",
        "lambda x: x.detach() ** 2",
    )
    for source in builds:
        x = draw.randn(*draw.sizes(2, 2, 5))
        f = submission.build(source, weight=weight)
        compare.same(submission.grad_of(f, x), torch.zeros_like(x), what="the gradient", zh="梯度")
    f, here = function(submission, "lambda x: x[:2] ** 3")
    x = draw.randn(5)
    right_gradient(submission, f, here, x)
    f = submission.build("lambda x: (x**2).sum()")
    compare.same(submission.grad_of(f, torch.zeros(0, 3)), torch.zeros(0, 3), what="the gradient", zh="梯度")


@check(
    "grad_of.follows_graph",
    hint="Do not measure how the value changes, ask autograd: behind a detach() nothing flows back.",
    zh="不要用数值的变化去估计导数，要用 autograd：经过 detach() 之后梯度不再回传，尽管数值仍在变化。",
)
def test_gradient_is_that_of_the_graph(submission, draw):
    for source in ("lambda x: x.detach() ** 2 * x", "lambda x: (x * 2 + (x.cos() - x * 2).detach()).sum()"):
        f, here = function(submission, source)
        x = draw.randn(draw.size(2, 6), 2)
        right_gradient(submission, f, here, x)


@check(
    "grad_of.leaves_others_alone",
    hint="backward() fills the .grad of every leaf it reaches, and of leaves only; x may be the result of an operation."
    " Another call returns only the gradients you name.",
    zh="backward() 会填充它到达的所有叶子张量的 .grad，而且只填叶子；x 却可能是运算的结果。"
    "另有一个函数只返回你指定的那些梯度。",
)
def test_other_tensors_keep_their_grad(submission, draw):
    base, weight, old = draw.randn(4), draw.randn(4), draw.randn(4)
    call = """
base, weight, fresh = base.clone().requires_grad_(), weight.clone().requires_grad_(), weight.clone().requires_grad_()
weight.grad = old.clone()
x = base * 2
g = student.grad_of(lambda x: weight * x**2 + fresh, x)
[g, weight.grad, fresh.grad, base.grad]
"""
    g, had, fresh, behind = compare.items(submission.build(call, base=base, weight=weight, old=old), 4, list)
    compare.same(g, 4 * weight * base, what="the gradient", zh="梯度")
    compare.unchanged(old, had, "weight.grad")
    compare.require(
        fresh is None and behind is None,
        "a tensor without .grad has one after the call: a parameter that f uses, or one that x was computed from.",
        "有的张量在调用之前没有 .grad，调用之后却有了：f 用到的参数，或者计算出 x 的张量。",
    )
