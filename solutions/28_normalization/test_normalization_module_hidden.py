"""Hidden checks of topic 28, second part: BatchNorm as a module (gradients, state, errors), and its backward pass."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from normalization_reference import F32, F64, NAMES, READY_MADE, attribute, expected, filled, result, running, values_of
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def match(submission: Any, draw: Draw, train: bool) -> None:
    for shape in ((5, 3), (2, 4, 3, 5)):
        d = shape[1]
        values = values_of(draw, d)
        norm = filled(submission, values)
        norm.train(train)

        def student(x: Tensor, gamma: Tensor, beta: Tensor, norm: Any = norm) -> Any:
            return norm.functional({"gamma": gamma, "beta": beta}, x)

        def by_hand(x: Tensor, gamma: Tensor, beta: Tensor, values: Any = values) -> Tensor:
            stats = [values[name].clone() for name in NAMES[2:]]
            return F.batch_norm(x, *stats, gamma, beta, train)

        def point(draw: Draw, shape: tuple[int, ...] = shape) -> tuple[Tensor, ...]:
            return 2 * draw.randn(*shape) + 1, draw.randn(shape[1]), draw.randn(shape[1])

        gradients.match(student, by_hand, point, draw, draws=2)


@check(
    "batch_norm.gradcheck_train",
    hint="In training mode x enters three times: directly, through the mean, through the variance. All count.",
    zh="训练模式下，x 出现在三处：直接出现、通过均值、通过方差。三条路都有梯度。",
)
def test_gradients_through_the_statistics(submission: Any, draw: Draw) -> None:
    match(submission, draw, True)
    norm = filled(submission, values_of(draw, 2))
    gradients.gradcheck(norm, draw.randn(4, 2))


@check(
    "batch_norm.gradients_eval",
    hint="In evaluation mode the module is linear in x, and gamma and beta still get their gradients.",
    zh="评估模式下，模块对 x 是线性的；gamma 和 beta 仍然有梯度。",
)
def test_gradients_in_evaluation_mode(submission: Any, draw: Draw) -> None:
    match(submission, draw, False)


@check(
    "batch_norm.buffers_saved",
    hint="What is remembered belongs into the state_dict, or a saved model forgets it. Register it, as a buffer.",
    zh="要记住的东西应进入 state_dict，否则保存的模型就把它忘了。请把它注册为缓冲区。",
)
def test_a_saved_module_remembers(submission: Any, draw: Draw) -> None:
    values = values_of(draw, 4, F32)
    norm = filled(submission, values)
    names = submission.build("[str(name) for name in norm.state_dict()]", norm=norm)
    compare.require(
        all(name in compare.items(names, None, list) for name in NAMES),
        "the state_dict should hold gamma, beta, running_mean and running_var.",
        "state_dict 中应当有 gamma、beta、running_mean 和 running_var。",
    )
    result(norm, draw.randn(6, 4, dtype=F32) + 3)
    copy = "other = student.BatchNorm(4)\nother.load_state_dict(norm.state_dict())\nother.eval()\nnorm.eval()\nother"
    other = compare.is_type(submission.build(copy, norm=norm), torch.nn.Module, "the loaded module", "载入的模块")
    x = draw.randn(5, 4, dtype=F32)
    want = {name: attribute(norm, name, 4, F32) for name in NAMES}
    compare.same(result(other, x), expected(x, want, False), what="the loaded module's result", zh="载入后的结果")
    other.double()
    for name in NAMES:
        compare.same(attribute(other, name, 4, F64), want[name].double(), what=name, zh=name)


@check(
    "batch_norm.wrong_input_raises",
    hint="A batch without a variance, or of another shape, is refused before anything is changed.",
    zh="没有方差的一批，或形状不对的输入，应当在改动任何东西之前就拒绝。",
)
def test_what_can_not_be_normalised_is_refused(submission: Any, draw: Draw) -> None:
    values = values_of(draw, 3)
    norm = filled(submission, values)
    for shape in (
        (1, 3),
        (0, 3),
        (1, 3, 1, 1),
        (0, 3, 2, 2),
        (3,),
        (4, 3, 5),
        (2, 3, 4, 5, 2),
        (3, 4),
        (4, 1),
        (3, 2, 3, 3),
    ):
        compare.raises(ValueError, norm, draw.randn(*shape))
    norm.eval()
    for shape in ((3,), (4, 3, 5), (3, 2), (4, 1), (1, 1, 3, 3)):
        compare.raises(ValueError, norm, draw.randn(*shape))
    running(norm, values)


@check(
    "batch_norm.input_unchanged",
    hint="x belongs to the caller: -= and /= would write into it.",
    zh="x 是调用者的：-= 和 /= 会改写它。",
)
def test_the_batch_is_left_alone(submission: Any, draw: Draw) -> None:
    source = "with torch.no_grad():\n    y = norm(x)\n[y, x]"
    for train in (True, False):
        for shape in ((5, 3), (2, 3, 4, 5)):
            norm, x = filled(submission, values_of(draw, 3)), draw.randn(*shape)
            norm.train(train)
            both = compare.items(submission.build(source, norm=norm, x=x), 2, list)
            compare.tensor(both[0], shape=shape, dtype=F64)
            compare.unchanged(x, both[1], "x")


@check(
    "batch_norm.no_builtin",
    hint="The ready-made normalisation is what you are building: a mean, a variance, a root.",
    zh="现成的规范化正是你要实现的东西：一个均值、一个方差、一个根号。",
    needs=["batch_norm.example"],
    weight=2.0,
)
def test_batch_norm_is_built_from_scratch(submission: Any) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="BatchNorm")


# bn_backward --------------------------------------------------------------------------------------------------------


def forward(draw: Draw, number: int, dtype: torch.dtype = F64) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """x, gamma, beta and eps of a forward pass; the variance is about as large as eps in every third case."""
    n, d = draw.sizes(2, 2, 9)
    n = d if number % 5 == 4 else n
    x = 3 * draw.randn(n, d, dtype=dtype) + draw.randn(d, dtype=dtype)
    gamma = draw.uniform(0.5, 2.0, d, dtype=dtype) * (2 * draw.integers(0, 2, d) - 1)
    return x, gamma, draw.randn(d, dtype=dtype), torch.tensor(5.0 if number % 3 == 2 else 1e-5, dtype=dtype)


def cached(x: Tensor, gamma: Tensor, eps: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    std = (x.var(0, correction=0) + eps).sqrt()
    return (x - x.mean(0)) / std, gamma, std


def three(got: Any, n: int, d: int, dtype: torch.dtype) -> list[Tensor]:
    shapes = {"dx": (n, d), "dgamma": (d,), "dbeta": (d,)}
    found = compare.items(got, 3)
    for value, (name, shape) in zip(found, shapes.items(), strict=True):
        compare.tensor(value, shape=shape, dtype=dtype, what=name, zh=name)
    return found


@check(
    "bn_backward.vs_autograd",
    hint="dx has three parts: the direct one, one that comes back through the mean, one through std.",
    zh="dx 有三部分：直接的一部分、通过均值传回的一部分、通过标准差传回的一部分。",
)
def test_the_formula_agrees_with_autograd(submission: Any, draw: Draw) -> None:
    for number in range(20):
        x, gamma, beta, eps = forward(draw, number, F32 if number % 7 == 6 else F64)
        dy = draw.layout(draw.randn(*x.shape, dtype=x.dtype), number % 3)
        leaves = [value.double().requires_grad_() for value in (x, gamma, beta)]
        x_hat, _, _ = cached(leaves[0], leaves[1], eps.double())
        want = torch.autograd.grad(x_hat * leaves[1] + leaves[2], leaves, dy.double())
        cache = cached(x, gamma, eps)
        got = three(
            submission.bn_backward(dy, (draw.layout(cache[0], (number + 1) % 3), *cache[1:])), *x.shape, x.dtype
        )
        for value, right, name in zip(got, want, ("dx", "dgamma", "dbeta"), strict=True):
            compare.same(value, right.to(x.dtype), what=name, zh=name)


@check(
    "bn_backward.dx_sums_to_zero",
    hint="Adding a number to a whole column of x changes nothing in y. What does that say about the sum of dx?",
    zh="给 x 的整列加上同一个数，y 不变。这说明 dx 的列和应当是多少？",
)
def test_columns_of_dx_sum_to_zero(submission: Any, draw: Draw) -> None:
    for number in range(6):
        x, gamma, _, eps = forward(draw, number)
        dy = draw.randn(*x.shape) + 3
        dx, dgamma, dbeta = three(submission.bn_backward(dy, cached(x, gamma, eps)), *x.shape, F64)
        compare.same(dx.detach().sum(0), torch.zeros(x.shape[1], dtype=F64), what="the sum of dx", zh="dx 的列和")
        compare.same(dbeta, dy.sum(0), what="dbeta", zh="dbeta")
        compare.require(
            dx.detach().abs().max().item() > 1e-9 and dgamma.detach().abs().max().item() > 1e-9,
            "gradients that are all zero sum to zero, too, but they teach nothing.",
            "全为零的梯度，和自然也是零，但那样什么也学不到。",
        )


@check(
    "bn_backward.one_row",
    hint="A single row is always normalised to 0, whatever x is; and a constant column has x_hat = 0 everywhere.",
    zh="只有一行时，不论 x 是什么，规范化后总是 0；常数列的 x_hat 处处为 0。",
)
def test_a_single_row_and_a_constant_column(submission: Any, draw: Draw) -> None:
    d = draw.size(2, 6)
    gamma, std, dy = draw.randn(d), draw.uniform(0.01, 2.0, d), draw.randn(1, d)
    zero = torch.zeros(d, dtype=F64)
    got = three(submission.bn_backward(dy, (zero.view(1, d), gamma, std)), 1, d, F64)
    for value, right, name in zip(got, (zero.view(1, d), zero, dy[0]), ("dx", "dgamma", "dbeta"), strict=True):
        compare.same(value, right, what=name, zh=name)
    dy = draw.randn(5, d)
    got = three(submission.bn_backward(dy, (zero.expand(5, d), gamma, std)), 5, d, F64)
    compare.same(got[0], (dy - dy.mean(0)) * gamma / std, what="dx", zh="dx")


@check(
    "bn_backward.no_autograd",
    hint="Write the three formulas down. Nothing here needs a graph, and grad mode may be switched off.",
    zh="把三个公式写下来即可。这里不需要计算图，梯度模式也可能是关闭的。",
    needs=["bn_backward.example"],
    weight=2.0,
)
def test_no_graph_is_needed(submission: Any, draw: Draw) -> None:
    machinery = {
        "torch.autograd.*", "torch.func.*", "torch.enable_grad", "torch.set_grad_enabled", ".backward",
        ".requires_grad_", ".requires_grad",
    }  # fmt: skip
    source_rules.forbid_names(submission.source, machinery, within="bn_backward")
    source = """
