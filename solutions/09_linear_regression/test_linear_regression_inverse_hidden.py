"""Hidden checks of linear-regression: the exact minimum, also where X^T X has no inverse."""

from __future__ import annotations

import torch
from linear_regression_reference import F32, F64, data, parameters

from autograder.checks import compare
from autograder.checks.marks import check


def orthogonal(submission, X, y, atol):
    """w and b, after a look at the residual: at a minimum it is orthogonal to every column and to the ones."""
    w, b = parameters(submission.normal_equation(X, y), X.shape[1])
    residual = X @ w + b - y
    zero = torch.zeros(X.shape[1] + 1, 1, dtype=F64)
    full = torch.cat([X, X.new_ones(len(X), 1)], dim=1)
    compare.same(full.T @ residual, zero, atol=atol, what="[X, 1]^T (X w + b - y)", zh="[X, 1]^T (X w + b - y)")
    return w, b


@check(
    "normal_equation.shape",
    hint="w is a column, (d, 1); b is a tensor of shape (1,); both in X's dtype.",
    zh="w 是一列，形状 (d, 1)；b 是形状为 (1,) 的张量；数据类型都与 X 相同。",
)
def test_shapes_of_the_solution(submission, draw):
    for number, d in enumerate((1, 3, 6)):
        dtype = F32 if number == 1 else F64
        X, y, *_ = data(draw, d + 4, d, 0.5, dtype)
        parameters(submission.normal_equation(X, y), d, dtype)


@check(
    "normal_equation.recovers",
    hint="Without noise the formula gives back the w and b that made the data. Where does b enter the matrix?",
    zh="没有噪声时，公式应当还原生成数据的 w 和 b。b 在矩阵的什么位置？",
)
def test_noiseless_data_give_the_parameters_back(submission, draw):
    for number in range(20):
        d, dtype = draw.size(1, 6), F32 if number % 5 == 4 else F64
        X, y, w, b = data(draw, d + draw.size(12, 30), d, dtype=dtype)
        X = draw.noncontiguous(X) if number % 3 == 1 else X
        seen = submission.observe("normal_equation", X, y)
        tolerance = {"rtol": 1e-3} if dtype is F32 else {"rtol": 1e-9, "atol": 1e-9}
        compare.same(seen.result, (w, b), what="(w, b)", zh="(w, b)", **tolerance)
        compare.unchanged(X, seen.args[0], "X")
        compare.unchanged(y, seen.args[1], "y")


@check(
    "normal_equation.collinear_min_norm",
    hint="A matrix with dependent columns has no inverse, but it has singular values: leave out those that are zero.",
    zh="列相关的矩阵没有逆，但有奇异值：把等于零的奇异值去掉。",
)
def test_dependent_columns_share_their_weight(submission, draw):
    for number in range(12):
        n, d = draw.size(15, 40), draw.size(1, 4)
        X, y, *_ = data(draw, n, d, 0.5)
        extra = (X[:, :1], torch.zeros(n, 1, dtype=F64), X.sum(1, keepdim=True), X[:, :1].expand(n, 2))[number % 4]
        X = torch.cat([X, extra], dim=1)
        full = torch.cat([X, X.new_ones(n, 1)], dim=1)
        want = torch.linalg.pinv(full) @ y  # unique: no dependence involves the bias, so both readings agree
        compare.same(submission.normal_equation(X, y), (want[:-1], want[-1]), what="(w, b)", zh="(w, b)")
    X, y, *_ = data(draw, 25, 2, 0.5)
    constant = torch.cat([X, torch.full((25, 1), 3.0, dtype=F64)], dim=1)
    orthogonal(submission, constant, y, 1e-7)


@check(
    "normal_equation.overdetermined_residual_orthogonal",
    hint="At the minimum X^T r = 0 to the last digits. Nothing may be added to X^T X, however small.",
    zh="在最小值处 X^T r = 0，几乎精确到最后一位。不要给 X^T X 加任何东西，再小也不行。",
)
def test_residual_is_orthogonal_to_the_columns(submission, draw):
    for number in range(12):
        n, d = draw.size(20, 60), draw.size(1, 6)
        X, y, *_ = data(draw, n, d, 1.0)
        X = X + 10 * draw.randn(d) if number % 2 else X
        orthogonal(submission, X, y, 1e-7 if number % 2 else 2e-9)


@check(
    "normal_equation.under_determined",
    hint="With fewer examples than unknowns every point can be met. Of all such solutions take one of smallest norm.",
    zh="样本比未知数少时，可以穿过每一个点；在所有这样的解中取范数最小的。",
)
def test_few_examples_are_met_exactly(submission, draw):
    for number in range(12):
        d = draw.size(3, 8)
        n = (1, d, draw.size(2, d - 1))[number % 3]
        X, y, *_ = data(draw, n, d)
        w, b = parameters(submission.normal_equation(X, y), d)
        compare.same(X @ w + b, y, what="X w + b", zh="X w + b")
        both = torch.linalg.pinv(torch.cat([X, X.new_ones(n, 1)], dim=1)) @ y
        alone = torch.linalg.pinv(X - X.mean(0)) @ (y - y.mean(0))
        compare.require(
            min((w - both[:-1]).abs().max().item(), (w - alone).abs().max().item()) < 1e-6,
            "it goes through every point, but there are such w and b with a smaller norm.",
            "它穿过了每个点，但还有范数更小的 w 和 b 也能做到。",
        )
