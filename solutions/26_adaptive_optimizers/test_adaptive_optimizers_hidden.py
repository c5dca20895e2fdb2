"""Hidden checks of topic 26, first part: Adagrad, RMSprop, Adam and AMSGrad."""

from __future__ import annotations

from typing import Any

import torch
from adaptive_optimizers_reference import F64, HOUSE, agree, house_rules, rare, run, various
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def walked(submission: Any, name: str, start: Tensor, gradients: list[Tensor], lr: float, **more: Any) -> Tensor:
    """The student's points, the start first, as one float64 tensor (count + 1, ...)."""
    got = compare.items(run(submission, name, start, gradients, lr, **more), len(gradients), list)
    rows = [compare.tensor(p, shape=tuple(start.shape), dtype=F64, what="a point", zh="一个点") for p in got]
    return compare.finite(torch.stack([start, *rows]), "the points", "各点").detach()


# adagrad --------------------------------------------------------------------------------------------------------------


@check(
    "adagrad.match_torch",
    hint="The squares add up and nothing is divided by their number; eps stands outside the root.",
    zh="平方一直累加，不除以个数；eps 在根号外面。",
)
def test_adagrad_for_ten_steps(submission: Any, draw: Draw) -> None:
    for number in range(6):
        start, gradients = various(draw, number, 10)
        more = {"eps": 10.0 ** -draw.size(2, 9)} if number % 2 else {}
        agree(submission, "adagrad_step", start, gradients, draw.random.uniform(0.05, 0.5), **more)


@check(
    "adagrad.zero_grad_finite",
    hint="Where no gradient has come yet, the account is empty: 0 / 0. What is eps for?",
    zh="还没有来过梯度的地方，账本是空的：0 / 0。eps 是做什么用的？",
)
def test_adagrad_without_gradients(submission: Any, draw: Draw) -> None:
    start = draw.randn(3)
    path = walked(submission, "adagrad_step", start, [torch.zeros(3, dtype=F64)] * 3, 0.3)
    compare.same(path, start.expand(4, 3), what="the points", zh="各点")


@check(
    "adagrad.step_shrinks_sqrt_t",
    hint="With a constant gradient the account grows like t, so step t is lr / sqrt(t), whatever the size of g.",
    zh="梯度不变时账本与 t 成正比，所以第 t 步的步长是 lr / sqrt(t)，与 g 的大小无关。",
)
def test_adagrad_gets_tired(submission: Any, draw: Draw) -> None:
    g = draw.uniform(0.5, 5.0, 4) * torch.tensor([1.0, -1.0, 1e3, -1e-3])
    path = walked(submission, "adagrad_step", draw.randn(4), [g] * 25, 0.7)
    steps = torch.arange(1, 26, dtype=F64)[:, None]
    compare.same(path[:-1] - path[1:], 0.7 * g.sign() / steps.sqrt(), rtol=1e-6, what="the steps", zh="各步")


@check("adagrad.house_rules", hint=HOUSE[0], zh=HOUSE[1])
def test_adagrad_keeps_the_house_rules(submission: Any, draw: Draw) -> None:
    house_rules(submission, draw, "adagrad_step")


# rmsprop --------------------------------------------------------------------------------------------------------------


@check(
    "rmsprop.match_torch",
    hint="An average of the squares that forgets; then as in Adagrad, eps outside the root.",
    zh="平方的会遗忘的平均；其余与 Adagrad 相同，eps 在根号外面。",
)
def test_rmsprop_for_ten_steps(submission: Any, draw: Draw) -> None:
    for number in range(6):
        start, gradients = various(draw, number, 10)
        more = {"alpha": draw.random.uniform(0.3, 0.95), "eps": 10.0 ** -draw.size(2, 9)} if number % 2 else {}
        agree(submission, "rmsprop_step", start, gradients, draw.random.uniform(0.05, 0.5), **more)


@check(
    "rmsprop.alpha_weight",
    hint="alpha is what the old account keeps. With alpha = 0 only the last gradient counts.",
    zh="alpha 是旧账本保留的份额。alpha = 0 时只看最后一个梯度。",
)
def test_alpha_belongs_to_the_past(submission: Any, draw: Draw) -> None:
    start, (g, h) = draw.randn(5), (draw.randn(5), draw.randn(5))
    for alpha in (0.0, 0.9, 0.2):
        path = walked(submission, "rmsprop_step", start, [g, h], 0.3, alpha=alpha, eps=0.0)
        s = alpha * (1 - alpha) * g**2 + (1 - alpha) * h**2
        compare.same(path[1] - path[2], 0.3 * h / s.sqrt(), what="the second step", zh="第二步")


@check(
    "rmsprop.not_bias_corrected",
    hint="The first account holds 1 - alpha of the first square, so the first step is long: nothing corrects it here.",
    zh="第一次记账只有第一个平方的 1 - alpha，所以第一步很长：这里不做修正。",
)
def test_the_first_step_of_rmsprop(submission: Any, draw: Draw) -> None:
    g = draw.randn(5)
    for more, alpha in (({}, 0.99), ({"alpha": 0.9}, 0.9)):
        path = walked(submission, "rmsprop_step", draw.randn(5), [g], 0.2, **more)
        want = 0.2 * g.sign() / (1 - alpha) ** 0.5
        compare.same(path[0] - path[1], want, rtol=1e-4, what="the first step", zh="第一步")


@check("rmsprop.house_rules", hint=HOUSE[0], zh=HOUSE[1])
def test_rmsprop_keeps_the_house_rules(submission: Any, draw: Draw) -> None:
    house_rules(submission, draw, "rmsprop_step")


