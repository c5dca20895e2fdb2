"""Hidden checks of softmax-regression: one-hot labels, negative log-likelihood, and the Kullback-Leibler divergence."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from softmax_regression_reference import F64, batch, from_scratch
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# one_hot --------------------------------------------------------------------------------------------------------------


def rows_of(y: Tensor, classes: int) -> Tensor:
    return F.one_hot(y, classes).float()


@check(
    "one_hot.value",
    hint="Row i has its 1 in column y[i]. Compare the labels with 0 .. C-1, or write ones at the right places.",
    zh="第 i 行的 1 在第 y[i] 列。可以把标签与 0 .. C-1 比较，或者在相应位置写 1。",
)
def test_one_row_for_each_label(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, classes = draw.sizes(2, 1, 9)
        n = classes if number % 5 == 4 else n
        y = draw.labels(n, classes)
        seen = submission.observe("one_hot", draw.noncontiguous(y) if number % 2 else y, classes)
        compare.same(seen.result, rows_of(y, classes), what="the result", zh="结果")
        compare.unchanged(y, seen.args[0], "y")


@check(
    "one_hot.C_larger_than_max",
    hint="C is given. A class that happens to be absent from this batch still has its column.",
    zh="类别数 C 是给定的。这一批里恰好没有出现的类别也要有自己的一列。",
)
def test_absent_classes_keep_their_columns(submission: Any, draw: Draw) -> None:
    for _ in range(8):
        n, few, more = draw.size(1, 6), draw.size(1, 4), draw.size(1, 5)
        y = draw.integers(0, few, n)
        compare.same(submission.one_hot(y, few + more), rows_of(y, few + more), what="the result", zh="结果")


@check(
    "one_hot.out_of_range_raises",
    hint="Look at both ends before you write: -1 is a valid index in Python, but no class.",
    zh="动手之前两端都要检查：-1 在 Python 中是合法的下标，却不是一个类别。",
)
def test_labels_that_are_no_class_are_refused(submission: Any, draw: Draw) -> None:
    for number in range(8):
        classes = draw.size(2, 6)
        y = draw.integers(0, classes, 5)
        y[draw.size(0, 4)] = (classes, -1, classes + 3, -classes)[number % 4]
        compare.raises(ValueError, submission.one_hot, y, classes)


@check(
    "one_hot.empty",
    hint="No labels, no rows, but still C columns. min() and max() of nothing raise an error.",
    zh="没有标签就没有行，但仍有 C 列。对空张量求 min() 或 max() 会报错。",
)
def test_no_labels_give_no_rows(submission: Any, draw: Draw) -> None:
    classes = draw.size(2, 9)
    got = submission.one_hot(torch.zeros(0, dtype=torch.int64), classes)
    compare.same(got, torch.zeros(0, classes), what="the result", zh="结果")


# nll_kl ---------------------------------------------------------------------------------------------------------------


def simplex(draw: Draw, n: int, classes: int, dtype: torch.dtype = F64) -> Tensor:
    """n random distributions over the classes, all positive."""
    return torch.softmax(2 * draw.randn(n, classes), 1).to(dtype)


def divergence(p: Tensor, q: Tensor) -> Tensor:
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(1)


@check(
    "nll_kl.nll_value",
    hint="logp holds logarithms already. Look one up for each row, change the sign, take the mean.",
    zh="logp 已经是对数。每行取出一个，变号，再求平均。",
)
def test_mean_negative_log_likelihood(submission: Any, draw: Draw) -> None:
    for number in range(20):
        z, y = batch(draw, number)
        logp = draw.layout(z.log_softmax(1), number)
        compare.same(submission.nll(logp, y), F.nll_loss(logp, y), what="nll", zh="nll")


@check(
    "nll_kl.impossible_class",
    hint="log 0 = -inf in another column is none of your business, but 0 times -inf is nan. Look up, don't multiply.",
    zh="别的列里的 log 0 = -inf 与结果无关，但 0 乘 -inf 是 nan。请直接取元素，不要相乘。",
)
def test_impossible_classes_do_not_matter_to_nll(submission: Any, draw: Draw) -> None:
    for number in range(6):
        n, classes = draw.sizes(2, 2, 7)
        y = draw.integers(0, classes, n)
        p = simplex(draw, n, classes)
        p[torch.arange(n), (y + 1) % classes] = 0
        if number == 5:
            p[0] = F.one_hot((y[0] + 1) % classes, classes)
        logp = (p / p.sum(1, keepdim=True)).log()
        compare.same(submission.nll(logp, y), F.nll_loss(logp, y), what="nll", zh="nll")


@check(
    "nll_kl.ce_decomposition",
    hint="What q costs on average while p is true is the entropy of p plus KL(p || q). Who weighs, who is in the log?",
    zh="真实分布为 p 而用 q 时的平均代价，等于 p 的熵加上 KL(p || q)。想一想：前面的权重是谁，log 里面是谁？",
)
def test_cross_entropy_is_entropy_plus_divergence(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, classes = draw.sizes(2, 2, 8)
        dtype = float_type(number)
        p, q = (draw.layout(simplex(draw, n, classes, dtype), number) for _ in range(2))
        seen = submission.observe("kl", p, q)
        paid, entropy = -(p * q.log()).sum(1), -(p * p.log()).sum(1)
        compare.same(seen.result, paid - entropy, what="H(p, q) - H(p)", zh="H(p, q) - H(p)")
        compare.unchanged(p, seen.args[0], "p")
        compare.unchanged(q, seen.args[1], "q")
    y = draw.labels(n, classes)
    certain = compare.tensor(submission.kl(rows_of(y, classes).to(q.dtype), q), shape=(n,), dtype=q.dtype, what="kl")
    likelihood = submission.nll(q.log(), y)
    compare.same(likelihood, certain.detach().mean(), what="nll, against the mean kl from one-hot rows", zh="nll")


@check(
    "nll_kl.zero_prob",
    hint="x * log x goes to 0 as x goes to 0, but 0 * log 0 is nan on a computer. And an impossible event that happens"
    " costs inf, not a large number.",
    zh="x 趋于 0 时 x * log x 趋于 0，计算机算出的 0 * log 0 却是 nan。而不可能的事发生了，代价是 inf，不是一个大数。",
)
def test_classes_of_probability_zero(submission: Any, draw: Draw) -> None:
    for number in range(8):
        n, classes = draw.sizes(2, 3, 7)
        p, q = (simplex(draw, n, classes, float_type(number)) for _ in range(2))
        p[:, 0] = 0
        p[0], q[1, 0] = F.one_hot(torch.tensor(1), classes), 0
        if number % 2:
            q[2, 1] = 0
        p, q = p / p.sum(1, keepdim=True), q / q.sum(1, keepdim=True)
        compare.same(submission.kl(p, q), divergence(p, q), what="kl", zh="kl")


@check(
    "nll_kl.nonnegative",
    hint="No q is better than the truth: KL is 0 for q = p and positive for every other q, here with room to spare.",
    zh="没有哪个 q 比真实分布更好：q = p 时 KL 为 0，其余情形都为正，而且离 0 有余量。",
)
def test_divergence_is_never_negative(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, classes = draw.sizes(2, 2, 8)
        p, q = (simplex(draw, n, classes) for _ in range(2))
        q = q if number % 2 else 0.99 * p + 0.01 * q
        found = compare.tensor(submission.kl(p, q), shape=(n,), dtype=F64, what="kl", zh="kl").detach()
        least = 0.5 * (p - q).abs().sum(1) ** 2  # Pinsker
        compare.require(
            bool((compare.finite(found, "kl", "kl") >= least - 1e-9).all()),
            "it is smaller than a divergence can be for distributions this far apart.",
            "对于相差这么大的两个分布，散度不可能这么小。",
        )
        compare.same(submission.kl(p, p), torch.zeros(n, dtype=F64), what="kl(p, p)", zh="kl(p, p)")


@check(
    "nll_kl.gradient",
    hint="where() hides a nan from the value, but not from the gradient: 0 times inf comes back. Keep the impossible"
    " out of log instead.",
    zh="where() 能让值避开 nan，却不能让梯度避开：0 乘 inf 又回来了。应当不让不可能的数进入 log。",
)
def test_gradients_of_likelihood_and_divergence(submission: Any, draw: Draw) -> None:
    y = draw.labels(5, 3)
    gradients.match(lambda t: submission.nll(t, y), lambda t: F.nll_loss(t, y), lambda d: simplex(d, 5, 3).log(), draw)

    def pair(child: Draw) -> tuple[Tensor, Tensor]:
        p, q = simplex(child, 4, 5), simplex(child, 4, 5)
        p[:, 1] = 0
        p[0] = F.one_hot(torch.tensor(3), 5)
        return p / p.sum(1, keepdim=True), q.requires_grad_()

    gradients.match(submission.kl, divergence, pair, draw)


@check(
    "nll_kl.no_builtin",
    hint="Both are one line of lookups, logarithms and sums. Write that line.",
    zh="两者都只是一行：取元素、取对数、求和。请写出这一行。",
    needs=["nll_kl.example"],
)
def test_likelihood_and_divergence_are_built_from_scratch(submission: Any, draw: Draw) -> None:
    p, q = simplex(draw, 4, 3), simplex(draw, 4, 3)
    from_scratch(submission, "nll", submission.observe("nll", q.log(), draw.labels(4, 3)))
    from_scratch(submission, "kl", submission.observe("kl", p, q))
