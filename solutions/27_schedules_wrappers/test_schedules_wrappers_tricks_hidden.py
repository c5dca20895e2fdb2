"""Hidden checks of topic 27, second part: Lookahead, SWATS and noise on the gradient."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

F64 = torch.float64

# lookahead ------------------------------------------------------------------------------------------------------------

RUN = """
params = [nn.Parameter(s.clone()) for s in starts]
groups = [{"params": params[:1]}, {"params": params[1:], "lr": other}] if other else params
inner = torch.optim.SGD(groups, lr=lr, momentum=mu)
opt = student.Lookahead(inner, **more)
path = []
for row in gradients:
    opt.zero_grad()
    for p, g in zip(params, row):
        p.grad = g.clone()
    opt.step()
    path.append([p.detach().clone() for p in params])
opt.zero_grad()
cleared = all(p.grad is None or not p.grad.any() for p in params)
leaves = [p.is_leaf and p.requires_grad for p in params]
memory = [inner.state[p]["momentum_buffer"].clone() for p in params] if mu else []
[path, leaves, cleared, memory]
"""


def by_hand(
    starts: list[Tensor], rows: list[list[Tensor]], rates: list[float], mu: float, k: int, alpha: float
) -> tuple[list[list[Tensor]], list[Tensor]]:
    """The parameters after each step, and the momentum at the end."""
    fast, slow, v = list(starts), list(starts), [torch.zeros_like(s) for s in starts]
    path = []
    for t, row in enumerate(rows, start=1):
        v = [mu * one + g for one, g in zip(v, row, strict=True)]
        fast = [p - lr * one for p, lr, one in zip(fast, rates, v, strict=True)]
        if t % k == 0:
            slow = [alpha * p + (1 - alpha) * s for p, s in zip(fast, slow, strict=True)]
            fast = slow
        path.append(fast)
    return path, v


def agree(
    submission: Any, draw: Draw, number: int, steps: int, mu: float, k: int, alpha: float, other: float = 0.0
) -> list[Any]:
    """The student's run equals the one by hand; returns [still leaves, gradients cleared, momentum right]."""
    dtype, shapes = float_type(number), (draw.sizes(2, 2, 5), (draw.size(1, 6),))
    starts = [draw.randn(*shape, dtype=dtype) for shape in shapes]
    rows = [[draw.randn(*shape, dtype=dtype) for shape in shapes] for _ in range(steps)]
    more = {} if (k, alpha) == (5, 0.5) else {"k": k, "alpha": alpha}
    values = {"starts": starts, "gradients": rows, "lr": 0.2, "mu": mu, "other": other, "more": more}
    got = compare.items(submission.build(RUN, **values), 4, list)
    path, v = by_hand(starts, rows, [0.2, other or 0.2], mu, k, alpha)
    compare.same(got[0], path, what="the parameters", zh="各参数")
    if mu:
        compare.same(got[3], v, what="the momentum of the inner optimiser", zh="内部优化器的动量")
    return got


@check(
    "lookahead.before_k_equals_inner",
    hint="Until the k-th step the inner optimiser is alone.",
    zh="第 k 步之前，只有内部优化器在工作。",
)
def test_before_the_first_sync(submission: Any, draw: Draw) -> None:
    for number, k in enumerate((2, 3, 7, 5)):
        agree(submission, draw, number, k - 1, 0.8 * (number % 2), k, 0.5)


@check(
    "lookahead.sync_value_at_k",
    hint="At step k exactly: from the slow weights alpha of the way to the fast ones, and the fast ones join them.",
    zh="恰在第 k 步：慢权重向快权重走 alpha 倍的路程，快权重也回到那里。",
)
def test_the_first_sync(submission: Any, draw: Draw) -> None:
    for number, k in enumerate((1, 2, 3, 6)):
        agree(submission, draw, number, k, 0.0, k, draw.random.uniform(0.1, 0.4))
        agree(submission, draw, number, k, 0.0, k, draw.random.uniform(0.6, 1.0))
    agree(submission, draw, 0, 5, 0.0, 5, 0.5)


@check(
    "lookahead.two_syncs",
    hint="The slow weights are tensors of their own, which move only at a sync and are carried on to the next.",
    zh="慢权重是独立的张量，只在同步时移动，并带到下一次同步。",
)
def test_the_slow_weights_are_carried_on(submission: Any, draw: Draw) -> None:
    for number, k in enumerate((2, 3, 4, 5)):
        agree(submission, draw, number, 3 * k + 1, 0.0, k, 0.5 if k == 5 else 0.3)


@check(
    "lookahead.inner_state_kept",
    hint="The sync moves weights. What the inner optimiser remembers is none of its business.",
    zh="同步只移动权重。内部优化器记住的东西与它无关。",
)
def test_momentum_survives_a_sync(submission: Any, draw: Draw) -> None:
    for number, k in enumerate((2, 3)):
        agree(submission, draw, number, 3 * k, 0.9, k, 0.4)


