"""Hidden checks of efficient-attention: patterns, clusters, and attention that is learned or random."""

from __future__ import annotations

import math
from typing import Any

import torch
from efficient_attention_reference import F32, F64, MASK, balance, nearest, special, window
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# patterns -----------------------------------------------------------------------------------------------------------


@check(
    "patterns.stride_value",
    hint="What counts is the distance between the two tokens, in both directions; 0 is a multiple of everything.",
    zh="起作用的是两个词元之间的距离，两个方向都算；0 是任何数的倍数。",
)
def test_every_s_th_token(submission: Any, draw: Draw) -> None:
    for n, s in [(1, 1), (5, 7), (4, 1), *((draw.size(2, 14), draw.size(1, 6)) for _ in range(20))]:
        want = torch.tensor([[abs(i - j) % s == 0 for j in range(n)] for i in range(n)])
        compare.same(submission.stride_mask(n, s), want, **MASK)


@check(
    "patterns.global_row_and_column",
    hint="A global token sees everybody, that is its row; and everybody sees it, that is its column.",
    zh="全局词元看得到所有词元，这是它的行；所有词元也看得到它，这是它的列。",
)
def test_special_tokens(submission: Any, draw: Draw) -> None:
    for _ in range(20):
        n = draw.size(2, 12)
        idx = draw.permutation(n)[: draw.size(1, n)].tolist()
        before = list(idx)
        seen = submission.observe("global_mask", n, idx)
        compare.same(seen.result, special(n, idx), **MASK)
        compare.unchanged(before, seen.args[1], "idx")


@check(
    "patterns.global_self",
    hint="A token that is not global must at least see itself, also if nobody is global.",
    zh="普通的词元至少要看得到自己，哪怕一个全局词元也没有。",
)
def test_ordinary_tokens_keep_themselves(submission: Any) -> None:
    for n in (1, 2, 7):
        compare.same(submission.global_mask(n, []), torch.eye(n, dtype=torch.bool), **MASK)
        mask = compare.tensor(submission.global_mask(n, [n - 1]), shape=(n, n), dtype=torch.bool, **MASK)
        compare.require(bool(mask.diagonal().all()), "a token does not see itself.", "有词元看不到自己。")


def bigbird(submission: Any, draw: Draw, *sizes: int) -> Tensor:
    got = submission.bigbird_mask(*sizes, draw.new_generator())
    return compare.tensor(got, shape=(sizes[0], sizes[0]), dtype=torch.bool, **MASK)


@check(
    "patterns.bigbird_random_count",
    hint="Window and global tokens are allowed in any case; then every other row gets r columns that it did not have"
    " yet, or all that are left.",
    zh="窗口与全局词元无论如何都允许；此外其余每一行再得到 r 个它还没有的列，不够时就是剩下的全部。",
)
def test_window_special_tokens_and_chance(submission: Any, draw: Draw) -> None:
    cases = [(1, 0, 0, 0), (6, 0, 6, 2), (7, 9, 1, 3), (8, 1, 0, 20), (9, 0, 0, 3)]
    cases += [(draw.size(8, 16), draw.size(0, 2), draw.size(0, 3), draw.size(0, 5)) for _ in range(12)]
    for n, w, g, r in cases:
        base = window(n, w) | special(n, list(range(g)))
        mask = bigbird(submission, draw, n, w, g, r)
        compare.same(mask & base, base, what="the part of the mask without chance", zh="掩码中不随机的部分")
        extra, left = (mask & ~base).sum(1), (~base).sum(1)
        compare.same(extra, left.clamp(max=r), what="the number of extra columns of each row", zh="每行额外的列数")


@check(
    "patterns.bigbird_even",
    hint="Every free column must be as likely as any other, for each row anew, and the generator alone decides.",
    zh="每个空闲的列机会均等，每一行都重新抽，并且只由 generator 决定。",
    needs=["patterns.bigbird_random_count"],
)
def test_chance_is_even_and_comes_from_the_generator(submission: Any, draw: Draw) -> None:
    n, w, g, r, times = 60, 1, 2, 9, 12
    base = window(n, w) | special(n, list(range(g)))
    total = torch.zeros(n, n)
    for _ in range(times):
        total += bigbird(submission, draw, n, w, g, r)
    share = r / (~base).sum(1, keepdim=True).clamp(min=1)
    for dim in (0, 1):
        expected = torch.where(base, 0.0, share.expand(n, n)).sum(dim)
        spread = torch.where(base, 0.0, (share * (1 - share)).expand(n, n)).sum(dim)
        gap = ((total * ~base).sum(dim) / times - expected).abs()
        even = gap <= 5.5 * (spread / times).sqrt() + 1e-6
        compare.require(bool(even.all()), "some columns are drawn too often.", "有些列被抽中得太频繁。")
    rows = bigbird(submission, draw, n, 0, 0, r)
    joint = (rows[:-1] & rows[1:]).double().mean().item()
    few = joint <= (r / n) ** 2 + 5 / n
    compare.require(few, "neighbouring rows get the same columns.", "相邻的行得到了相同的列。")
    seed, given = draw.new_seed() % 2**31, (12, 1, 1, 3)
    one, two, other = (
        compare.tensor(submission.bigbird_mask(*given, torch.Generator().manual_seed(s)), shape=(12, 12), **MASK)
        for s in (seed, seed, seed + 1)
    )
    compare.same(two, one, what="the mask of the same generator", zh="同一个 generator 的掩码")
    compare.require(not torch.equal(one, other), "another generator, the same mask.", "换了 generator，掩码却没变。")


