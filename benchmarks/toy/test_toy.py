"""Six checks of three functions: what a tiny topic looks like."""

import torch

from autograder.checks import compare
from autograder.checks.marks import check


@check("softmax.value", hint="Divide by the row's sum.", zh="除以该行之和。")
def test_softmax_value(submission):
    x = torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])
    compare.same(submission.softmax(x), torch.softmax(x, -1))


@check("softmax.sums", hint="Rows sum to one.", zh="每行之和为 1。")
def test_softmax_rows_sum_to_one(submission, draw):
    y = compare.tensor(submission.softmax(draw.randn(5, 7)), shape=(5, 7))
    compare.same(y.sum(-1), torch.ones(5, dtype=torch.float64))


@check("softmax.stable", hint="Subtract the maximum first.", zh="先减去最大值。")
def test_softmax_is_stable(submission):
    compare.finite(submission.softmax(torch.tensor([[1000.0, 0.0]])))


@check("mse.value", hint="The mean, not the sum.", zh="取平均而不是求和。")
def test_mse(submission):
    compare.same(submission.mse(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 2.0])), torch.tensor(2.0))


@check("linear.value", hint="x times W transposed, plus b.", zh="x 乘以 W 的转置再加 b。")
def test_linear_value(submission, draw):
    x, w, b = draw.randn(4, 3), draw.randn(2, 3), draw.randn(2)
    compare.same(submission.linear(x, w, b), x @ w.T + b)


@check("linear.grad", hint="Use tensor operations only.", zh="只使用张量运算。")
def test_linear_gradient(submission, draw):
    x, w = draw.randn(4, 3).requires_grad_(), draw.randn(2, 3)
    y = compare.tensor(submission.linear(x, w, draw.randn(2)), shape=(4, 2))
    compare.require(y.requires_grad, "the result has no gradient", "结果没有梯度")
    y.sum().backward()
    compare.same(x.grad, w.sum(0).expand(4, 3))