@check(
    "lookahead.every_group",
    hint="An optimiser may have several groups of parameters, with rates of their own. All of them count.",
    zh="优化器可以有多个参数组，各有自己的学习率。所有的组都要管。",
)
def test_all_groups_of_parameters(submission: Any, draw: Draw) -> None:
    for number in range(2):
        agree(submission, draw, number, 5, 0.5, 2, 0.4, other=0.05)


@check(
    "lookahead.in_place",
    hint="The parameters of the model themselves change, without a graph, and zero_grad reaches them.",
    zh="改动的是模型自己的参数，不带计算图；zero_grad 要能作用到它们。",
)
def test_parameters_stay_leaves(submission: Any, draw: Draw) -> None:
    got = agree(submission, draw, 0, 5, 0.5, 2, 0.4)
    compare.require(
        got[1] == [True, True],
        "a parameter is no longer a leaf that requires grad.",
        "有的参数不再是需要梯度的叶子张量了。",
    )
    compare.require(got[2] is True, "zero_grad leaves a gradient behind.", "zero_grad 之后还留有梯度。")


# swats ----------------------------------------------------------------------------------------------------------------


@check(
    "swats.gamma_formula",
    hint="The square of the step, over minus its product with the gradient: of all entries together.",
    zh="步长的平方，除以步长与梯度内积的相反数：所有元素合在一起算。",
)
def test_the_rate_of_sgd(submission: Any, draw: Draw) -> None:
    for number in range(9):
        shape, dtype = draw.sizes(1 + number % 3, 2, 5), float_type(number)
        g, p = (draw.layout(draw.randn(*shape, dtype=dtype), number) for _ in range(2))
        along = float((p.double() * g.double()).sum())
        if abs(along) < 0.3:
            continue
        tolerance = 1e-9 if dtype is F64 else 1e-4
        want = float((p.double() ** 2).sum()) / -along
        compare.number(submission.swats_gamma(p, g), want, tolerance, tolerance, what="the rate", zh="学习率")
    g = draw.randn(6)
    compare.number(submission.swats_gamma(-0.03 * g, g), 0.03, what="the rate of a step of SGD", zh="SGD 步长的学习率")


@check(
    "swats.undefined",
    hint="If the step stands at a right angle to the gradient, no rate fits.",
    zh="若步长与梯度垂直，就没有合适的学习率。",
    needs=["swats.gamma_formula"],
)
def test_no_rate_at_a_right_angle(submission: Any, draw: Draw) -> None:
    a = draw.uniform(0.5, 2.0, 1)
    none = torch.zeros(3, dtype=F64)
    for p, g in ((torch.cat([a, -a]), torch.cat([a, a])), (none, draw.randn(3)), (draw.randn(3), none)):
        compare.equal(submission.swats_gamma(p, g), None, what="the rate", zh="学习率")


@check(
    "swats.bias_corrected_test",
    hint="The average began at 0, so divide it by 1 - beta2^t before you compare; the distance has no sign.",
    zh="平均是从 0 开始的，比较之前先除以 1 - beta2^t；距离没有正负。",
)
def test_when_the_average_has_come_to_rest(submission: Any, draw: Draw) -> None:
    for number in range(8):
        t, beta2, gamma = (
            draw.size(3, 40) if number else 2,
            draw.random.uniform(0.9, 0.999),
            draw.random.uniform(0.05, 2.0),
        )
        eps = draw.random.uniform(0.01, 0.04)
        for gap, want in ((0.9, True), (-0.9, True), (1.1, False), (-1.1, False), (0.0, True)):
            lam = (gamma + gap * eps) * (1 - beta2**t)
            got = submission.should_switch(lam, gamma, beta2, t, eps)
            compare.equal(got, want, what="the answer", zh="回答")
    edge = submission.should_switch(0.0, 0.5, 0.9, 3, 0.5)  # exactly eps away
    compare.equal(edge, False, what="the answer", zh="回答")


@check(
    "swats.never_at_once",
    hint="After one step the corrected average is the latest rate itself.",
    zh="一步之后，修正后的平均就是最新的学习率本身。",
)
def test_not_at_the_first_step(submission: Any, draw: Draw) -> None:
    for beta2 in (0.5, 0.9, 0.999):
        gamma = draw.random.uniform(0.05, 2.0)
        got = submission.should_switch((1 - beta2) * gamma, gamma, beta2, 1, 0.1)
        compare.equal(got, False, what="the answer at t = 1", zh="t = 1 时的回答")


# gradient_noise -------------------------------------------------------------------------------------------------------

NOISE = """
p = nn.Parameter(values.clone())
p.grad = None if grad is None else grad.clone()
kept = p.grad
student.noisy_grad_(p, t, eta, gamma, generator)
[p.detach(), p.grad, p.grad is kept]
"""