with torch.inference_mode():
    got = student.bn_backward(dy.clone(), tuple(value.clone() for value in cache))
    got = tuple(got)
tuple(value.clone() for value in got)
"""
    x, gamma, _, eps = forward(draw, 0)
    cache, dy = cached(x, gamma, eps), draw.randn(*x.shape)
    got = three(submission.build(source, dy=dy, cache=cache), *x.shape, F64)
    x_hat, _, std = cache
    want = (dy - dy.mean(0) - x_hat * (dy * x_hat).mean(0)) * gamma / std
    compare.same(got[0], want, what="dx", zh="dx")


@check(
    "bn_backward.inputs_unchanged",
    hint="dy and the cache belong to the caller.",
    zh="dy 和 cache 都是调用者的。",
)
def test_backward_leaves_its_inputs_alone(submission: Any, draw: Draw) -> None:
    x, gamma, _, eps = forward(draw, 0)
    cache, dy = cached(x, gamma, eps), draw.randn(*x.shape)
    seen = submission.observe("bn_backward", dy, cache)
    three(seen.result, *x.shape, F64)
    compare.unchanged(dy, seen.args[0], "dy")
    for before, after, name in zip(cache, seen.args[1], ("x_hat", "gamma", "std"), strict=True):
        compare.unchanged(before, after, name)
