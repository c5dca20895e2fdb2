"""Hidden checks of linear-regression, first part: the data. What is random is judged by statistics with five standard
errors of room."""

from __future__ import annotations

import torch
from linear_regression_reference import F32, F64

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import float_type

N = 40_000


def generated(submission, w, b, n, noise, generator):
    """X and the noise in y, known to have the right shapes."""
    X, y = compare.items(submission.synthetic_linear(w, b, n, noise, generator), 2)
    X = compare.tensor(X, shape=(n, len(w)), dtype=w.dtype, what="X", zh="X").detach()
    y = compare.tensor(y, shape=(n, 1), dtype=w.dtype, what="y", zh="y").detach()
    return X, (y - X @ w.reshape(-1, 1) - b)[:, 0]


def near_zero(value, spread, en, zh):
    """A mean of independent numbers is within five standard errors of 0."""
    compare.require(bool((value.abs() <= 5 * spread).all()), en, zh, reason="statistics")


@check(
    "synthetic_linear.shape",
    hint="X is (n, d) and y is a column, (n, 1), both in w's dtype.",
    zh="X 的形状是 (n, d)，y 是一列，形状为 (n, 1)，数据类型都与 w 相同。",
)
def test_shapes_and_dtypes(submission, draw):
    for number in range(8):
        n, d = draw.sizes(2, 2, 12) if number else (1, 1)
        w = draw.randn(d, dtype=F32 if number % 2 else F64)
        generated(submission, w, draw.random.uniform(-2, 2), n, 0.1, draw.new_generator())


@check(
    "synthetic_linear.noise_level",
    hint="noise is a standard deviation, not a variance, and every example gets its own draw.",
    zh="noise 是标准差，不是方差；每个样本都要单独抽取噪声。",
)
def test_noise_has_the_standard_deviation_asked_for(submission, draw):
    for noise in (draw.random.uniform(0.2, 0.6), draw.random.uniform(2, 4)):
        _, eps = generated(submission, draw.randn(3), 1.7, N, noise, draw.new_generator())
        eps = compare.finite(eps, "y", "y") / noise
        near_zero(eps.mean(), N**-0.5, "the noise does not have mean 0.", "噪声的均值不是 0。")
        near_zero(
            eps.std() - 1,
            (2 * N) ** -0.5,
            "the standard deviation of y - X w - b is not `noise`.",
            "y - X w - b 的标准差不等于 noise。",
        )


@check(
    "synthetic_linear.no_noise",
    hint="With noise = 0 the labels are X w + b to the last digit, b included.",
    zh="noise = 0 时，标签恰好等于 X w + b，包括 b。",
)
def test_labels_are_exact_without_noise(submission, draw):
    for number in range(20):
        n, d = draw.sizes(2, 1, 9)
        w = draw.randn(d, dtype=float_type(number))
        w = draw.noncontiguous(w) if number % 5 == 2 else w
        _, rest = generated(submission, w, draw.random.uniform(-5, 5), n, 0.0, draw.new_generator())
        compare.same(
            rest, torch.zeros(n, dtype=w.dtype), what="y - X w - b without noise", zh="没有噪声时的 y - X w - b"
        )


@check(
    "synthetic_linear.distribution",
    hint="X and the noise are independent standard normal numbers: a new one for every entry.",
    zh="X 与噪声都是相互独立的标准正态数：每个元素单独抽取。",
)
def test_features_and_noise_are_independent_normal(submission, draw):
    X, eps = generated(submission, draw.randn(3), -0.4, N, 0.5, draw.new_generator())
    Z = compare.finite(torch.cat([X, eps.reshape(-1, 1) / 0.5], dim=1))
    root = N**-0.5
    near_zero(Z.mean(0), root, "X does not have mean 0.", "X 的均值不是 0。")
    near_zero((Z**2).mean(0) - 1, 2**0.5 * root, "X does not have variance 1.", "X 的方差不是 1。")
    near_zero((Z**3).mean(0), 15**0.5 * root, "X or the noise is not normal.", "X 或噪声不服从正态分布。")
    near_zero((Z**4).mean(0) - 3, 96**0.5 * root, "X or the noise is not normal.", "X 或噪声不服从正态分布。")
    pairs = torch.combinations(torch.arange(4))
    across, along = (Z[:, pairs[:, 0]] * Z[:, pairs[:, 1]]).mean(0), (Z[1:] * Z[:-1]).mean(0)
    sizes = ((Z[:, pairs[:, 0]] ** 2 - 1) * (Z[:, pairs[:, 1]] ** 2 - 1)).mean(0)
    message = ("features and noise are not independent of each other.", "各个特征与噪声之间并不独立。")
    near_zero(across, root, *message)
    near_zero(sizes, 2 * root, *message)
    near_zero(along, root, "one example depends on the one before it.", "一个样本与前一个样本并不独立。")


@check(
    "synthetic_linear.generator_only",
    hint="Hand the generator to every random call; seed nothing yourself.",
    zh="把 generator 传给每一次随机调用；不要自己设置随机种子。",
)
def test_all_randomness_comes_from_the_generator(submission, draw):
    w, seed = draw.randn(2), draw.new_seed()
    one = submission.observe("synthetic_linear", w, 1.0, 5, 0.3, torch.Generator().manual_seed(seed))
    two = submission.observe("synthetic_linear", w, 1.0, 5, 0.3, torch.Generator().manual_seed(seed))
    X, y = (compare.tensor(part) for part in compare.items(one.result, 2))
    compare.same(two.result, (X, y), rtol=0, atol=0, what="the data from the same state", zh="相同状态下的数据")
    compare.require(
        not one.global_rng_used and not two.global_rng_used,
        "the global random generator was used; only the one that is passed in may be.",
        "用到了全局随机数生成器；只能使用传入的 generator。",
    )
    more = "g = torch.Generator().manual_seed(seed)\n[student.synthetic_linear(w, 1.0, 5, 0.3, g) for _ in range(2)]"
    first, second = compare.items(submission.build(more, w=w, seed=seed), 2, list)
    compare.same(first, (X, y), rtol=0, atol=0, what="the data from the same state", zh="相同状态下的数据")
    again, _ = compare.items(second, 2)
    compare.require(
        not torch.equal(compare.tensor(again, shape=(5, 2), dtype=F64), X),
        "a second call with the same generator gives the same data again: its stream should go on.",
        "用同一个 generator 再次调用得到了完全相同的数据：随机流应当继续向前。",
    )