@check(
    "patterns.union_over_heads",
    hint="One layer for each head, in their order. The masks themselves stay apart.",
    zh="每个头一层，次序不变；各个掩码彼此独立。",
)
def test_a_pattern_for_each_head(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        h, n = draw.sizes(2, 1, 7)
        masks = [draw.uniform(0, 1, n, n) < 0.5 for _ in range(h)]
        compare.same(submission.head_mix(masks), torch.stack(masks), what="the masks of the heads", zh="各个头的掩码")


# clustering_synth ---------------------------------------------------------------------------------------------------


@check(
    "clustering_synth.same_cluster_only",
    hint="Queries and keys are sorted to the nearest centroid, by distance and not by scalar product; equal ones meet.",
    zh="查询和键各自归入最近的中心，按距离而不是按点积；只有同一簇的才能互相看到。",
)
def test_clusters_meet(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, d, c = draw.sizes(3, 2, 12)
        c = 1 if number == 7 else c
        q, k, centroids = (draw.layout(draw.randn(rows, d), number % 3) for rows in (n, n, c))  # no near ties
        centroids = centroids * torch.linspace(0.3, 3, c, dtype=q.dtype)[:, None]
        want = nearest(q, centroids)[:, None] == nearest(k, centroids)[None]
        compare.same(submission.cluster_mask(q, k, centroids), want, **MASK)


@check(
    "clustering_synth.sinkhorn_value",
    hint="First all rows, then all columns, and that as often as asked; with 0 iterations just exp.",
    zh="先处理所有的行，再处理所有的列，按要求的次数重复；0 次迭代时就只是 exp。",
)
def test_rows_then_columns(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, iters = draw.size(2, 9), number % 5
        logits = draw.layout(2 * draw.randn(n, n, dtype=float_type(number)), number)
        compare.same(submission.sinkhorn(logits, iters), balance(logits, iters))


@check(
    "clustering_synth.sinkhorn_doubly_stochastic",
    hint="After enough iterations every row and every column sums to 1, and no number is negative.",
    zh="迭代足够多次之后，每行、每列的和都是 1，而且没有负数。",
)
def test_rows_and_columns_sum_to_1(submission: Any, draw: Draw) -> None:
    for number in range(4):
        n = draw.size(3, 9)
        got = compare.finite(submission.sinkhorn(draw.randn(n, n, dtype=float_type(number)), 80))
        got = compare.tensor(got, shape=(n, n), dtype=float_type(number)).detach()
        for dim, what, zh in ((1, "the sums of the rows", "各行的和"), (0, "the sums of the columns", "各列的和")):
            compare.same(got.sum(dim).double(), torch.ones(n, dtype=F64), rtol=0, atol=1e-3, what=what, zh=zh)
        compare.require(bool((got >= 0).all()), "a number is negative.", "出现了负数。")


@check(
    "clustering_synth.sinkhorn_log_space",
    hint="exp of a large logit overflows, exp of a very low one vanishes. Logarithms do neither: what becomes of a"
    " division, and what of a sum?",
    zh="很大的 logit 取指数会溢出，很小的会变成 0。对数两样都不会：除法变成什么？求和又变成什么？",
)
def test_large_logits_stay_finite(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        for shift in (0.0, 500.0, -500.0, -2000.0):
            logits = (4 * draw.randn(5, 5) + shift).to(dtype)
            logits[0] += 500
            got = compare.finite(submission.sinkhorn(logits, 12))
            rtol, atol = (1e-6, 1e-7) if dtype is F64 else (5e-3, 5e-4)
            compare.same(got, balance(logits.double(), 12).to(dtype), rtol=rtol, atol=atol)


@check(
    "clustering_synth.synth_ignores_tokens",
    hint="The weights are the softmax of the rows of R, whatever the tokens say: the values are mixed by them, and"
    " nothing else happens.",
    zh="权重就是 R 各行的 softmax，与词元的内容无关：只用它们来混合值，此外什么也不做。",
)
def test_weights_that_ask_nobody(submission: Any, draw: Draw) -> None:
    for number in range(20):
        B, n, e = draw.sizes(3, 2, 9)
        dtype = float_type(number)
        v = draw.layout(draw.randn(B, n, e, dtype=dtype), number)
        R = draw.layout(3 * draw.randn(n, n, dtype=dtype), number)
        compare.same(submission.random_synthesizer(v, R), R.softmax(1) @ v)
    big = 2000 * draw.randn(n, n)
    compare.same(submission.random_synthesizer(v.double(), big), big.softmax(1) @ v.double())


@check(
    "clustering_synth.features_value",
    hint="Three parts: the scalar products with the rows of W, minus half the squared length, and in the end the root"
    " of the number of features.",
    zh="三个部分：与 W 各行的点积，减去长度平方的一半，最后除以特征个数的平方根。",
)
def test_features_by_the_formula(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, d, m = draw.sizes(3, 1, 9)
        dtype = float_type(number)
        x, W = (
            draw.layout(draw.randn(n, d, dtype=dtype), number),
            draw.layout(draw.randn(m, d, dtype=dtype), number + 1),
        )
        products = torch.einsum("nd,md->nm", x, W)
        want = (products - 0.5 * (x * x).sum(1)[:, None]).exp() * m**-0.5
        compare.same(submission.performer_features(x, W), want, what="the features", zh="特征")


@check(
    "clustering_synth.random_features_unbiased",
    hint="On average over W the scalar product of two feature vectors is exp(q . k).",
    zh="对 W 取平均，两个特征向量的点积就是 exp(q . k)。",
)
def test_products_of_features_are_the_kernel(submission: Any, draw: Draw) -> None:
    d, m = 4, 20_000
    q, k, W = draw.uniform(-0.5, 0.5, 6, d), draw.uniform(-0.5, 0.5, 6, d), draw.randn(m, d)
    what = {"what": "the features", "zh": "特征"}
    one, two = (
        compare.finite(compare.tensor(submission.performer_features(x, W), shape=(6, m), dtype=F64, **what)).detach()
        for x in (q, k)
    )
    terms = one * two * m
    want, error = (q * k).sum(1).exp(), terms.std(1) / math.sqrt(m)
    near = ((terms.mean(1) - want).abs() <= 5 * error) & (error < 0.2 * want)
    compare.require(
        bool(near.all()),
        "the scalar products of the features are not exp(q . k) on average.",
        "特征的点积平均起来不是 exp(q . k)。",
    )


@check(
    "clustering_synth.gradient",
    hint="Logits, values, R and the vectors behind the features are learned: nothing may leave the graph.",
    zh="logits、值、R 以及特征背后的向量都是学出来的：什么都不能离开计算图。",
    needs=[
        "clustering_synth.sinkhorn_value",
        "clustering_synth.synth_ignores_tokens",
        "clustering_synth.features_value",
    ],
)
def test_gradients_of_what_is_learned(submission: Any, draw: Draw) -> None:
    gradients.match(
        lambda x: submission.sinkhorn(x, 3), lambda x: balance(x, 3), lambda c: c.randn(4, 4), draw, draws=2
    )
    gradients.match(
        submission.random_synthesizer,
        lambda v, R: R.softmax(1) @ v,
        lambda c: (c.randn(2, 4, 3), c.randn(4, 4)),
        draw.child("synth"),
        draws=2,
    )
    gradients.match(
        submission.performer_features,
        lambda x, W: (x @ W.T - 0.5 * (x * x).sum(1)[:, None]).exp() * len(W) ** -0.5,
        lambda c: (c.randn(3, 2), c.randn(5, 2)),
        draw.child("features"),
        draws=2,
    )


@check(
    "clustering_synth.inputs_unchanged",
    hint="Logarithms are subtracted into a new tensor: logits -= ... writes into the caller's.",
    zh="减去对数时要得到新的张量：logits -= ... 会改写调用者的张量。",
    needs=["clustering_synth.example"],
    weight=0.5,
)
def test_arguments_are_left_alone(submission: Any, draw: Draw) -> None:
    calls: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("sinkhorn", (draw.randn(4, 4), 2)),
        ("random_synthesizer", (draw.randn(2, 4, 3), draw.randn(4, 4))),
        ("performer_features", (draw.randn(3, 2), draw.randn(5, 2))),
        ("cluster_mask", (draw.randn(4, 2), draw.randn(4, 2), draw.randn(3, 2))),
    )
    for name, arguments in calls:
        seen = submission.observe(name, *arguments)
        compare.tensor(seen.result)
        for before, after in zip(arguments, seen.args, strict=True):
            compare.unchanged(before, after, "of this function")
