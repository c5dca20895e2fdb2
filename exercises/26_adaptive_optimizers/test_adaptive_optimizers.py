"""Visible checks of topic 26: the worked examples of the README, all with one weight that starts at 1 or 10."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.errors import StudentError

RUN = """
p, state, path = torch.tensor([start]), {}, []
for t, g in enumerate(gradients, start=1):
    time = () if name == "sgdw_step" else (t,)
    p = getattr(student, name)(p, torch.tensor([g]), state, *time, lr, **more)
    path.append(p)
path
"""


def walk(submission: Any, name: str, start: float, gradients: list[float], lr: float, **more: Any) -> Any:
    """The points after each gradient, as your function finds them."""
    return submission.build(RUN, name=name, start=start, gradients=gradients, lr=lr, more=more)


def values(*points: float) -> list[Tensor]:
    return [torch.tensor([point]) for point in points]


@check(
    "adagrad.example",
    hint="s is 9, then 9 + 16 = 25. The steps are 0.5 * 3 / 3 and 0.5 * 4 / 5.",
    zh="s 先是 9，然后是 9 + 16 = 25。两步分别是 0.5 * 3 / 3 和 0.5 * 4 / 5。",
    weight=0.5,
)
def test_two_steps_of_adagrad(submission: Any) -> None:
    compare.same(walk(submission, "adagrad_step", 1.0, [3.0, 4.0], 0.5), values(0.5, 0.1), what="the points", zh="各点")


@check(
    "rmsprop.example",
    hint="s is 0.25 * 4 = 1, then 0.75 * 1 + 0.25 * 1 = 1. The steps are 0.1 * 2 and 0.1 * 1.",
    zh="s 先是 0.25 * 4 = 1，然后是 0.75 * 1 + 0.25 * 1 = 1。两步分别是 0.1 * 2 和 0.1 * 1。",
    weight=0.5,
)
def test_two_steps_of_rmsprop(submission: Any) -> None:
    got = walk(submission, "rmsprop_step", 1.0, [2.0, 1.0], 0.1, alpha=0.75)
    compare.same(got, values(0.8, 0.7), what="the points", zh="各点")


RAVINE = """
p, state, path = torch.tensor([-4.0, 1.0]), {}, [torch.tensor([-4.0, 1.0])]
for t in range(1, 31):
    p = getattr(student, name)(p, p * torch.tensor([1.0, 30.0]), state, t, lr)
    path.append(p)
