"""Hidden checks of topic 17, third part: FixedMLP, with known numbers in it."""

from __future__ import annotations

from typing import Any

import torch
from nn_module_reference import F32, F64, filled, fixed_forward, result, some_numbers
from torch import Tensor, nn

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


@check(
    "FixedMLP.constant_has_no_grad",
    hint="A constant is not learned: the optimiser must not find it among the parameters.",
    zh="常数不参与学习：优化器不应在参数中找到它。",
)
def test_only_the_linear_layer_is_learned(submission: Any, draw: Draw) -> None:
    d = draw.size(2, 7)
    model = compare.is_type(submission.FixedMLP(d), nn.Module, "FixedMLP(d)", "FixedMLP(d)")
    names = sorted(model.params())
    compare.equal(names, ["linear.bias", "linear.weight"], what="the names of the parameters", zh="参数的名字")
    compare.equal(model.fixed.requires_grad, False, what="fixed.requires_grad", zh="fixed.requires_grad")
    moved = (
        "opt = torch.optim.SGD(model.parameters(), lr=1.0)\nmodel(x).sum().backward()\nopt.step()\nmodel.fixed.clone()"
    )
    before = compare.tensor(model.fixed, shape=(d, d), dtype=F32, what="fixed", zh="fixed").detach()
    after = submission.build(moved, model=model, x=draw.randn(3, d, dtype=F32))
    compare.same(after, before, rtol=0, atol=0, what="fixed after a step", zh="更新一步之后的 fixed")


@check(
    "FixedMLP.constant_is_saved",
    hint="Random numbers that nobody saved are other ones tomorrow: a constant belongs into the state_dict.",
    zh="没有保存的随机数，明天就是另一组数了：常数应当进入 state_dict。",
)
def test_the_constant_travels_with_the_module(submission: Any, draw: Draw) -> None:
    numbers = some_numbers(draw, draw.size(2, 6))
    model = filled(submission, numbers)
    state = submission.build("dict(model.state_dict())", model=model)
    compare.same(state, numbers, what="the state_dict", zh="state_dict")
    compare.same(model.fixed, numbers["fixed"], what="fixed", zh="fixed")
    dtype = submission.build("model.float().fixed.dtype", model=model)
    compare.equal(dtype, torch.float32, what="the dtype of fixed after float()", zh="float() 之后 fixed 的数据类型")


@check(
    "FixedMLP.constant_is_drawn",
    hint="Uniform from 0 to 1, from the generator you are given, once, when the module is made.",
    zh="在 0 到 1 之间均匀抽取，用给定的生成器，只在创建模块时抽一次。",
)
def test_the_constant_comes_from_the_generator(submission: Any, draw: Draw) -> None:
    seed, d = draw.new_seed(), 60
    one, same, other = (
        compare.tensor(
            submission.FixedMLP(d, torch.Generator().manual_seed(number)).fixed, shape=(d, d), dtype=F32, what="fixed"
        ).detach()
        for number in (seed, seed, draw.new_seed())
    )
    compare.same(same, one, rtol=0, atol=0, what="fixed, from the same seed", zh="同一个种子得到的 fixed")
    compare.require(
        not torch.equal(one, other), "another generator gives the same constant.", "换一个生成器，常数却不变。"
    )
    compare.require(
        one.min() >= 0 and one.max() < 1, "fixed leaves [0, 1).", "fixed 超出了 [0, 1)。", reason="statistics"
    )
    gap, error = abs(one.double().mean().item() - 0.5), (1 / 12 / d**2) ** 0.5
    compare.require(gap <= 5 * error, "the mean of fixed is not 1/2.", "fixed 的均值不是 1/2。", reason="statistics")
    gap, error = abs(one.double().var().item() - 1 / 12), (1 / 180 / d**2) ** 0.5
    compare.require(
        gap <= 5 * error, "the variance of fixed is not 1/12.", "fixed 的方差不是 1/12。", reason="statistics"
    )
    rows = torch.cat([one, one.T]).unique(dim=0)
    compare.equal(len(rows), 2 * d, what="the number of different rows and columns", zh="不同的行与列的数目")
    default = compare.tensor(submission.FixedMLP(3).fixed, shape=(3, 3), what="fixed", zh="fixed")
    compare.require(
        default.unique().numel() == 9, "without a generator fixed is not drawn.", "没有给生成器时没有抽取 fixed。"
    )


