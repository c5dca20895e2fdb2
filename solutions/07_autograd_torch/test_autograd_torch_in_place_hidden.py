"""Hidden checks of autograd-torch: a factor that counts as a constant, and a step that writes into the parameters."""

from __future__ import annotations

import torch
from autograd_torch_reference import F32, F64, close

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import float_type

# detach_factor --------------------------------------------------------------------------------------------------------


def detached_cube(x):
    return (x * x).detach() * x


@check(
    "detach_factor.value",
    hint="The value is x**3 at every element, in x's dtype. x itself stays as it is.",
    zh="每个元素的值都是 x**3，数据类型与 x 相同；x 本身不变。",
)
def test_value_is_the_cube(submission, draw):
    for number in range(20):
        x = draw.randn(draw.size(1, 9), dtype=float_type(number))
        x = draw.layout(x, number)
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


# sgd_step_inplace -----------------------------------------------------------------------------------------------------


def none_or_zero(grads, params, what, zh):
    """No parameter has a gradient, or it is zero."""
    for grad, p in zip(compare.items(grads, len(params), list), params, strict=True):
        if grad is not None:
            compare.same(grad, torch.zeros_like(p), atol=0, what=what, zh=zh)


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
    none_or_zero(grads, start, "a gradient after the step", "更新后的梯度")
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
    none_or_zero(grads, (start[0], start[2]), "a gradient that was None", "原来为 None 的梯度")
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
