"""Hidden checks of topic 10: the fit. Two fits by the same rule agree to rounding, so it is judged by its w and b
first, and by what outliers do to it after that."""

from __future__ import annotations

import math
from typing import Any

import torch
from regression_losses_reference import F32, F64, NAMES, mean_slopes, off_by, with_outliers
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def descend(X: Tensor, y: Tensor, loss: str, steps: int, lr: float) -> tuple[Tensor, Tensor]:
    w, b = torch.zeros(X.shape[1], dtype=X.dtype), torch.zeros((), dtype=X.dtype)
    for _ in range(steps):
        pulls = mean_slopes(loss, X @ w + b, y)
        w, b = w - lr * (pulls @ X), b - lr * pulls.sum()
    return w, b


@check(
    "robust_fit.steps",
    hint="From zero, so many steps, each with the gradient of the mean loss over all rows, w and b both from the same"
    " point. The loss is the one that was asked for.",
    zh="从零出发，走规定的步数，每步用全部样本平均损失的梯度，w 与 b 的梯度取自同一点。损失是指定的那一个。",
)
def test_w_and_b_after_some_steps(submission: Any, draw: Draw) -> None:
    for number in range(9):
        dtype, loss, steps = float_type(number), NAMES[number % 3], draw.size(1, 12)
        (n, d), lr = draw.sizes(2, 2, 8), draw.random.uniform(0.05, 0.2)
        X, y = draw.randn(n, d, dtype=dtype), 3 * draw.randn(n, dtype=dtype)
        X, y = draw.layout(X, number % 2), draw.layout(y, number // 2 % 2)
        got = submission.robust_fit(X, y, loss, steps, lr)
        compare.same(got, descend(X, y, loss, steps, lr), what=f"(w, b) with {loss}", zh=f"用 {loss} 的 (w, b)")


@check(
    "robust_fit.zero_steps",
    hint="Without a step w and b are where they start: at 0, w with one entry for each column.",
    zh="一步不走时，w 和 b 停在起点：都是 0，w 的每个元素对应一列。",
)
def test_without_a_step(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        X, y = draw.randn(5, 3, dtype=dtype), draw.randn(5, dtype=dtype)
        want = (torch.zeros(3, dtype=dtype), torch.zeros((), dtype=dtype))
        compare.same(submission.robust_fit(X, y, "l2", 0, 0.1), want, what="(w, b)", zh="(w, b)")


@check(
    "robust_fit.detached",
    hint="The result is for use, not for further training: it must not carry its history with it.",
    zh="结果是拿来用的，不再参与训练：不要带着计算历史返回。",
)
def test_no_history_comes_along(submission: Any, draw: Draw) -> None:
    X, y = draw.randn(6, 2), draw.randn(6)
    for loss in NAMES:
        got = submission.robust_fit(X, y, loss, 2, 0.1)
        compare.same(got, descend(X, y, loss, 2, 0.1), what="(w, b)", zh="(w, b)")
        compare.require(
            not got[0].requires_grad and not got[1].requires_grad,
            "w or b still requires a gradient.",
            "w 或 b 仍然要求梯度。",
        )


@check(
    "robust_fit.unknown_loss_raises",
    hint="A loss that nobody knows raises ValueError.",
    zh="不认识的损失应抛出 ValueError。",
)
def test_an_unknown_loss_is_refused(submission: Any, draw: Draw) -> None:
    X, y = draw.randn(6, 2), draw.randn(6)
    for loss in ("L1", "mse", ""):
        compare.raises(ValueError, submission.robust_fit, X, y, loss, 2, 0.1)


@check(
    "robust_fit.inputs_unchanged",
    hint="X and y belong to the caller.",
    zh="X 和 y 是调用者的。",
)
def test_the_fit_leaves_x_and_y_alone(submission: Any, draw: Draw) -> None:
    for number, loss in enumerate(NAMES):
        X, y = draw.layout(draw.randn(6, 2), number), draw.layout(draw.randn(6), number)
        seen = submission.observe("robust_fit", X, y, loss, 3, 0.1)
        compare.same(seen.result, descend(X, y, loss, 3, 0.1), what="(w, b)", zh="(w, b)")
        compare.unchanged(X, seen.args[0], "X")
        compare.unchanged(y, seen.args[1], "y")


@check(
    "robust_fit.no_optimiser",
    hint="Two lines move w and b; an optimiser of torch is not needed, nor a layer.",
    zh="移动 w 和 b 只需两行，用不着 torch 的优化器，也用不着现成的层。",
    needs=["robust_fit.example"],
)
def test_the_steps_are_your_own(submission: Any) -> None:
    source_rules.forbid_names(submission.source, {"torch.optim.*", "nn.Linear", "scipy.*"}, within="robust_fit")


@check(
    "robust_fit.huber_ignores_outliers",
    hint="With huber a wild row pulls with a force of at most 1, so one in ten can't move the line far.",
    zh="用 huber 时，离谱的样本拉力至多为 1，所以十分之一这样的样本不会把直线拉远。",
    needs=["robust_fit.steps"],
    cpu_s=10.0,
    wall_s=60.0,
)
def test_one_wild_label_in_ten(submission: Any, draw: Draw) -> None:
    X, y, w, b = with_outliers(draw)
    for loss in ("huber", "l1"):
        off_w, off_b = off_by(submission.robust_fit(X, y, loss, 300, 0.1), w, b)
        compare.require(
            off_w < 0.15 and off_b < 0.3,
            f"with {loss}, w is off by up to {off_w:.3f} and b by {off_b:.3f}; outliers may move them by 0.15 and 0.3.",
            f"用 {loss} 时，w 最多偏 {off_w:.3f}，b 偏 {off_b:.3f}；离群点至多可使它们偏 0.15 和 0.3。",
            reason="training",
        )


@check(
    "robust_fit.l2_is_pulled",
    hint="The half square lets every row pull with its whole error. Outliers above the line must lift it.",
    zh="平方损失让每个样本以全部误差来拉。直线上方的离群点必然把它抬高。",
    needs=["robust_fit.steps"],
    cpu_s=10.0,
    wall_s=60.0,
)
def test_l2_follows_the_wild_labels(submission: Any, draw: Draw) -> None:
    X, y, w, b = with_outliers(draw)
    _, off_b = off_by(submission.robust_fit(X, y, "l2", 300, 0.1), w, b)
    compare.require(
        1 < off_b < math.inf,
        f"with l2, b should be lifted by more than 1; it is off by {off_b:.3f}.",
        f"用 l2 时 b 应被抬高 1 以上，现在的偏差是 {off_b:.3f}。",
        reason="training",
    )
