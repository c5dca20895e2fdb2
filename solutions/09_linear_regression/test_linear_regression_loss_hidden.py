"""Hidden checks of linear-regression: half the mean squared error, whatever the shapes."""

from __future__ import annotations

from linear_regression_reference import close, half_mse

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import float_type


@check(
    "squared_loss.value",
    hint="Square the errors, halve them, average over the examples: one number, a 0-d tensor.",
    zh="误差平方、除以 2、对样本取平均：得到一个数，即 0 维张量。",
)
def test_loss_of_equal_shapes(submission, draw):
    for number in range(20):
        shape = (draw.size(1, 12), 1) if number % 2 else (draw.size(1, 12),)
        y_hat, y = (draw.randn(*shape, dtype=float_type(number)) for _ in range(2))
        y = draw.layout(y, number // 2)
        seen = submission.observe("squared_loss", y_hat, y)
        close(seen.result, half_mse(y_hat, y), what="the loss", zh="损失")
        compare.unchanged(y_hat, seen.args[0], "y_hat")
        compare.unchanged(y, seen.args[1], "y")


@check(
    "squared_loss.column_vs_flat",
    hint="(n, 1) minus (n,) is an (n, n) table of all differences. Bring both to one shape first.",
    zh="(n, 1) 减 (n,) 会得到 (n, n) 的差值表。先把两者变成同样的形状。",
)
def test_a_column_against_a_flat_vector(submission, draw):
    for number in range(12):
        n = draw.size(2, 12)
        column, flat = draw.randn(n, 1), draw.randn(n)
        y_hat, y = (column, flat) if number % 2 else (flat, column)
        close(submission.squared_loss(y_hat, y), half_mse(y_hat, y), what="the loss", zh="损失")

    def mixed(child):
        n = child.size(2, 8)
        return child.randn(n, 1).requires_grad_(), child.randn(n)

    gradients.match(submission.squared_loss, half_mse, mixed, draw.child("gradient"))


@check(
    "squared_loss.gradcheck",
    hint="The loss must stay on the graph of y_hat: no float(), no .item(), no NumPy on the way.",
    zh="损失必须留在 y_hat 的计算图上：中间不要用 float()、.item() 或 NumPy。",
)
def test_gradient_of_the_loss(submission, draw):
    def pair(child):
        n = child.size(1, 8)
        return child.randn(n).requires_grad_(), child.randn(n)

    gradients.match(submission.squared_loss, half_mse, pair, draw, draws=5)
    y = draw.randn(4, 1)
    gradients.gradcheck(lambda y_hat: submission.squared_loss(y_hat, y), (draw.randn(4, 1).requires_grad_(),))