# adam -----------------------------------------------------------------------------------------------------------------


@check(
    "adam.match_torch_8_steps",
    hint="Correct both averages, each with its own beta, then take the root, then add eps: in this order. Very small"
    " gradients show where eps stands.",
    zh="两个平均各用各的 beta 修正，然后开方，然后加 eps：就按这个次序。很小的梯度会显出 eps 的位置。",
)
def test_adam_for_eight_steps(submission: Any, draw: Draw) -> None:
    for number in range(8):
        start, gradients = various(draw, number, 8)
        betas = (draw.random.uniform(0.1, 0.6), draw.random.uniform(0.7, 0.99))
        more = {"betas": betas, "eps": 10.0 ** -draw.size(2, 9)} if number % 2 else {}
        agree(submission, "adam_step", start, gradients, draw.random.uniform(0.05, 0.5), **more)


@check(
    "adam.rare_large_gradient_60_steps",
    hint="A large gradient is forgotten in time, by both averages. Is anything kept for good?",
    zh="一个大梯度会被两个平均逐渐遗忘。有什么东西被永远留下来了吗？",
)
def test_adam_forgets_a_large_gradient(submission: Any, draw: Draw) -> None:
    start, gradients = rare(draw, 60)
    agree(submission, "adam_step", start, gradients, 0.1, betas=(0.9, 0.95))


@check(
    "adam.first_step_is_lr",
    hint="After the first gradient both corrected averages are that gradient: the step is lr, whatever its size.",
    zh="第一个梯度之后，两个修正后的平均就是它本身：步长是 lr，与梯度大小无关。",
)
def test_the_first_step_of_adam(submission: Any, draw: Draw) -> None:
    g = draw.uniform(0.5, 2.0, 5) * torch.tensor([1.0, -1.0, 1e3, -1e3, 0.1])
    for betas in ((0.9, 0.999), (0.0, 0.5), (0.8, 0.2)):
        path = walked(submission, "adam_step", draw.randn(5), [g], 0.03, betas=betas)
        compare.same(path[0] - path[1], 0.03 * g.sign(), rtol=1e-5, what="the first step", zh="第一步")


@check("adam.house_rules", hint=HOUSE[0], zh=HOUSE[1])
def test_adam_keeps_the_house_rules(submission: Any, draw: Draw) -> None:
    house_rules(submission, draw, "adam_step")


# amsgrad --------------------------------------------------------------------------------------------------------------


@check(
    "amsgrad.match_torch_rare_large_grad",
    hint="The maximum is taken of v as it is, before the correction; v itself goes on as in Adam.",
    zh="最大值取的是未经修正的 v；v 本身照 Adam 的规则继续。",
)
def test_amsgrad_for_sixty_steps(submission: Any, draw: Draw) -> None:
    for betas in ((0.9, 0.95), (0.5, 0.8)):
        start, gradients = rare(draw, 60)
        agree(submission, "amsgrad_step", start, gradients, 0.1, betas=betas)
    for number in range(4):
        start, gradients = various(draw, number, 8)
        agree(submission, "amsgrad_step", start, gradients, 0.2, **({"eps": 1e-3} if number % 2 else {}))


PERIODIC = """
x, state, C = torch.zeros(1, dtype=torch.float64), {}, 4.0
for t in range(1, steps + 1):
    g = torch.full_like(x, C if t % 3 == 1 else -1.0)
    x = student.amsgrad_step(x, g, state, t, 0.5 / t ** 0.5, (0.0, 1 / (1 + C * C))).clamp(-1.0, 1.0)
x
"""


@check(
    "amsgrad.periodic_counterexample",
    hint="Gradients 4, -1, -1, 4, ...: on the whole they point to -1, but who forgets the 4 walks to +1.",
    zh="梯度为 4、-1、-1、4……：总体指向 -1，但忘掉了 4 的人会走到 +1。",
    cpu_s=20,  # for those who sum up all gradients at every step
    wall_s=60,
)
def test_where_adam_goes_wrong(submission: Any) -> None:
    got = compare.tensor(submission.build(PERIODIC, steps=900), shape=(1,), dtype=F64, what="the end", zh="终点")
    compare.require(
        got.detach() <= -0.95, "the walk does not end near -1, where the mean loss is smallest.",
        "没有走到平均损失最小的 -1 附近。",
    )  # fmt: skip


@check(
    "amsgrad.state_monotone",
    hint="What stands under the root, before its correction, never becomes smaller.",
    zh="根号下的数，在修正之前，从不变小。",
)
def test_the_largest_square_never_shrinks(submission: Any, draw: Draw) -> None:
    g = [draw.uniform(0.2, 1.0, 4) * (8.0 if t % 9 == 1 else 1.0) for t in range(25)]
    path = walked(submission, "amsgrad_step", draw.randn(4), g, 0.1, betas=(0.0, 0.9), eps=0.0)
    correction = 1 - 0.9 ** torch.arange(1, 26, dtype=F64)[:, None]
    under = (0.1 * torch.stack(g) / (path[:-1] - path[1:])) ** 2 * correction
    compare.require(
        bool((under[1:] >= under[:-1] * (1 - 1e-6)).all()),
        "what stands under the root became smaller at some step.",
        "根号下的数在某一步变小了。",
    )


@check("amsgrad.house_rules", hint=HOUSE[0], zh=HOUSE[1])
def test_amsgrad_keeps_the_house_rules(submission: Any, draw: Draw) -> None:
    house_rules(submission, draw, "amsgrad_step")
