"""Hidden checks of topic 7. Functions to differentiate are built in the sandbox, where torch.func works on them too;
what they must give is computed here, from the same text."""

import torch

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check

F64, F32 = torch.float64, torch.float32


def function(submission, source, **values):
    """The same function twice: in the sandbox, and here for the reference."""
    here = eval(source, {"torch": torch, **values})  # the check's own text
    return submission.build(source, **values), here


def close(got, want, **words):
    """As compare.same, but tight enough in float64 that a detour through float32 shows."""
    compare.same(got, want, **({"rtol": 1e-11, "atol": 1e-11} if want.dtype == F64 else {}), **words)


def gradient(f, x):
    """The gradient of f(x).sum(), computed here."""
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf).sum(), leaf)[0]


def away_from_kinks(draw, *shape):
    """Values on both sides of 0 and of 6, none within 0.05 of them."""
    part = draw.integers(0, 3, *shape).double()  # below 0, between, above 6
    return torch.where(part == 0, -3.0, torch.where(part == 1, 0.05, 6.05)) + draw.uniform(0, 1, *shape) * torch.where(
        part == 1, 5.9, 2.95
    )


# grad_of ------------------------------------------------------------------------------------------------------------

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


@check(
    "grad_of.value",
    hint="Differentiate with respect to the very tensor you hand to f. Mind the dtype of the result: it is x's.",
    zh="要对真正传给 f 的那个张量求导；结果的数据类型与 x 相同。",
)
def test_gradient_of_scalar_functions(submission, draw):
    for number in range(20):
        f, here = function(submission, SCALAR[number % 4], a=draw.random.uniform(0.5, 2))
        x = draw.randn(*draw.sizes(number % 5, 1, 6), dtype=F32 if number % 3 == 2 else F64)
        x = draw.noncontiguous(x) if number % 7 == 3 else draw.expanded(x) if number % 7 == 6 else x
        close(submission.grad_of(f, x), gradient(here, x), what="the gradient", zh="梯度")


@check(
    "grad_of.vector_output",
    hint="A backward pass starts from one number. Which number turns many outputs into the gradient that is asked for?",
    zh="反向传播要从一个数出发。怎样把多个输出变成一个数，使得到的正是题目要的梯度？",
)
def test_outputs_of_any_shape_are_summed(submission, draw):
    for number in range(12):
        f, here = function(submission, VECTOR[number % 5], a=draw.random.uniform(0.5, 2))
        x = draw.randn(draw.size(2, 7))
        close(submission.grad_of(f, x), gradient(here, x), what="the gradient", zh="梯度")


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
    close(submission.grad_of(f, x), gradient(here, x), what="the gradient", zh="梯度")
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
        close(submission.grad_of(f, x), gradient(here, x), what="the gradient", zh="梯度")


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


# detach_factor ------------------------------------------------------------------------------------------------------


def detached_cube(x):
    return (x * x).detach() * x


@check(
    "detach_factor.value",
    hint="The value is x**3 at every element, in x's dtype. x itself stays as it is.",
    zh="每个元素的值都是 x**3，数据类型与 x 相同；x 本身不变。",
)
def test_value_is_the_cube(submission, draw):
    for number in range(20):
        x = draw.randn(draw.size(1, 9), dtype=F32 if number % 3 == 2 else F64)
        x = draw.noncontiguous(x) if number % 5 == 3 else draw.expanded(x) if number % 5 == 4 else x
        seen = submission.observe("detach_factor", x)
        close(seen.result, x**3)
        compare.unchanged(x, seen.args[0], "x")


@check(
    "detach_factor.grad_is_u",
    hint="Write x**3 as a product of two factors. Through which of them may the gradient flow back to x?",
    zh="把 x**3 写成两个因子的乘积。梯度应当只通过其中哪一个流回 x？",
)
def test_gradient_is_the_square(submission, draw):
    def leaf(child):
        return child.randn(child.size(1, 9)).requires_grad_()

    gradients.match(submission.detach_factor, detached_cube, leaf, draw, draws=8)
    single = lambda child: child.randn(6, dtype=F32).requires_grad_()  # noqa: E731
    gradients.match(submission.detach_factor, detached_cube, single, draw.child("float32"), draws=2)


