"""Hidden checks of topic 11: the gradient by formula, decisions, several labels."""

from __future__ import annotations

from typing import Any

import torch
from logistic_regression_reference import (
    AUTOGRAD,
    F32,
    F64,
    answers,
    bce,
    coins,
    exact_when_large,
    pulls,
    refuses,
    right_at_zero,
    without_losses,
)
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

GRADIENT = {"what": "(dw, db)", "zh": "(dw, db)"}
LABELS = {"what": "the labels", "zh": "标签"}


def problem(draw: Draw, number: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """X (n, d), t (n,), w (d,) and b (), n and d different."""
    (n, d), dtype = draw.sizes(2, 2, 9), float_type(number)
    X = draw.layout(draw.randn(n, d, dtype=dtype), number)
    t, w = coins(draw, n, dtype=dtype), draw.randn(d, dtype=dtype)
    return X, draw.layout(t, number % 2), draw.layout(w, number // 2 % 2), draw.randn(dtype=dtype)


def by_formula(X: Tensor, t: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    gap = pulls(X @ w + b, t)
    return gap @ X, gap.sum()


# logistic_gradient --------------------------------------------------------------------------------------------------


@check(
    "logistic_gradient.vs_autograd",
    hint="By the chain rule every row brings its features times (s - t), and b the gap alone. w is flat.",
    zh="按链式法则，每一行贡献它的特征乘以 (s - t)，b 只有这个差本身。注意形状：w 是一维的。",
)
def test_gradients_of_random_models(submission: Any, draw: Draw) -> None:
    for number in range(20):
        X, t, w, b = problem(draw, number)
        compare.same(submission.logistic_gradient(X, t, w, b), by_formula(X, t, w, b), **GRADIENT)


@check(
    "logistic_gradient.mean_not_sum",
    hint="The loss is a mean: with every row written down twice, the gradient is the same.",
    zh="损失是平均值：每行都写两遍，梯度不变。",
)
def test_every_row_twice_changes_nothing(submission: Any, draw: Draw) -> None:
    for number in range(4):
        X, t, w, b = problem(draw, number)
        want = by_formula(X, t, w, b)
        compare.same(submission.logistic_gradient(X, t, w, b), want, **GRADIENT)
        compare.same(submission.logistic_gradient(torch.cat([X, X]), torch.cat([t, t]), w, b), want, **GRADIENT)


@check(
    "logistic_gradient.far_scores",
    hint="Scores of a thousand have probabilities, too. Only a formula that overflows has none.",
    zh="一千的得分也有概率。只有会溢出的公式才没有。",
)
def test_gradients_where_scores_are_large(submission: Any, draw: Draw) -> None:
    for number in range(4):
        X, t, w, b = problem(draw, number)
        X = (1000 * X).contiguous()
        compare.same(submission.logistic_gradient(X, t, w, b), by_formula(X, t, w, b), **GRADIENT, scale=1000)


@check(
    "logistic_gradient.no_autograd",
    hint="Write down what comes out on paper. The function must also work where torch records nothing.",
    zh="把纸上求导的结果写下来。在 torch 不记录计算图的地方，这个函数也必须能用。",
    needs=["logistic_gradient.example"],
)
def test_the_gradient_comes_from_a_formula(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, AUTOGRAD, within="logistic_gradient")
    code = (
        "with torch.inference_mode():\n    dw, db = student.logistic_gradient(X, t, w, b)\n"
        "(torch.as_tensor(dw).clone(), torch.as_tensor(db).clone())"
    )
    X, t, w, b = problem(draw, 0)
    compare.same(submission.build(code, X=X, t=t, w=w, b=b), by_formula(X, t, w, b), **GRADIENT)


@check(
    "logistic_gradient.inputs_unchanged",
    hint="X, t, w and b belong to the caller.",
    zh="X、t、w、b 都是调用者的。",
)
def test_the_gradient_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    for number in range(3):
        given = problem(draw, number)
        seen = submission.observe("logistic_gradient", *given)
        compare.same(seen.result, by_formula(*given), **GRADIENT)
        for name, before, after in zip("Xtwb", given, seen.args, strict=True):
            compare.unchanged(before, after, name)


# predict_boundary ---------------------------------------------------------------------------------------------------


@check(
    "predict_boundary.threshold",
    hint="Compare the probability with the threshold, not the score. With 0.9 only those who are sure are called 1.",
    zh="与阈值比较的是概率，不是得分。阈值为 0.9 时，只有把握大的才判为 1。",
)
def test_labels_at_other_thresholds(submission: Any, draw: Draw) -> None:
    for number in range(16):
        X, _, w, b = problem(draw, number)
        threshold = (0.9, 0.1, 0.3, 0.65)[number // 4]
        p = torch.sigmoid(X @ w + b)
        rows = (p - threshold).abs() > 1e-4
        X, p = X[rows], p[rows]
        got = submission.predict(X, w, b, threshold) if number % 2 else submission.predict(X, w, b, threshold=threshold)
        compare.same(got, (p > threshold).long(), **LABELS)


@check(
    "predict_boundary.dtype",
    hint="Labels are whole numbers, int64, one for each row; also of no rows. The usual threshold is 1/2.",
    zh="标签是整数，int64，每行一个；没有行时也一样。不给阈值时取 1/2。",
)
def test_labels_are_integers(submission: Any, draw: Draw) -> None:
    for number in range(6):
        X, _, w, b = problem(draw, number)
        want = (X @ w + b > 0).long()
        compare.same(submission.predict(X, w, b), want, **LABELS)
    compare.same(submission.predict(X[:0], w, b), want[:0], **LABELS)


@check(
    "predict_boundary.tie",
    hint="A score of 0 is a probability of exactly 1/2, and that is at least 1/2.",
    zh="得分为 0 时概率恰好是 1/2，而这已“不小于” 1/2。",
)
def test_a_score_of_zero_is_a_yes(submission: Any, draw: Draw) -> None:
    n, d = draw.sizes(2, 2, 6)
    got = submission.predict(draw.randn(n, d), torch.zeros(d, dtype=F64), torch.tensor(0.0, dtype=F64))
    compare.same(got, torch.ones(n, dtype=torch.int64), **LABELS)


@check(
    "predict_boundary.on_boundary",
    hint="Both coordinates times their weights, plus b, must be 0. One weight may be 0: don't divide by it.",
    zh="两个坐标分别乘以权重再加 b，必须等于 0。其中一个权重可能是 0：不要拿它作除数。",
)
def test_the_point_has_even_odds(submission: Any, draw: Draw) -> None:
    for number in range(12):
        dtype = F32 if number % 4 == 3 else F64
        w = draw.uniform(0.2, 3, 2, dtype=dtype) * (2 * draw.integers(0, 2, 2) - 1)
        if number % 3:
            w[number % 3 - 1] = 0.0
        b = torch.tensor(0.0, dtype=dtype) if number == 5 else draw.uniform(-4, 4, dtype=dtype)
        x = compare.tensor(submission.boundary_point(w, b), shape=(2,), dtype=dtype, what="the point", zh="这个点")
        x = compare.finite(x.detach(), "the point", "这个点")
        limit = (1e-5 if dtype is F32 else 1e-9) * (1 + float(b.abs() + (w * x).abs().sum()))
        compare.require(
            float((w.dot(x) + b).abs()) <= limit,
            "at the point that came back the probability is not 1/2.",
            "在返回的点上，概率不是 1/2。",
            reason="value",
        )


@check(
    "predict_boundary.no_boundary_raises",
    hint="Without weights every point has the same probability: there is no border to stand on.",
    zh="没有权重时，所有点的概率都一样：没有边界可言。",
)
def test_zero_weights_have_no_boundary(submission: Any) -> None:
    for b in (0.0, 1.5):
        compare.raises(ValueError, submission.boundary_point, torch.zeros(2), torch.tensor(b))


# multilabel ---------------------------------------------------------------------------------------------------------


def table(values: Tensor) -> Tensor:
    return values.reshape(2, 3)


@check(
    "multilabel.value",
    hint="n times K yes-or-no questions, one loss each; the mean is over all of them.",
    zh="共 n 乘 K 个是非题，每题一个损失；对全部取平均。",
)
def test_mean_over_rows_and_labels(submission: Any, draw: Draw) -> None:
    for number in range(16):
        z, t = answers(draw, number, *draw.sizes(2, 1, 7))
        compare.same(submission.multilabel_loss(z, t), bce(z, t), what="the loss", zh="损失")


@check(
    "multilabel.not_softmax",
    hint="The labels are no rivals: with all scores raised, all of them become likelier. Softmax would not notice.",
    zh="标签之间不是竞争关系：所有得分一起升高，每个标签的概率都变大。softmax 却察觉不到。",
)
def test_all_scores_raised(submission: Any, draw: Draw) -> None:
    for number in range(4):
        z, t = answers(draw, number, *draw.sizes(2, 2, 7))
        first, second = (
            compare.tensor(submission.multilabel_loss(scores, t), shape=(), dtype=z.dtype) for scores in (z, z + 2)
        )
        want = bce(z + 2, t) - bce(z, t)
        compare.same(second.detach() - first.detach(), want, what="the change of the loss", zh="损失的变化")


@check(
    "multilabel.large_logits",
    hint="What made the binary loss exact makes this one exact: value and slope, however far the scores are.",
    zh="让二分类损失精确的办法，在这里同样适用：得分再大，值与斜率都要准确。",
)
def test_far_scores_of_several_labels(submission: Any, draw: Draw) -> None:
    exact_when_large(submission.multilabel_loss, draw, table)


@check(
    "multilabel.grad_at_zero",
    hint="At a score of exactly 0 the slope is 1/2 - t, divided by n * K.",
    zh="得分恰好为 0 时，斜率是 1/2 - t，再除以 n * K。",
)
def test_several_labels_at_exactly_zero(submission: Any, draw: Draw) -> None:
    right_at_zero(submission.multilabel_loss, draw, table)


@check(
    "multilabel.gradient",
    hint="The loss must stay connected to z; soft targets count with both parts.",
    zh="损失必须与 z 保持连接；介于 0 与 1 之间的目标，两部分都要计入。",
)
def test_gradient_of_several_labels(submission: Any, draw: Draw) -> None:
    def inputs(draw: Draw) -> tuple[Tensor, Tensor]:
        return draw.randn(4, 3).requires_grad_(), draw.uniform(0, 1, 4, 3)

    gradients.match(submission.multilabel_loss, bce, inputs, draw)


@check(
    "multilabel.shape_mismatch_raises",
    hint="Scores and targets have one shape. Everything else raises ValueError before it can broadcast.",
    zh="得分与目标形状相同。其他情形在广播之前就要抛出 ValueError。",
)
def test_tables_that_differ_are_refused(submission: Any, draw: Draw) -> None:
    refuses(submission.multilabel_loss, draw, (((3, 2), (2, 3)), ((3, 2), (1, 2)), ((1, 2), (3, 2)), ((3, 1), (3, 2))))


@check(
    "multilabel.independent_labels",
    hint="Every label by its own probability: several may be True in a row, or none. No maximum over the row.",
    zh="每个标签只看自己的概率：一行里可以有好几个 True，也可以一个也没有。不要在行内取最大值。",
)
def test_rows_with_all_labels_and_with_none(submission: Any, draw: Draw) -> None:
    for number in range(8):
        n, K = draw.sizes(2, 2, 6)
        z = 2 * draw.randn(n, K, dtype=F32 if number % 2 else F64)
        z[0], z[1] = z[0].abs() + 0.1, -z[1].abs() - 0.1
        z = z if number % 3 else draw.noncontiguous(z)
        compare.same(submission.multilabel_predict(z), z > 0, **LABELS)
    compare.same(submission.multilabel_predict(z[:0]), z[:0] > 0, **LABELS)


@check(
    "multilabel.tie",
    hint="A score of 0 is a probability of 1/2, and that is enough.",
    zh="得分为 0 时概率是 1/2，这就够了。",
)
def test_even_odds_are_a_yes(submission: Any, draw: Draw) -> None:
    z = torch.tensor([[0.0, -1.0, 2.0], [0.0, 0.0, -3.0]], dtype=F64)[:, draw.permutation(3)]
    compare.same(submission.multilabel_predict(z), z > -0.5, **LABELS)


@check(
    "multilabel.no_builtin",
    hint="Your own binary loss does nearly all of it; no ready-made loss is needed.",
    zh="你自己的二分类损失几乎已经解决了一切；用不着现成的损失函数。",
    needs=["multilabel.example"],
)
def test_the_loss_of_several_labels_is_your_own(submission: Any, draw: Draw) -> None:
    without_losses(submission, "multilabel_loss", *answers(draw, 0, 3, 2))