path
"""


def way(submission: Any, name: str, lr: float) -> Tensor | None:
    """30 steps down a ravine, (31, 2); None as long as this optimiser does not walk."""
    try:
        path = submission.build(RAVINE, name=name, lr=lr)
    except StudentError:
        return None
    points = path if isinstance(path, list) else []
    points = [p.detach() for p in points if isinstance(p, Tensor) and p.shape == (2,)]
    return torch.stack(points) if len(points) == 31 else None


def draw_ravine(submission: Any, picture: Any) -> None:
    plain = torch.tensor([-4.0, 1.0]) * (1 - 0.06 * torch.tensor([1.0, 30.0])) ** torch.arange(31)[:, None]
    own = {"Adagrad": ("adagrad_step", 0.5), "RMSprop": ("rmsprop_step", 0.06), "Adam": ("adam_step", 0.4)}
    paths = {"gradient descent": plain, **{label: way(submission, *how) for label, how in own.items()}}
    x, y = torch.linspace(-4.5, 2.0, 80), torch.linspace(-1.3, 1.3, 60)
    picture.surface(
        "ravine", ((x**2)[None, :] + 30 * (y**2)[:, None]).sqrt(), (-4.5, 2.0, -1.3, 1.3),
        {label: path for label, path in paths.items() if path is not None}, x="x", y="y",
        en="30 steps down (x^2 + 30 y^2) / 2 from (-4, 1), plain and with your optimisers.",
        zh="从 (-4, 1) 出发，在 (x^2 + 30 y^2) / 2 上走 30 步：普通梯度下降，以及你的各个优化器。",
    )  # fmt: skip


@check(
    "adam.example",
    hint="m is 1 and 1, corrected 2 and 1.3333; v is 1 and 1, corrected 4 and 2.2857.",
    zh="m 是 1 和 1，修正后是 2 和 1.3333；v 是 1 和 1，修正后是 4 和 2.2857。",
    weight=0.5,
)
def test_two_steps_of_adam(submission: Any, picture: Any) -> None:
    draw_ravine(submission, picture)
    got = walk(submission, "adam_step", 1.0, [2.0, 1.0], 0.1, betas=(0.5, 0.75))
    compare.same(got, values(0.9, 0.8118081), what="the points", zh="各点")


@check(
    "amsgrad.example",
    hint="v is 4, then 3.25; u stays 4. Corrected it is 16, then 4 / 0.4375.",
    zh="v 先是 4，然后是 3.25；u 保持 4。修正后先是 16，然后是 4 / 0.4375。",
    weight=0.5,
)
def test_two_steps_of_amsgrad(submission: Any) -> None:
    got = walk(submission, "amsgrad_step", 1.0, [4.0, 1.0], 0.1, betas=(0.0, 0.75))
    compare.same(got, values(0.9, 0.8669281), what="the points", zh="各点")


@check(
    "adamw.example",
    hint="10 shrinks to 9.5 by itself. Then comes Adam's first step, 0.1; or momentum's, 0.2 and 0.3.",
    zh="10 自己先缩到 9.5。然后 Adam 的第一步是 0.1；动量的两步是 0.2 和 0.3。",
    weight=0.5,
)
def test_decay_beside_the_step(submission: Any) -> None:
    compare.same(walk(submission, "adamw_step", 10.0, [3.0], 0.1, wd=0.5), values(9.4), what="AdamW", zh="AdamW")
    got = walk(submission, "sgdw_step", 10.0, [2.0, 2.0], 0.1, mu=0.5, wd=0.5)
    compare.same(got, values(9.3, 8.535), what="SGDW", zh="SGDW")


@check(
    "radam_nadam_adabound.example",
    hint="RAdam's first step is 0.1 * 2. Nadam's is 0.1 * (2 + 2/3) / 2. AdaBound's rate 0.5 is cut to 0.2.",
    zh="RAdam 的第一步是 0.1 * 2；Nadam 的是 0.1 * (2 + 2/3) / 2；AdaBound 的学习率 0.5 被截到 0.2。",
    weight=0.5,
)
def test_first_steps_of_the_relatives(submission: Any) -> None:
    compare.same(walk(submission, "radam_step", 1.0, [2.0], 0.1), values(0.8), what="RAdam", zh="RAdam")
    got = walk(submission, "nadam_step", 1.0, [2.0], 0.1, betas=(0.5, 0.75))
    compare.same(got, values(0.8666667), what="Nadam", zh="Nadam")
    got = walk(submission, "adabound_step", 1.0, [2.0], 1.0, final_lr=0.1, gamma=1.0)
    compare.same(got, values(0.6), what="AdaBound", zh="AdaBound")


OBJECT = """
p = nn.Parameter(torch.tensor([1.0, -1.0]))
opt = student.Adam([p], lr=0.1)
(p ** 2).sum().backward()
opt.step()
p.detach()
"""


@check(
    "train_optim.example",
    hint="The gradients are 2 and -2; Adam's first step is 0.1 against their signs, in the parameter itself.",
    zh="梯度是 2 和 -2；Adam 的第一步是逆着它们的符号走 0.1，直接改参数本身。",
    weight=0.5,
)
def test_one_step_of_the_object(submission: Any) -> None:
    compare.same(submission.build(OBJECT), torch.tensor([0.9, -0.9]), what="the parameter", zh="参数")
