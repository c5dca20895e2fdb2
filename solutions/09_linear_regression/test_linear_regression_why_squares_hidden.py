"""Hidden checks of linear-regression: the greatest likelihood is the least squared error."""

from __future__ import annotations

import math

import torch
from linear_regression_reference import F32, F64, close, half_mse

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import float_type


def density_nll(y_hat, y, sigma):
    return half_mse(y_hat, y) / sigma**2 + math.log(sigma) + math.log(2 * math.pi) / 2


@check(
    "mle_equivalence.nll_minus_mse_constant",
    hint="-log of exp(-e**2 / (2 sigma**2)) is e**2 / (2 sigma**2); what remains must not depend on y_hat, y or n.",
    zh="exp(-e**2 / (2 sigma**2)) 取负对数是 e**2 / (2 sigma**2)；剩下的部分不应依赖 y_hat、y 或 n。",
)
def test_likelihood_and_squares_differ_by_a_constant(submission, draw):
    for _ in range(3):
        sigma, rests = draw.random.uniform(0.3, 3), []
        for n in draw.sizes(4, 1, 12):
            y_hat, y = draw.randn(n), draw.randn(n)
            nll = compare.tensor(submission.gaussian_nll(y_hat, y, sigma), shape=(), dtype=F64).detach()
            rests.append(compare.finite(nll) - half_mse(y_hat, y) / sigma**2)
        for rest in rests[1:]:
            compare.same(rest, rests[0], what="nll - mse / (2 sigma**2)", zh="nll - mse / (2 sigma**2)")


@check(
    "mle_equivalence.nll_value",
    hint="The density has a factor in front of the exponential: its logarithm counts. Mind (n, 1) against (n,), too.",
    zh="密度函数的指数前面还有一个因子，它的对数也要算上；各种形状的组合都要正确。",
)
def test_value_and_gradient_of_the_likelihood(submission, draw):
    for number in range(16):
        n, dtype = draw.size(2, 12), float_type(number)
        column, flat, sigma = draw.randn(n, 1, dtype=dtype), draw.randn(n, dtype=dtype), draw.random.uniform(0.3, 3)
        y_hat, y = ((column, flat), (flat, column), (flat, -flat), (column, 2 * column))[number // 4]
        close(submission.gaussian_nll(y_hat, y, sigma), density_nll(y_hat, y, sigma), what="the nll", zh="nll")

    def pair(child):
        n = child.size(2, 8)
        return child.randn(n).requires_grad_(), child.randn(n)

    gradients.match(lambda a, b: submission.gaussian_nll(a, b, 0.7), lambda a, b: density_nll(a, b, 0.7), pair, draw)


@check(
    "mle_equivalence.nll_far_tail",
    hint="Far from the mean the density underflows to 0, and log(0) is -inf. Take the logarithm on paper first.",
    zh="离均值很远时密度会下溢为 0，而 log(0) 是 -inf。请先在纸上把对数化简。",
)
def test_far_from_the_mean_it_stays_finite(submission, draw):
    y_hat, y = draw.randn(5), 100 + draw.randn(5)
    compare.same(submission.gaussian_nll(y_hat, y, 0.5), density_nll(y_hat, y, 0.5), what="the nll", zh="nll")


def mse_of(x, y, grid):
    return ((grid[:, None] * x - y) ** 2).mean(1)


@check(
    "mle_equivalence.same_argmin",
    hint="The w of greatest likelihood is the w of least squares, whatever sigma is.",
    zh="似然最大的 w 就是平方误差最小的 w，与 sigma 无关。",
)
def test_best_likelihood_and_least_squares_agree(submission, draw):
    for sigma in (0.4, 1.0, 2.5):
        x, grid = draw.randn(9), draw.uniform(-3, 3, 8)
        y = draw.random.uniform(-2, 2) * x + 0.5 * draw.randn(9)
        nlls = [compare.tensor(submission.gaussian_nll(w * x, y, sigma), shape=()).detach().double() for w in grid]
        best = int(mse_of(x, y, grid).argmin())
        compare.require(
            int(compare.finite(torch.stack(nlls)).argmin()) == best,
            "the w of the grid with the smallest nll is not the one with the smallest squared error.",
            "网格中 nll 最小的 w 与平方误差最小的 w 不是同一个。",
        )


@check(
    "mle_equivalence.grid_index",
    hint="Return where in the grid the smallest mean squared error stands: a Python int, the first of equals.",
    zh="返回均方误差最小的候选在网格中的位置：下标，Python int，相等时取第一个。",
)
def test_index_of_the_best_candidate(submission, draw):
    for _ in range(20):
        n, k = draw.sizes(2, 1, 12)
        x, grid = draw.randn(n), draw.uniform(-3, 3, k)
        y = draw.random.uniform(-2, 2) * x + draw.randn(n) ** 3  # outliers: absolute errors prefer another w
        best = int(mse_of(x, y, grid).argmin())
        compare.equal(submission.grid_search_w(x, y, grid), best, "the index", "下标")
    x, grid = draw.randn(6), draw.uniform(-3, 3, 5)[torch.tensor([0, 1, 2, 1, 3, 2, 4, 0])]
    y = grid[2] * x
    compare.equal(submission.grid_search_w(x, y, grid), 2, "the index", "下标")
    compare.equal(
        submission.grid_search_w(torch.zeros(4), draw.randn(4, dtype=F32), grid.float()), 0, "the index", "下标"
    )
