"""Hidden checks of topic 14: the loss, XOR by hand, margins and predictions."""

from __future__ import annotations

from typing import Any

import torch
from perceptron_reference import F32, F64, XOR, labels, scored
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.made.points import separable
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

LOSS = {"what": "the loss", "zh": "损失"}


# perceptron_loss ----------------------------------------------------------------------------------------------------


def loss_by_formula(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.relu(-y * (X @ w + b)).sum()


@check(
    "perceptron_loss.value",
    hint="Only rows on the wrong side pay, each as much as its score is wrong. Their sum, not their mean or number.",
    zh="只有在错误一侧的行才付出代价，大小就是得分错了多少。求和，不是平均，也不是计数。",
)
def test_the_sum_of_what_is_wrong(submission: Any, draw: Draw) -> None:
    for number in range(20):
        case = scored(draw, number, 1 if number == 7 else None)
        compare.same(submission.perceptron_loss(*case), loss_by_formula(*case), scale=5, **LOSS)


@check(
    "perceptron_loss.zero_when_right",
    hint="A row on its right side costs nothing, however far away it is; it earns nothing either.",
    zh="在正确一侧的行不论多远，都不付代价，也不能抵扣。",
)
def test_nothing_to_pay(submission: Any, draw: Draw) -> None:
    for number in range(4):
        X, _, w, b = scored(draw, number, 0 if number == 2 else None)
        y = torch.where(X @ w + b > 0, 1, -1)
        compare.same(submission.perceptron_loss(X, y, w, b), torch.zeros((), dtype=X.dtype), **LOSS)
    X, w = torch.eye(3, dtype=F64), torch.zeros(3, dtype=F64)
    compare.same(submission.perceptron_loss(X, labels(draw, 3), w, w[0]), w[0], **LOSS)


@check(
    "perceptron_loss.subgradient_is_update",
    hint="A mistake adds y x to w. Seen as a gradient step, the gradient is minus that, summed over the mistakes.",
    zh="一次犯错使 w 加上 y x。看作梯度下降的一步，梯度就是它的相反数，对所有错误求和。",
)
def test_the_gradient_is_minus_the_updates(submission: Any, draw: Draw) -> None:
    for number in range(4):
        X, y, w, b = scored(draw, number)

        def of_weights(w: Tensor, b: Tensor, X: Tensor = X, y: Tensor = y) -> Any:
            return submission.perceptron_loss(X, y, w, b)

        wrong = y * (X @ w + b) < 0
        want = (-(y[:, None] * X)[wrong].sum(0), -y[wrong].sum().to(X.dtype))
        compare.same(submission.perceptron_loss(X, y, w, b), loss_by_formula(X, y, w, b), scale=5, **LOSS)
        compare.same(gradients.of(of_weights, w, b), want, what="the gradients of w and b", zh="w 和 b 的梯度", scale=5)


@check(
    "perceptron_loss.gradcheck",
    hint="Every step from X, w and b to the loss has to stay with torch: no .item(), no numbers in between.",
    zh="从 X、w、b 到损失的每一步都要留在 torch 里：中间不要用 .item() 取出数值。",
)
def test_gradients_reach_everything(submission: Any, draw: Draw) -> None:
    X, y, w, b = scored(draw, 0)
    gradients.gradcheck(lambda X, w, b: submission.perceptron_loss(X, y, w, b), [X, w, b])


@check(
    "perceptron_loss.input_unchanged",
    hint="clamp_ and -= write into what you were given.",
    zh="clamp_ 和 -= 会改动传入的张量。",
)
def test_the_loss_changes_nothing(submission: Any, draw: Draw) -> None:
    case = scored(draw, 0)
    seen = submission.observe("perceptron_loss", *case)
    compare.same(seen.result, loss_by_formula(*case), **LOSS)
    for name, before, after in zip("Xywb", case, seen.args, strict=True):
        compare.unchanged(before, after, name)


# xor_two_layer ------------------------------------------------------------------------------------------------------

LOGIC = {
    "torch.logical_xor", "torch.bitwise_xor", "torch.ne", "torch.not_equal", "torch.round", "torch.remainder",
    "torch.fmod", "operator.xor",
}  # fmt: skip
LOGIC_OPERATIONS = {
    "aten::logical_xor", "aten::bitwise_xor", "aten::__xor__", "aten::__ixor__", "aten::ne", "aten::round",
    "aten::remainder", "aten::fmod",
}  # fmt: skip
ANSWER = {"what": "the answers", "zh": "输出"}


@check(
    "xor_two_layer.truth_table",
    hint="One of two but not both: one line below the pair of mixed corners, one above it, and a third for 'between'.",
    zh="恰有一个为 1：一条线在两个混合角的下方，一条在上方，第三个感知机判断“在两条线之间”。",
)
def test_four_corners(submission: Any) -> None:
    for dtype in (F64, F32):
        want = torch.tensor([0, 1, 1, 0], dtype=dtype)
        compare.same(submission.xor_by_hand(XOR.to(dtype)), want, **ANSWER)


@check(
    "xor_two_layer.uses_step",
    hint="A step gives 0 or 1 and nothing between. Let every line pass halfway between the corners.",
    zh="阶跃函数只输出 0 或 1，没有中间值。让每条线从各个角的正中间穿过。",
)
def test_rows_close_to_a_corner(submission: Any, draw: Draw) -> None:
    corner = draw.integers(0, 2, 40, 2)
    X = corner + draw.uniform(-0.1, 0.1, 40, 2)
    compare.same(submission.xor_by_hand(X), (corner[:, 0] != corner[:, 1]).to(F64), **ANSWER)


@check(
    "xor_two_layer.batch",
    hint="Each row for itself, however many there are: one, none, or the same one several times.",
    zh="每行各算各的，不论有多少行：一行、零行，或者同一行重复多次。",
)
def test_any_batch(submission: Any, draw: Draw) -> None:
    for n in (1, 0, 3, 17):
        X = draw.layout(draw.integers(0, 2, n, 2).double(), n) if n else draw.randn(0, 2)
        seen = submission.observe("xor_by_hand", X)
        compare.same(seen.result, (X[:, 0] != X[:, 1]).to(F64), **ANSWER)
        compare.unchanged(X, seen.args[0], "X")


@check(
    "xor_two_layer.perceptrons_only",
    hint="Sums and comparisons with a threshold are all a perceptron has: no rounding, no remainder, no logical xor.",
    zh="感知机只会求和并与阈值比较：不要取整、不要取余、不要逻辑异或。",
    needs=["xor_two_layer.truth_table"],
)
def test_three_perceptrons_and_nothing_else(submission: Any) -> None:
    source_rules.forbid_names(submission.source, LOGIC, within="xor_by_hand")
    source_rules.forbid_ops(submission.observe("xor_by_hand", XOR), LOGIC_OPERATIONS)


# margin -------------------------------------------------------------------------------------------------------------

MARGIN = {"what": "the margin", "zh": "间隔"}


def margin_by_rows(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.stack(
        [label * ((x * w).sum() + b) / w.square().sum().sqrt() for x, label in zip(X, y, strict=True)]
    ).min()


@check(
    "margin.value",
    hint="A score divided by the length of w is a distance. The closest row counts; b is no part of the length.",
    zh="得分除以 w 的长度就是距离。取最近的一行；b 不算在长度里。",
)
def test_the_distance_of_the_closest_row(submission: Any, draw: Draw) -> None:
    for number in range(12):
        case = scored(draw, number, 1 if number == 4 else None)
        compare.same(submission.geometric_margin(*case), margin_by_rows(*case), **MARGIN)
    for _ in range(3):
        data = separable(12, 4, draw.random.uniform(0.3, 2), draw.new_generator())
        want = torch.tensor(data.margin, dtype=F64)
        compare.same(submission.geometric_margin(data.x, data.y, 3 * data.w, 3 * data.b), want, **MARGIN)


@check(
    "margin.scale_invariant",
    hint="7w and 7b describe the same line. What does 7 do to the score, and what could undo it?",
    zh="7w 和 7b 描述的是同一条线。7 使得分怎样变化？用什么可以抵消？",
)
def test_seven_times_the_same_line(submission: Any, draw: Draw) -> None:
    for factor in (7.0, 0.01):
        X, y, w, b = scored(draw, 0)
        want = margin_by_rows(X, y, w, b)
        compare.same(submission.geometric_margin(X, y, factor * w, factor * b), want, **MARGIN)


@check(
    "margin.negative_if_misclassified",
    hint="The label gives the sign: a row on the wrong side has a negative distance, and that is the smallest.",
    zh="标签决定符号：在错误一侧的行距离为负，而它就是最小的。",
)
def test_one_row_on_the_wrong_side(submission: Any, draw: Draw) -> None:
    for wrong in (1, 0):
        data = separable(10, 3, 0.7, draw.new_generator())
        y = data.y.clone()
        y[:wrong] *= -1
        compare.same(
            submission.geometric_margin(data.x, y, data.w, data.b), margin_by_rows(data.x, y, data.w, data.b), **MARGIN
        )
        seen = submission.observe("geometric_margin", data.x, -data.y, data.w, data.b)
        compare.same(seen.result, margin_by_rows(data.x, -data.y, data.w, data.b), **MARGIN)
        for name, before, after in zip("Xywb", (data.x, -data.y, data.w, data.b), seen.args, strict=True):
            compare.unchanged(before, after, name)


# sign_predict -------------------------------------------------------------------------------------------------------

SIDES = {"what": "the predictions", "zh": "预测"}


@check(
    "sign_predict.value",
    hint="X w + b for every row, then the side.",
    zh="对每一行计算 X w + b，再看它在哪一侧。",
)
def test_the_side_of_every_row(submission: Any, draw: Draw) -> None:
    for number in range(12):
        X, _, w, b = scored(draw, number, (0, 1)[number % 2] if number > 9 else None)
        compare.same(submission.predict(X, w, b), torch.where(X @ w + b > 0, 1, -1), **SIDES)


@check(
    "sign_predict.zero_goes_to_minus1",
    hint="There are two answers only. A row on the line itself goes to -1.",
    zh="只有两种答案。恰好落在线上的行归入 -1。",
)
def test_rows_on_the_line(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        X = draw.integers(-2, 3, 30, 2).to(dtype)
        X[:3] = torch.tensor([[1.0, -1.0], [2.0, 0.0], [1.0, 1.0]], dtype=dtype)
        w, b = torch.tensor([1.0, 1.0], dtype=dtype), torch.tensor(-2.0, dtype=dtype)
        compare.same(submission.predict(X, w, b), torch.where(X.sum(1) > 2, 1, -1), **SIDES)


@check(
    "sign_predict.dtype",
    hint="Predictions are labels, so they have the dtype of labels.",
    zh="预测就是标签，所以 dtype 与标签相同。",
)
def test_predictions_are_labels(submission: Any, draw: Draw) -> None:
    X, _, w, b = scored(draw, 0)
    seen = submission.observe("predict", X, w, b)
    compare.tensor(seen.result, shape=(len(X),), dtype=torch.int64, **SIDES)
    for name, before, after in zip("Xwb", (X, w, b), seen.args, strict=True):
        compare.unchanged(before, after, name)
