"""Visible checks of topic 27: the worked examples of the README, and pictures of your schedules."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


def same(got: Any, want: float, t: int, what: str = "the rate", zh: str = "学习率") -> None:
    compare.number(got, want, 1e-6, what=f"{what} at t = {t}", zh=f"t = {t} 时的{zh}")


def numbers(values: list[Any]) -> list[float]:
    return [compare.number(value, what="a value of the schedule", zh="调度的一个值") for value in values]


@check(
    "warmup_cosine.example",
    hint="Two steps up: a half, a whole. Then u is 0, 1/4, 1/2 and 1, and the cosine of pi * u is 1, 0.7071, 0 and -1.",
    zh="两步升温：一半，全部。然后 u 是 0、1/4、1/2、1，pi * u 的余弦是 1、0.7071、0、-1。",
    weight=0.5,
)
def test_ten_steps_with_a_warm_up_of_two(submission: Any) -> None:
    for t, want in ((0, 0.4), (1, 0.8), (2, 0.8), (4, 0.6828427), (6, 0.4), (10, 0.0)):
        same(submission.warmup_cosine(t, 10, 2, 0.8), want, t)


@check(
    "warmup_cosine.curve",
    hint="Look at the picture: a line up to 0.1, and half a wave down to 0.01.",
    zh="看图：直线升到 0.1，再沿半个波降到 0.01。",
    weight=0.5,
)
def test_a_picture_of_the_warm_up(submission: Any, picture: Any) -> None:
    rates = numbers([submission.warmup_cosine(t, 100, 20, 0.1, 0.01) for t in range(111)])
    picture.lines(
        "warm-up", {"rate": rates}, x="step", y="learning rate",
        en="Your warmup_cosine over 100 steps: 20 to warm up, 80 to cool down, and a rest at lr_min.",
        zh="你的 warmup_cosine：共 100 步，20 步预热，80 步冷却，之后停在 lr_min。",
    )  # fmt: skip
    for t, want in ((0, 0.005), (19, 0.1), (60, 0.055), (110, 0.01)):
        same(submission.warmup_cosine(t, 100, 20, 0.1, 0.01), want, t)


@check(
    "sgdr.example",
    hint="The first cycle has 4 steps, the second 8. Restarts are at 4 and at 12, the middle of the second at 8.",
    zh="第一个周期 4 步，第二个 8 步。在 4 和 12 处重启，第二个周期的正中是 8。",
    weight=0.5,
)
def test_cycles_of_four_and_eight_steps(submission: Any, picture: Any) -> None:
    rates = numbers([submission.sgdr(t, 4, 2, 1.0) for t in range(60)])
    picture.lines(
        "restarts", {"rate": rates}, x="step", y="learning rate",
        en="Your sgdr with T0 = 4 and mult = 2: each cycle twice as long as the one before.",
        zh="你的 sgdr，T0 = 4，mult = 2：每个周期的长度是前一个的两倍。",
    )  # fmt: skip
    for t, want in ((0, 1.0), (1, 0.8535534), (2, 0.5), (4, 1.0), (8, 0.5), (12, 1.0)):
        same(submission.sgdr(t, 4, 2, 1.0), want, t)


@check(
    "cyclical_onecycle.example",
    hint="A quarter of the way up is 0.2, half of the way down 0.3. At step 30 of 45 two thirds of the way are done.",
    zh="上坡的四分之一处是 0.2，下坡的一半处是 0.3。45 步中的第 30 步走完了三分之二。",
    weight=0.5,
)
def test_triangles(submission: Any, picture: Any) -> None:
    pairs = [compare.items(submission.one_cycle(t, 100, 0.1, 1.0, 0.01), 2) for t in range(101)]
    rates, moments = numbers([pair[0] for pair in pairs]), numbers([pair[1] for pair in pairs])
    picture.lines(
        "one-cycle", {"rate": rates, "momentum": moments}, x="step",
        en="Your one_cycle: momentum goes down while the rate goes up, and back; the tail ends below the start.",
        zh="你的 one_cycle：学习率上升时动量下降，然后反过来；尾巴收在起点之下。",
    )  # fmt: skip
    for t, want in ((0, 0.1), (1, 0.2), (4, 0.5), (6, 0.3), (8, 0.1)):
        same(submission.triangular(t, 4, 0.1, 0.5), want, t)
    for t, lr, beta in ((0, 0.1, 0.95), (30, 0.7, 0.8833333), (45, 1.0, 0.85), (95, 0.055, 0.95), (100, 0.01, 0.95)):
        got = compare.items(submission.one_cycle(t, 100, 0.1, 1.0, 0.01), 2)
        same(got[0], lr, t)
        same(got[1], beta, t, "the momentum", "动量")


@check(
    "inverse_sqrt_step.example",
    hint="With d_model = 4 everything is halved. 25 steps hold two full tens. 0.5 to the third is an eighth.",
    zh="d_model = 4 时一切减半。25 步里有两个整十步。0.5 的三次方是八分之一。",
    weight=0.5,
)
def test_short_formulas(submission: Any) -> None:
    for t, want in ((0, 0.0), (1, 0.0625), (4, 0.25), (16, 0.125)):
        same(submission.noam(t, 4, 4), want, t)
    for t, want in ((0, 0.8), (9, 0.8), (10, 0.4), (25, 0.2)):
        same(submission.step_decay(t, 0.8, 0.5, 10), want, t)
    same(submission.exponential(3, 0.8, 0.5), 0.1, 3)


STEPS = """
p = nn.Parameter(torch.tensor([1.0]))
opt = student.Lookahead(torch.optim.SGD([p], lr=0.1), k=2, alpha=0.5)
path = []
for _ in range(4):
    p.grad = torch.ones(1)
    opt.step()
    path.append(p.item())
