"""Visible checks of topic 25: the worked examples of the README, and a picture. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "gd.example",
    hint="The gradient at (4, 1) is (4, 4); three tenths of it come off. Row 0 of the path is the start itself.",
    zh="(4, 1) 处的梯度是 (4, 4)，减去它的十分之三。路径的第 0 行就是起点。",
    weight=0.5,
)
def test_two_steps_by_hand(submission: Any) -> None:
    scale = torch.tensor([1.0, 4.0])
    path = submission.gd(lambda x: scale * x.detach(), torch.tensor([4.0, 1.0]), 0.3, 2)
    compare.same(path, torch.tensor([[4.0, 1.0], [2.8, -0.2], [1.96, 0.04]]), what="the path", zh="路径")


@check(
    "classify_critical.example",
    hint="The eigenvalues are 5 and -1, then 4 and 0, then 3 and 1. The entries of the diagonal do not decide.",
    zh="特征值依次是 5 与 -1、4 与 0、3 与 1。对角线上的元素不能决定答案。",
    weight=0.5,
)
def test_three_hessians(submission: Any) -> None:
    for rows, want in (
        ([[2.0, 3.0], [3.0, 2.0]], "saddle"),
        ([[4.0, 0.0], [0.0, 0.0]], "degenerate"),
        ([[2.0, 1.0], [1.0, 2.0]], "min"),
    ):
        compare.equal(submission.classify_critical(torch.tensor(rows)), want, what="the kind", zh="类型")


@check(
    "escape_direction.example",
    hint="The Hessian of x * y has the rows (0, 1) and (1, 0). The eigenvector for -1 has entries of opposite sign.",
    zh="x * y 的海森矩阵的两行是 (0, 1) 与 (1, 0)。特征值 -1 的特征向量的两个分量符号相反。",
    weight=0.5,
)
def test_off_the_saddle_of_a_product(submission: Any) -> None:
    f = submission.build("lambda p: p[0] * p[1]")
    got = compare.tensor(submission.escape(f, torch.zeros(2)), shape=(2,), dtype=torch.float32).detach()
    half = torch.tensor(0.5).sqrt()
    compare.same(got * got[0].sign(), torch.stack([half, -half]), what="the direction", zh="方向")
    bowl = submission.build("lambda p: (p ** 2).sum()")
    compare.equal(submission.escape(bowl, torch.zeros(2)), None, what="the way out of a bowl", zh="碗底的出路")


RUN = """
p, state, path = start, {}, [start]
for _ in range(steps):
    p = getattr(student, name)(p, slope * p, state, lr, mu)
    path.append(p)
path
"""


@check(
    "sgd_momentum.example",
    hint="With the gradient always 2 and mu = 0.5, v is 2, 3, 3.5. Nesterov's step is g + mu * v: 3, then 3.5.",
    zh="梯度恒为 2、mu = 0.5 时，v 依次为 2、3、3.5。Nesterov 的一步是 g + mu * v：先 3，后 3.5。",
    weight=0.5,
)
def test_steps_with_a_constant_gradient(submission: Any) -> None:
    steps = "p, state, path = torch.tensor([1.0]), {}, []\nfor _ in range(count):\n"
    steps += "    p = getattr(student, name)(p, torch.tensor([2.0]), state, 0.1, 0.5)\n    path.append(p)\npath"
    for name, want in (("momentum_step", [0.8, 0.5, 0.15]), ("nesterov_step", [0.7, 0.35])):
        got = submission.build(steps, name=name, count=len(want))
        compare.same(got, [torch.tensor([value]) for value in want], what=name, zh=name)


@check(
    "sgd_momentum.ravine",
    hint="Twenty-four steps down a ravine. Go through the first three of them by hand: v starts at 0.",
    zh="在山沟里走二十四步。先用手算前三步：v 从 0 开始。",
    weight=0.5,
)
def test_three_ways_down_a_ravine(submission: Any, picture: Any) -> None:
    slope, start, steps = torch.tensor([1.0, 30.0]), torch.tensor([-4.0, 1.0]), 24
    paths = {"gd, lr 0.06": torch.stack([start * (1 - 0.06 * slope) ** k for k in range(steps + 1)])}
    wanted = {}
    for label, name, ahead in (("momentum", "momentum_step", 0.0), ("Nesterov", "nesterov_step", 0.8)):
        got = submission.build(RUN, name=name, start=start, slope=slope, steps=steps, lr=0.03, mu=0.8)
        points = compare.items(got, steps + 1, list, "the path", "路径")
        paths[label] = torch.stack(
            [compare.tensor(p, shape=(2,), what="a point", zh="一个点").detach() for p in points]
        )
        p, v = start, torch.zeros(2)
        wanted[label] = [start]
        for _ in range(steps):
            g = slope * p
            v = 0.8 * v + g
            p = p - 0.03 * (g + ahead * v if ahead else v)
            wanted[label].append(p)
    x, y = torch.linspace(-4.5, 1.5, 80), torch.linspace(-1.2, 1.2, 60)
    picture.surface(
        "ravine", ((x**2)[None, :] + 30 * (y**2)[:, None]).sqrt(), (-4.5, 1.5, -1.2, 1.2), paths,
        en="24 steps down (x^2 + 30 y^2) / 2 from (-4, 1). Plain descent throws itself from wall to wall; your momentum"
        " step swings along the bottom, and your Nesterov step brakes before it swings too far.",
        zh="从 (-4, 1) 出发，在 (x^2 + 30 y^2) / 2 上走 24 步。普通梯度下降在两壁之间来回撞；"
        "你的动量法顺着谷底荡过去；你的 Nesterov 步会在荡过头之前刹住。",
    )  # fmt: skip
    for label, want in wanted.items():
        compare.same(paths[label], torch.stack(want), what=f"the path of {label}", zh=f"{label} 的路径")


@check(
    "ema_bias_corrected.example",
    hint="m is 2, then 0.8 * 2 + 0.2 * 19 = 5.4. Divided by 0.2 and by 0.36 that is 10 and 15.",
    zh="m 先是 2，然后是 0.8 * 2 + 0.2 * 19 = 5.4。分别除以 0.2 和 0.36，得到 10 和 15。",
    weight=0.5,
)
def test_two_numbers(submission: Any) -> None:
    compare.same(submission.ema([10.0, 19.0], 0.8), [10.0, 15.0])


@check(
    "batch_effect.example",
    hint="1000 / 64 is 15.6, so an epoch has 16 batches. Halving x divides x * x by four each time.",
    zh="1000 / 64 等于 15.6，所以一轮有 16 个小批量。x 每次减半，x * x 就每次变为四分之一。",
    weight=0.5,
)
def test_counts_by_hand(submission: Any) -> None:
    compare.equal(submission.updates_per_run(1000, 64, 10), 160, what="the number of updates", zh="更新次数")
    f = submission.build("lambda x: (x ** 2).sum()")
    for method, want in (("gd", 4), ("momentum", 2)):
        got = submission.steps_to(f, torch.tensor([1.0]), method, 0.25, 0.5, 0.01, 100)
        compare.equal(got, want, what=f"the number of steps with {method}", zh=f"{method} 的步数")