@check(
    "FixedMLP.shared_grad_is_sum",
    hint="One layer, used twice: its gradient is what comes back from both uses, and both must stay on the graph.",
    zh="同一层用了两次：它的梯度是两次使用传回的梯度之和，两次都要留在计算图上。",
)
def test_gradients_of_both_uses_add_up(submission: Any, draw: Draw) -> None:
    for number in range(2):
        numbers = some_numbers(draw, (3, 5)[number])
        model = filled(submission, numbers)

        def student(weight: Tensor, bias: Tensor, x: Tensor, model: Any = model) -> Any:
            return model.functional({"linear.weight": weight, "linear.bias": bias}, x)

        def by_hand(weight: Tensor, bias: Tensor, x: Tensor, fixed: Tensor = numbers["fixed"]) -> Tensor:
            return fixed_forward(weight, bias, fixed, x)

        def point(draw: Draw, d: int = (3, 5)[number]) -> tuple[Tensor, ...]:
            return draw.randn(d, d), draw.randn(d), draw.randn(4, d)

        gradients.match(student, by_hand, point, draw, draws=2)


@check(
    "FixedMLP.control_flow",
    hint="How often is h halved? That depends on the numbers: ask again after every halving, and stop at 1.",
    zh="h 要减半多少次？取决于数据：每减半一次就再看一次，到 1 为止。",
)
def test_halved_until_the_sum_is_at_most_one(submission: Any, draw: Draw) -> None:
    for number in range(14):
        dtype, d = float_type(number), draw.size(2, 7)
        numbers = some_numbers(draw, d, dtype)
        if number % 2:
            numbers["linear.weight"] *= 0.01
            numbers["linear.bias"] *= 0.02  # no halving at all
        model = filled(submission, numbers)
        x = draw.layout(10 ** (number % 5) * draw.randn(draw.size(1, 5), d, dtype=dtype), number)
        got = result(model, x, d)
        compare.require(got.abs().sum() <= 1, "the sum of all |h| is still above 1.", "所有 |h| 之和仍大于 1。")
        compare.same(got, fixed_forward(*numbers.values(), x))
    half = {"linear.weight": torch.zeros(2, 2), "linear.bias": torch.tensor([0.5, -0.5]), "fixed": torch.ones(2, 2)}
    for n, want in ((1, 0.5), (2, 0.25), (3, 0.125)):
        compare.same(result(filled(submission, half), torch.ones(n, 2), 2).abs(), torch.full((n, 2), want))


@check(
    "FixedMLP.forward_deterministic",
    hint="The constant was drawn when the module was made. A forward pass draws nothing and changes nothing.",
    zh="常数在创建模块时已经抽好。前向计算不再抽取，也不改动任何东西。",
)
def test_the_same_input_gives_the_same_output(submission: Any, draw: Draw) -> None:
    d = draw.size(3, 8)
    model = compare.is_type(submission.FixedMLP(d), nn.Module, "FixedMLP(d)", "FixedMLP(d)").double()
    x = draw.randn(4, d)
    source = "with torch.no_grad():\n    y = model(x)\n[y, x, model.fixed]"
    first = compare.items(submission.build(source, model=model, x=x), 3, list)
    for _ in range(2):
        again = compare.items(submission.build(source, model=model, x=x), 3, list)
        compare.same(again[0], compare.tensor(first[0], shape=(4, d), dtype=F64), rtol=0, atol=0)
        compare.unchanged(x, again[1], "x")
        compare.same(again[2], compare.tensor(first[2], shape=(d, d)), rtol=0, atol=0, what="fixed", zh="fixed")
