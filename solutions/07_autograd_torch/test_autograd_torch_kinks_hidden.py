"""Hidden checks of autograd-torch: a function with a backward pass of its own."""

from __future__ import annotations

import torch
from autograd_torch_reference import F32, F64, close

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import float_type


def away_from_kinks(draw, *shape):
    """Values on both sides of 0 and of 6, none within 0.05 of them."""
    part = draw.integers(0, 3, *shape).double()  # below 0, between, above 6
    return torch.where(part == 0, -3.0, torch.where(part == 1, 0.05, 6.05)) + draw.uniform(0, 1, *shape) * torch.where(
        part == 1, 5.9, 2.95
    )


APPLY = "student.ClippedReLU.apply"


@check(
    "ClippedReLU.forward",
    hint="min(max(x, 0), 6), element by element: any shape, infinities too, and x itself is not written to.",
    zh="逐元素计算 min(max(x, 0), 6)：任意形状，包括无穷大；不要写入 x 本身。",
)
def test_forward_clips_at_both_ends(submission, draw):
    for number in range(20):
        x = 6 * draw.randn(*draw.sizes(number % 5, 1, 6), dtype=float_type(number))
        x = draw.layout(x, number)
        y, after = compare.items(submission.build(f"[{APPLY}(x), x]", x=x), 2, list)
        close(y, x.clamp(0, 6))
        compare.unchanged(x, after, "x")
    for special in (torch.tensor([float("inf"), -float("inf"), 0.0, 6.0, 1e300], dtype=F64), torch.zeros(0, 3)):
        compare.same(submission.build(f"{APPLY}(x)", x=special), special.clamp(0, 6))


@check(
    "ClippedReLU.gradcheck",
    hint="backward gets dL/dy and returns dL/dx: the upstream gradient times the derivative at each element.",
    zh="backward 收到的是 dL/dy，返回的是 dL/dx：上游梯度乘以每个元素处的导数。",
)
def test_backward_matches_finite_differences(submission, draw):
    gradients.gradcheck(submission.build(APPLY), (away_from_kinks(draw, 3, 4).requires_grad_(),))


@check(
    "ClippedReLU.outside_zero",
    hint="Below 0 and above 6 the output does not move when x does.",
    zh="在 0 以下和 6 以上，x 变化时输出不变。",
)
def test_no_gradient_outside(submission, draw):
    apply = submission.build(APPLY)
    for side in (-draw.uniform(0.01, 50, 7), 6 + draw.uniform(0.01, 50, 2, 3), torch.tensor([-torch.inf, torch.inf])):
        (g,) = gradients.of(apply, side, grad_output=draw.uniform(1, 2, *side.shape, dtype=side.dtype))
        compare.same(g, torch.zeros_like(side), atol=0, what="the gradient outside 0..6", zh="0..6 之外的梯度")


@check(
    "ClippedReLU.kinks",
    hint="Exactly at 0 and exactly at 6 the derivative does not exist. The task says which value to use there.",
    zh="恰好在 0 和 6 处导数不存在。题目规定了在那里取什么值。",
)
def test_no_gradient_at_the_kinks(submission, draw):
    x = torch.tensor([0.0, 6.0, 3.0, -0.0], dtype=F64)[draw.permutation(4)]
    (g,) = gradients.of(submission.build(APPLY), x, grad_output=draw.uniform(1, 2, 4))
    g = compare.tensor(g, shape=(4,), dtype=F64, what="the gradient", zh="梯度")
    compare.require(
        bool((g[x == 3] != 0).all()), "no gradient passes between the two corners.", "两个拐角之间没有梯度通过。"
    )
    compare.require(bool((g[x != 3] == 0).all()), "a gradient passes at a corner.", "在拐角处有梯度通过。")


@check(
    "ClippedReLU.saves_tensor_api",
    hint="Tensors for the backward pass go through ctx.save_for_backward; as attributes of ctx they can leak memory.",
    zh="反向传播要用的张量应通过 ctx.save_for_backward 保存；存成 ctx 的属性可能造成内存泄漏。",
)
def test_tensors_are_saved_through_the_api(submission, draw):
    probe = """
saved = []
def keep(tensor):
    saved.append(tuple(tensor.shape))
    return tensor
leaf = x.clone().requires_grad_()
with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
    y = student.ClippedReLU.apply(leaf)
node = getattr(y, "grad_fn", None)
held = [name for name, value in getattr(node, "__dict__", {}).items() if isinstance(value, torch.Tensor)]
own = isinstance(student.ClippedReLU, type) and issubclass(student.ClippedReLU, torch.autograd.Function)
[own and type(node).__name__ == "ClippedReLUBackward", len(saved), len(held)]
"""
    own, saved, held = compare.items(submission.build(probe, x=draw.randn(3, 4)), 3, list)
    compare.require(
        own is True,
        "ClippedReLU should be a torch.autograd.Function whose own backward makes the gradient.",
        "ClippedReLU 应当是 torch.autograd.Function 的子类，由它自己的 backward 计算梯度。",
    )
    compare.require(
        type(saved) is int and saved > 0 and type(held) is int and held == 0,
        "what backward needs was not saved with ctx.save_for_backward, or a tensor was kept as an attribute of ctx.",
        "backward 需要的张量没有用 ctx.save_for_backward 保存，或者还有张量被存成了 ctx 的属性。",
    )


@check(
    "ClippedReLU.value_and_grad_both",
    hint="A backward that fits your forward is not enough: both must be those of min(max(x, 0), 6).",
    zh="backward 与自己的 forward 一致还不够：两者都必须是 min(max(x, 0), 6) 的。",
)
def test_value_and_gradient_belong_to_the_same_function(submission, draw):
    apply = submission.build(APPLY)
    for dims, dtype in enumerate((F64, F64, F32, F64)):

        def leaf(child, dims=dims, dtype=dtype):
            return away_from_kinks(child, *child.sizes(dims, 1, 6)).to(dtype).requires_grad_()

        tolerance = {"rtol": 1e-12, "atol": 1e-12} if dtype is F64 else {}  # no rounding: dL/dy or 0
        gradients.match(apply, lambda x: x.clamp(0, 6), leaf, draw.child(f"{dims}"), draws=5, **tolerance)
