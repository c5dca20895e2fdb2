"""Visible checks of topic 10: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check

P, Y = torch.tensor([2.0, 5.0, 1.0]), torch.tensor([3.0, 1.0, 1.0])  # errors -1, 4, 0


@check(
    "l1_l2.example",
    hint="The errors are -1, 4 and 0. Half their squares are 0.5, 8 and 0, their sizes 1, 4 and 0.",
    zh="误差是 -1、4、0。平方的一半是 0.5、8、0，绝对值是 1、4、0。",
    weight=0.5,
)
def test_errors_of_minus_one_four_and_zero(submission: Any) -> None:
    compare.same(submission.l2_loss(P, Y, "none"), torch.tensor([0.5, 8.0, 0.0]), what="l2_loss", zh="l2_loss")
    compare.same(submission.l1_loss(P, Y, "none"), torch.tensor([1.0, 4.0, 0.0]), what="l1_loss", zh="l1_loss")
    compare.same(submission.l2_loss(P, Y, "sum"), torch.tensor(8.5), what="the sum", zh="总和")
    compare.same(submission.l1_loss(P, Y, "mean"), torch.tensor(5 / 3), what="the mean", zh="平均值")


@check(
    "huber.example",
    hint="With delta = 1 the losses are 0.5, 1 * (4 - 0.5) and 0; with delta = 2 they are 0.5, 2 * (4 - 1) and 0.",
    zh="delta = 1 时各损失是 0.5、1 * (4 - 0.5)、0；delta = 2 时是 0.5、2 * (4 - 1)、0。",
    weight=0.5,
)
def test_one_small_error_and_a_large_one(submission: Any, picture: Any) -> None:
    one, two = submission.huber(P, Y), submission.huber(P, Y, delta=2.0)
    errors = torch.arange(-3, 3.01, 0.25)
    curve = [_number(submission.huber(e, torch.tensor(0.0))) for e in errors]
    picture.lines(
        "three-losses",
        {"L2": (errors, errors**2 / 2), "L1": (errors, errors.abs()), "your huber": (errors, curve)},
        x="error", y="loss",
        en="Your Huber loss beside L1 and L2. Up to an error of 1 it lies on the parabola, then it goes on as a"
        " straight line, with no jump and no bend.",
        zh="你的 Huber 损失与 L1、L2：误差不超过 1 时落在抛物线上，之后沿直线延伸，没有跳跃，也没有折角。",
    )  # fmt: skip
    compare.same(one, torch.tensor(4 / 3), what="the loss with delta = 1", zh="delta = 1 时的损失")
    compare.same(two, torch.tensor(6.5 / 3), what="the loss with delta = 2", zh="delta = 2 时的损失")


def _number(value: Any) -> float:
    return compare.tensor(value, shape=()).item()


@check(
    "log_rmse.example",
    hint="Twice too much, half of what it should be, and a negative prediction that counts as 1: ln 2, -ln 2 and 0.",
    zh="大一倍、小一半，还有一个按 1 计的负预测：对数之差是 ln 2、-ln 2、0。",
    weight=0.5,
)
def test_twice_too_much_and_half_of_it(submission: Any) -> None:
    p, y = torch.tensor([200.0, 50.0, -3.0]), torch.tensor([100.0, 100.0, 1.0])
    compare.same(submission.log_rmse(p, y), torch.tensor(math.sqrt(2 / 3) * math.log(2)))


@check(
    "loss_gradient.example",
    hint="The errors are -0.5, 4 and 0. Take the slope of each loss there, and divide by 3.",
    zh="误差是 -0.5、4、0。求各损失在这些点的斜率，再除以 3。",
    weight=0.5,
)
def test_three_slopes_of_three_losses(submission: Any) -> None:
    p = torch.tensor([2.5, 5.0, 1.0])
    for name, slopes in (("l2", [-0.5, 4.0, 0.0]), ("l1", [-1.0, 1.0, 0.0]), ("huber", [-0.5, 1.0, 0.0])):
        want = torch.tensor(slopes) / 3
        compare.same(submission.loss_gradient(name, p, Y), want, what=f"the gradient of {name}", zh=f"{name} 的梯度")


@check(
    "robust_fit.example",
    hint="At zero the errors are -0.5 and -10; for huber the pulls are -0.25 and -0.5. w moves by -lr * X^T pulls.",
    zh="从零开始误差是 -0.5 和 -10；huber 的拉力是 -0.25 和 -0.5。w 的移动量是 -lr * X^T 乘拉力。",
    weight=0.5,
)
def test_one_step_by_hand(submission: Any) -> None:
    X, y = torch.tensor([[1.0], [2.0]]), torch.tensor([0.5, 10.0])
    for loss, w, b in (("huber", 0.5, 0.3), ("l2", 4.1, 2.1), ("l1", 0.6, 0.4)):
        want = (torch.tensor([w]), torch.tensor(b))
        compare.same(submission.robust_fit(X, y, loss, 1, 0.4), want, what=f"{loss}: (w, b)", zh=f"{loss}：(w, b)")


@check(
    "robust_fit.example_outliers",
    hint="The slope is 1.5. With l2 three wild points bend the line down; with l1 and huber they hardly count.",
    zh="斜率是 1.5。用 l2 时三个离谱的点把直线拉歪了；用 l1 和 huber 时它们几乎不起作用。",
    needs=["robust_fit.example"],
    weight=0.5,
)
def test_three_wild_points_of_thirty(submission: Any, picture: Any) -> None:
    x = torch.linspace(-2, 2, 30)
    y = 1.5 * x + 0.5
    y[[25, 27, 29]] -= 12.0
    found = {loss: submission.robust_fit(x.unsqueeze(1), y, loss, 150, 0.1) for loss in ("l2", "l1", "huber")}
    lines = {}
    for loss, pair in found.items():
        w, b = compare.items(pair, 2, tuple, "the result", "结果")
        w = compare.tensor(w, shape=(1,), what="w", zh="w").detach()
        lines[loss] = (x, w * x + compare.tensor(b, shape=(), what="b", zh="b").detach())
    picture.lines(
        "three-fits", {"data": (x, y), **lines}, x="x", y="y",
        en="Your three lines through 30 points, of which three have gone astray.",
        zh="穿过 30 个点的三条直线，其中三个点离谱了。",
    )  # fmt: skip
    slopes = {loss: found[loss][0].item() for loss in found}
    for loss in ("l1", "huber"):
        compare.require(
            abs(slopes[loss] - 1.5) < 0.3,
            f"the slope found with {loss} should lie within 0.3 of 1.5; it is {slopes[loss]:.3f}.",
            f"用 {loss} 求得的斜率应与 1.5 相差不到 0.3，现在是 {slopes[loss]:.3f}。",
        )
    compare.require(
        slopes["l2"] < 0.8,
        f"the slope found with l2 should be bent to below 0.8; it is {slopes['l2']:.3f}.",
        f"用 l2 求得的斜率应被拉到 0.8 以下，现在是 {slopes['l2']:.3f}。",
    )