def noisy(submission: Any, values: Tensor, grad: Any, numbers: tuple[int, float, float], seed: int) -> list[Any]:
    """[the parameter, its gradient, whether that is the same tensor as before]."""
    t, eta, gamma = numbers
    generator = torch.Generator().manual_seed(seed % 2**31)
    made = {"values": values, "grad": grad, "t": t, "eta": eta, "gamma": gamma, "generator": generator}
    return compare.items(submission.build(NOISE, **made), 3, list)


def noise_of(
    submission: Any, draw: Draw, numbers: tuple[int, float, float], shape: tuple[int, ...], seed: int
) -> Tensor:
    """What was added to a random gradient, in float64."""
    grad = draw.randn(*shape)
    got = noisy(submission, torch.zeros(shape, dtype=F64), grad, numbers, seed)[1]
    return compare.finite(compare.tensor(got, shape=shape, dtype=F64, what="the gradient", zh="梯度")).detach() - grad


@check(
    "gradient_noise.variance_decay",
    hint="eta / (1 + t)^gamma is the variance, the square of the standard deviation; every entry gets its own number.",
    zh="eta / (1 + t)^gamma 是方差，即标准差的平方；每个元素各得一个数。",
)
def test_the_noise_is_normal_and_fades(submission: Any, draw: Draw) -> None:
    n = 20_000
    for t in (0, 3, 200):
        eta, gamma = draw.random.uniform(0.05, 3.0), draw.random.uniform(0.3, 0.9)
        scale = math.sqrt(eta / (1 + t) ** gamma)
        z = noise_of(submission, draw, (t, eta, gamma), (n // 100, 100), draw.new_seed()).flatten() / scale
        moments = (z.mean().item(), z.square().mean().item() - 1, z.pow(3).mean().item(), z.pow(4).mean().item() - 3)
        neighbours = (z[1:] * z[:-1]).mean().item()
        for moment, variance in zip((*moments, neighbours), (1, 2, 15, 96, 1), strict=True):
            compare.require(
                abs(moment) <= 5.5 * math.sqrt(variance / n),
                "what was added is not normal noise of mean 0 and variance eta / (1 + t)^gamma.",
                "加上的不是均值为 0、方差为 eta / (1 + t)^gamma 的正态噪声。",
                reason="statistics",
            )


@check(
    "gradient_noise.in_place_on_grad",
    hint="The noise goes onto the gradient, into the tensor that is there; the parameter itself stays.",
    zh="噪声加在梯度上，就写在原来的张量里；参数本身不动。",
)
def test_only_the_gradient_changes(submission: Any, draw: Draw) -> None:
    for dtype in (F64, torch.float32):
        values, grad = draw.randn(4, 3, dtype=dtype), 100 * draw.randn(4, 3, dtype=dtype)
        got = noisy(submission, values, grad, (2, 0.5, 0.5), draw.new_seed())
        compare.same(got[0], values, rtol=0, atol=0, what="the parameter", zh="参数")
        added = compare.tensor(got[1], shape=(4, 3), dtype=dtype, what="the gradient", zh="梯度").detach() - grad
        compare.require(
            bool((added.abs() < 6).all() and (added != 0).any()),
            "the gradient is not the old one with a little noise.",
            "梯度不是在原有基础上加了一点噪声。",
        )
        compare.require(
            got[2] is True, "afterwards .grad is another tensor than before.", "调用之后，.grad 换成了另一个张量。"
        )


@check(
    "gradient_noise.generator_only",
    hint="Draw from the generator that was given, and from nothing else.",
    zh="只从给定的 generator 抽取。",
)
def test_equal_generators_give_equal_noise(submission: Any, draw: Draw) -> None:
    seed = draw.new_seed()
    seeds = (seed, seed, draw.new_seed())
    runs = [noise_of(submission, draw.child("same"), (1, 0.5, 0.5), (5, 4), s) for s in seeds]
    compare.same(runs[1], runs[0], rtol=0, atol=0, what="the noise of a second run", zh="第二次的噪声")
    differs = not torch.equal(runs[2], runs[0])
    compare.require(differs, "another generator gives exactly the same noise.", "换一个 generator，噪声却完全相同。")


@check(
    "gradient_noise.without_gradient",
    hint="A parameter without a gradient has nothing to add noise to.",
    zh="没有梯度的参数，也就没有可加噪声的地方。",
    needs=["gradient_noise.in_place_on_grad"],
    weight=0.5,
)
def test_a_parameter_without_gradient(submission: Any, draw: Draw) -> None:
    values = draw.randn(3)
    got = noisy(submission, values, None, (2, 0.5, 0.5), draw.new_seed())
    compare.same(got[0], values, what="the parameter", zh="参数")
    compare.equal(got[1], None, what="the gradient", zh="梯度")