path
"""


@check(
    "lookahead.example",
    hint="Each step takes 0.1 off. At the second one the slow weight goes from 1 half of the way to 0.8, and so on.",
    zh="每步减 0.1。到第二步，慢权重从 1 向 0.8 走一半，以此类推。",
    weight=0.5,
)
def test_four_steps_with_k_two(submission: Any) -> None:
    compare.same(
        submission.build(STEPS), [0.9, 0.9, 0.8, 0.8], rtol=1e-5, what="the weight after each step", zh="每步后的权重"
    )


@check(
    "swats.example",
    hint="p.p is 0.05 and p.g is -0.25. The average 0.038, divided by 1 - 0.81, is 0.2.",
    zh="p.p 是 0.05，p.g 是 -0.25。平均 0.038 除以 1 - 0.81 等于 0.2。",
    weight=0.5,
)
def test_when_to_switch(submission: Any) -> None:
    got = submission.swats_gamma(torch.tensor([-0.2, 0.1]), torch.tensor([1.0, -0.5]))
    compare.number(got, 0.2, 1e-5, what="the rate", zh="学习率")
    compare.equal(submission.should_switch(0.038, 0.2005, 0.9, 2, 0.001), True, what="the answer", zh="回答")
    compare.equal(submission.should_switch(0.038, 0.202, 0.9, 2, 0.001), False, what="the answer", zh="回答")


NOISE = """
p = nn.Parameter(torch.zeros(1000))
p.grad = torch.full((1000,), 2.0)
student.noisy_grad_(p, 3, 0.4, 0.5, generator)
[p.detach(), p.grad.detach()]
"""


@check(
    "gradient_noise.example",
    hint="At t = 3 the variance is 0.4 / 2 = 0.2, so the noise is about 0.45 in size; the parameter stays 0.",
    zh="t = 3 时方差是 0.4 / 2 = 0.2，噪声大小约 0.45；参数仍为 0。",
    weight=0.5,
)
def test_noise_of_variance_a_fifth(submission: Any) -> None:
    made = compare.items(submission.build(NOISE, generator=torch.Generator().manual_seed(0)), 2, list)
    compare.same(made[0], torch.zeros(1000), what="the parameter", zh="参数")
    noise = compare.tensor(made[1], shape=(1000,), dtype=torch.float32, what="the gradient", zh="梯度").double() - 2
    close = bool((noise.mean().abs() < 0.08) & ((noise.square().mean() - 0.2).abs() < 0.05))
    compare.require(
        close, "the noise should have mean 0 and variance 0.2.", "噪声的均值应为 0，方差应为 0.2。", reason="statistics"
    )