@check(
    "detach_factor.requires_grad",
    hint="Take off the graph only what must not be differentiated, not the whole result.",
    zh="只把不该求导的那一部分移出计算图，而不是整个结果。",
)
def test_result_is_still_on_the_graph(submission, draw):
    y = compare.tensor(submission.detach_factor(draw.randn(4).requires_grad_()), shape=(4,), dtype=F64)
    compare.require(
        y.requires_grad,
        "x requires gradient, but the result is not on the graph: a backward pass could not reach x.",
        "x 需要梯度，但结果不在计算图上：反向传播无法到达 x。",
        reason="gradient",
    )


# sgd_step_inplace ---------------------------------------------------------------------------------------------------


@check(
    "sgd_step_inplace.three_steps",
    hint="Follow w**2 for two steps by hand. Is the gradient of the second step the one you expect?",
    zh="对 w**2 手算两步。第二步用到的梯度是你预期的那个吗？",
)
def test_three_steps_of_a_square(submission, draw):
    run = """
params, trail = [p.clone().requires_grad_() for p in start], []
for _ in range(3):
    sum((p**2).sum() for p in params).backward()
    student.sgd_step_(params, lr)
    trail.append([p.detach().clone() for p in params])
trail
"""
    for dtype in (F64, F32, F64):
        start = [draw.randn(*draw.sizes(dims, 1, 5), dtype=dtype) for dims in (2, 0, 3, 1)]
        lr = draw.random.uniform(0.05, 0.4)
        want = [[p * (1 - 2 * lr) ** step for p in start] for step in (1, 2, 3)]
        trail = submission.build(run, start=start, lr=lr)
        for step in compare.items(trail, 3, list, "the parameters", "参数"):
            for after, before in zip(compare.items(step, 4, list, "the parameters", "参数"), start, strict=True):
                compare.tensor(after, shape=before.shape, dtype=dtype, what="a parameter", zh="参数")
                compare.require(
                    not torch.equal(after, before),
                    "a parameter is what it was before the step: nothing has been written into it.",
                    "有一个参数和更新之前一样：没有任何数写进去。",
                )
        compare.same(trail, want, what="the parameters", zh="参数")


@check(
    "sgd_step_inplace.same_tensor",
    hint="A model that holds this parameter must see the new numbers: write into the tensor, do not make another one.",
    zh="模型或优化器手里拿的还是原来那块内存，必须在那里看到新的数值：要写进原张量，而不是换一个新张量。",
)
def test_the_memory_stays_the_same(submission, draw):
    run = """
p = start.clone().requires_grad_()
p.grad, alias, pointer, params = grad.clone(), p.detach(), p.data_ptr(), [p]
student.sgd_step_(params, lr)
[alias.clone(), p.data_ptr() == pointer, len(params) == 1 and params[0] is p]
"""
    start, grad, lr = draw.randn(3, 4), draw.randn(3, 4), draw.random.uniform(0.1, 0.9)
    alias, same, kept = compare.items(submission.build(run, start=start, grad=grad, lr=lr), 3, list)
    compare.same(alias, start - lr * grad, what="the parameter's old memory", zh="参数原来的内存")
    compare.require(
        same is True and kept is True,
        "after the step the parameter is another tensor, or its numbers lie elsewhere in memory.",
        "更新之后，参数变成了另一个张量，或者它的数据换了一块内存。",
    )


@check(
    "sgd_step_inplace.still_leaf",
    hint="Hide the update from autograd with no_grad or .data; a parameter must remain a leaf that requires gradient.",
    zh="用 no_grad 或 .data 让 autograd 看不到这次更新；参数必须仍是需要梯度的叶子张量。",
)
def test_parameters_stay_leaves(submission, draw):
    run = """
params = [p.clone().requires_grad_() for p in start]
sum((p**3).sum() for p in params).backward()
student.sgd_step_(params, 0.1)
[[p.is_leaf, p.requires_grad] for p in params], [p.detach() for p in params]
"""
    start = [draw.randn(2, 3), draw.randn(4)]
    states, values = compare.items(submission.build(run, start=start), 2)
    compare.same(values, [p - 0.3 * p**2 for p in start], what="the parameters", zh="参数")
    for state in compare.items(states, 2, list):
        compare.equal(
            state, [True, True], "[is_leaf, requires_grad] after the step", "更新后的 [is_leaf, requires_grad]"
        )


@check(
    "sgd_step_inplace.grad_zeroed",
    hint="Nothing of the old gradient may be left: a second step without a backward pass changes nothing.",
    zh="更新之后不应留下旧的梯度：不做反向传播而再更新一次，参数应当不变。",
)
def test_gradients_are_cleared(submission, draw):
    run = """
params = [p.clone().requires_grad_() for p in start]
for p in params:
    p.grad = p.detach().cos()
student.sgd_step_(params, 0.1)
grads, once = [p.grad for p in params], [p.detach().clone() for p in params]
student.sgd_step_(params, 0.1)
[grads, once, [p.detach().clone() for p in params]]
"""
    start = [draw.randn(2, 3), draw.randn(5)]
    grads, once, twice = compare.items(submission.build(run, start=start), 3, list)
    for grad, p in zip(compare.items(grads, 2, list), start, strict=True):
        if grad is not None:
            compare.same(grad, torch.zeros_like(p), atol=0, what="a gradient after the step", zh="更新后的梯度")
    compare.same(once, [p - 0.1 * p.cos() for p in start], what="the parameters", zh="参数")
    compare.same(twice, once, atol=0, what="the parameters after a step without gradients", zh="没有梯度时更新后的参数")


@check(
    "sgd_step_inplace.skips_none_grad",
    hint="A parameter that took no part in the loss has no gradient at all. Go on to the next one, do not stop there.",
    zh="没有参与损失计算的参数根本没有梯度。跳过它，继续处理下一个，不要就此停下。",
)
def test_parameters_without_gradient_are_left_alone(submission, draw):
    run = """
params = [p.clone().requires_grad_() for p in start]
params[2].requires_grad_(False)
(params[1] ** 2).sum().backward()
(params[3] ** 2).sum().backward()
student.sgd_step_(params, 0.25)
[[p.detach() for p in params], [params[0].grad, params[2].grad], params[2].requires_grad]
"""
    start = [draw.randn(size) for size in draw.sizes(4, 1, 7)]
    values, grads, frozen = compare.items(submission.build(run, start=start), 3, list)
    want = [start[0], start[1] / 2, start[2], start[3] / 2]
    compare.same(values, want, what="the parameters", zh="参数")
    for grad, p in zip(compare.items(grads, 2, list), (start[0], start[2]), strict=True):
        if grad is not None:
            compare.same(grad, torch.zeros_like(p), atol=0, what="a gradient that was None", zh="原来为 None 的梯度")
    compare.require(
        frozen is False,
        "a parameter that did not require gradient does so after the step.",
        "有一个参数原来不需要梯度，更新之后却需要了。",
    )


@check(
    "sgd_step_inplace.no_optimizer",
    hint="An optimiser of torch is this very loop, written by someone else. Write it yourself.",
    zh="torch 的优化器里就是这个循环，只不过是别人写的。请自己写。",
    needs=["sgd_step_inplace.example"],
)
def test_no_optimiser_is_used(submission):
    source_rules.forbid_imports(submission.source, {"torch.optim"})


# ClippedReLU --------------------------------------------------------------------------------------------------------

APPLY = "student.ClippedReLU.apply"


@check(
    "ClippedReLU.forward",
    hint="min(max(x, 0), 6), element by element: any shape, infinities too, and x itself is not written to.",
    zh="逐元素计算 min(max(x, 0), 6)：任意形状，包括无穷大；不要写入 x 本身。",
)
def test_forward_clips_at_both_ends(submission, draw):
    for number in range(20):
        x = 6 * draw.randn(*draw.sizes(number % 5, 1, 6), dtype=F32 if number % 3 == 2 else F64)
        x = draw.noncontiguous(x) if number % 7 == 3 else draw.expanded(x) if number % 7 == 6 else x
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


# jvp_vjp_hessian ----------------------------------------------------------------------------------------------------

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
