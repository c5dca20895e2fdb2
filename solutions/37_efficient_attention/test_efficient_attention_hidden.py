"""Hidden checks of efficient-attention: the window, another order of products, fewer keys."""

from __future__ import annotations

from typing import Any

import torch
from efficient_attention_reference import attend, by_kernel, groups, small, triple, window
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# local_attention ----------------------------------------------------------------------------------------------------


@check(
    "local_attention.equals_masked_full",
    hint="The same as full attention with a mask of |i - j| <= w, on both sides; what lies beyond the ends is no key at"
    " all, not a key of zeros.",
    zh="与带掩码 |i - j| <= w 的完整注意力相同，两侧都是；两端之外没有键，而不是全 0 的键。",
)
def test_a_window_on_both_sides(submission: Any, draw: Draw) -> None:
    for number in range(24):
        q, k, v = triple(draw, number, 2, 12)
        w = draw.size(1, 4)
        compare.same(submission.local_attention(q, k, v, w), attend(q, k, v, window(q.shape[1], w)))


@check(
    "local_attention.window_ge_n_is_full",
    hint="A window that is wider than the sequence sees all of it, and nothing else.",
    zh="窗口比序列还宽时，看到的就是整个序列，仅此而已。",
)
def test_a_window_over_everything(submission: Any, draw: Draw) -> None:
    for number in range(8):
        q, k, v = triple(draw, number)
        n = q.shape[1]
        for w in (n - 1, n, n + draw.size(1, 9)):
            compare.same(submission.local_attention(q, k, v, w), attend(q, k, v))
    q, k, v = draw.randn(2, 1, 3), draw.randn(2, 1, 3), draw.randn(2, 1, 4)
    compare.same(submission.local_attention(q, k, v, 2), v)


@check(
    "local_attention.window0_returns_v",
    hint="Who sees only himself gets his own value, whatever the score.",
    zh="只看自己的词元，不论得分如何，得到的都是自己的值。",
    weight=0.5,
)
def test_a_window_of_one_token(submission: Any, draw: Draw) -> None:
    for number in range(6):
        q, k, v = triple(draw, number)
        compare.same(submission.local_attention(30 * q, k, v, 0), v)


@check(
    "local_attention.no_NxN_tensor",
    hint="The scores fit into n x (2 w + 1). A mask of n x n is as large as what you want to save.",
    zh="得分只需 n x (2 w + 1) 那么大。一个 n x n 的掩码就已经和你想省下的一样大了。",
    needs=["local_attention.equals_masked_full"],
    weight=1.5,
)
def test_the_window_is_never_a_matrix(submission: Any, draw: Draw) -> None:
    n, w = 256, 2
    q, k, v = draw.randn(2, n, 4), draw.randn(2, n, 4), draw.randn(2, n, 3)
    seen = submission.observe("local_attention", q, k, v, w)
    small(seen, attend(q, k, v, window(n, w)), n * n // 2)


@check(
    "local_attention.vectorised",
    hint="A loop over the places of the window is fine; one over the tokens is not.",
    zh="沿窗口内的各个位置循环没有问题；逐个词元循环就不行。",
    needs=["local_attention.equals_masked_full"],
    weight=0.5,
)
def test_no_loop_over_tokens(submission: Any, draw: Draw) -> None:
    def count(B: int, n: int) -> Any:
        q, k, v = draw.randn(B, n, 3), draw.randn(B, n, 3), draw.randn(B, n, 2)
        seen = submission.observe("local_attention", q, k, v, 2)
        compare.tensor(seen.result, shape=(B, n, 2))
        return seen.op_count

    first = count(2, 8)
    for B, n in ((2, 24), (6, 8)):
        source_rules.vectorised(first, count(B, n))


@check(
    "local_attention.gradient",
    hint="Queries, keys and values all learn, those at the ends too.",
    zh="查询、键和值都要学习，两端的也不例外。",
    needs=["local_attention.equals_masked_full"],
)
def test_gradients_of_the_window(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Tensor, Tensor, Tensor]:
        return child.randn(2, 6, 3), child.randn(2, 6, 3), child.randn(2, 6, 2)

    for w in (1, 7):
        gradients.match(
            lambda *x, w=w: submission.local_attention(*x, w),
            lambda *x, w=w: attend(*x, window(6, w)),
            make,
            draw.child(str(w)),
            draws=2,
        )


# linear_attention ---------------------------------------------------------------------------------------------------


@check(
    "linear_attention.equals_quadratic_form",
    hint="phi is elu plus 1, of the queries and of the keys; nothing is divided by sqrt(d).",
    zh="phi 是 elu 加 1，查询和键都要经过它；不除以 sqrt(d)。",
)
def test_the_order_of_products_does_not_matter(submission: Any, draw: Draw) -> None:
    for number in range(24):
        q, k, v = triple(draw, number)
        compare.same(submission.linear_attention(2 * q, k, v), by_kernel(2 * q, k, v))
    compare.same(submission.linear_attention(q, k, v, causal=False), by_kernel(q, k, v))


@check(
    "linear_attention.rows_average_to_1",
    hint="The weights of a row must sum to 1. Which sum do you divide by?",
    zh="每行的权重之和应为 1。你除以了哪个和？",
)
def test_equal_values_come_back(submission: Any, draw: Draw) -> None:
    for number in range(8):
        q, k, v = triple(draw, number)
        row = draw.randn(v.shape[-1], dtype=v.dtype).expand(v.shape)
        for causal in (False, True):
            got = submission.linear_attention(q, k, row, causal)
            compare.same(got, row, what="the mixture of equal values", zh="相同的值的混合")


@check(
    "linear_attention.no_NxN_tensor",
    hint="Three matrices, two orders: which product is d x e large, and which n x n? The causal sums are running sums.",
    zh="三个矩阵，两种次序：哪个乘积是 d x e，哪个是 n x n？因果的求和就是累加和。",
    needs=["linear_attention.equals_quadratic_form"],
    weight=1.5,
)
def test_the_cheap_order_is_taken(submission: Any, draw: Draw) -> None:
    n = 256
    q, k, v = draw.randn(2, n, 4), draw.randn(2, n, 4), draw.randn(2, n, 3)
    for causal in (False, True):
        seen = submission.observe("linear_attention", q, k, v, causal)
        small(seen, by_kernel(q, k, v, causal), n * n // 2)


@check(
    "linear_attention.causal_prefix",
    hint="Row i is made of the tokens up to i, itself included, and divided by the sum up to i.",
    zh="第 i 行由到 i 为止（含自己）的词元组成，也要除以到 i 为止的和。",
)
def test_only_what_came_before(submission: Any, draw: Draw) -> None:
    for number in range(20):
        q, k, v = triple(draw, number)
        compare.same(submission.linear_attention(q, k, v, True), by_kernel(q, k, v, True))
    n = q.shape[1]
    for t in range(1, n):
        got = submission.linear_attention(q[:, :t], k[:, :t], v[:, :t], causal=True)
        compare.same(got, by_kernel(q, k, v, True)[:, :t], what="the result of a prefix", zh="前缀的结果")


@check(
    "linear_attention.vectorised",
    hint="cumsum is the loop over tokens, in one operation.",
    zh="cumsum 就是沿词元的循环，只用一次运算。",
    needs=["linear_attention.causal_prefix"],
    weight=0.5,
)
def test_no_loop_over_the_prefixes(submission: Any, draw: Draw) -> None:
    def count(B: int, n: int) -> Any:
        q, k, v = draw.randn(B, n, 3), draw.randn(B, n, 3), draw.randn(B, n, 2)
        seen = submission.observe("linear_attention", q, k, v, True)
        compare.tensor(seen.result, shape=(B, n, 2))
        return seen.op_count

    first = count(2, 5)
    for B, n in ((2, 15), (6, 5)):
        source_rules.vectorised(first, count(B, n))


@check(
    "linear_attention.gradient",
    hint="The sum that you divide by depends on queries and keys, too.",
    zh="你除以的那个和也依赖于查询和键。",
    needs=["linear_attention.equals_quadratic_form", "linear_attention.causal_prefix"],
)
def test_gradients_of_linear_attention(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Tensor, Tensor, Tensor]:
        return child.randn(2, 5, 3), child.randn(2, 5, 3), child.randn(2, 5, 2)

    for causal in (False, True):
        gradients.match(
            lambda *x, c=causal: submission.linear_attention(*x, c),
            lambda *x, c=causal: by_kernel(*x, c),
            make,
            draw.child(str(causal)),
            draws=2,
        )


# low_rank_keys ------------------------------------------------------------------------------------------------------


@check(
    "low_rank_keys.identity_projection_is_full",
    hint="With as many mixtures as keys, and each of them a single key, it is ordinary attention: sqrt(d) included.",
    zh="混合的个数与键一样多、每个混合就是一个键时，它就是普通的注意力：也要除以 sqrt(d)。",
)
def test_projections_that_do_nothing(submission: Any, draw: Draw) -> None:
    for number in range(8):
        q, k, v = triple(draw, number)
        eye = torch.eye(q.shape[1], dtype=q.dtype)
        compare.same(submission.linformer(q, k, v, eye, eye), attend(q, k, v))


@check(
    "low_rank_keys.shape_r",
    hint="E mixes the keys, Fm the values, over the tokens: r rows are left, and the softmax goes over them.",
    zh="E 混合键，Fm 混合值，都是沿词元方向：剩下 r 行，softmax 就在这 r 行上做。",
)
def test_attention_to_mixtures(submission: Any, draw: Draw) -> None:
    for number in range(20):
        q, k, v = triple(draw, number)
        n, r = q.shape[1], draw.size(1, 7)
        E, Fm = (draw.layout(draw.randn(r, n, dtype=q.dtype), number + shift) for shift in (0, 1))
        want = attend(q, torch.einsum("rn,bnd->brd", E, k), torch.einsum("rn,bne->bre", Fm, v))
        compare.same(submission.linformer(q, k, v, E, Fm), want)


@check(
    "low_rank_keys.no_NxN_tensor",
    hint="Mix first, then compare: the scores are n x r.",
    zh="先混合，再比较：得分只有 n x r。",
    needs=["low_rank_keys.shape_r"],
    weight=1.5,
)
def test_the_scores_are_narrow(submission: Any, draw: Draw) -> None:
    n = 256
    q, k, v, E, Fm = (draw.randn(*shape) for shape in ((2, n, 4), (2, n, 4), (2, n, 3), (5, n), (5, n)))
    seen = submission.observe("linformer", q, k, v, E, Fm)
    small(seen, attend(q, E @ k, Fm @ v), n * n // 2)


@check(
    "low_rank_keys.compress_mean",
    hint="Neighbours in groups of `stride`, from the front; the last group has the mean of the members it really has.",
    zh="从最前面起每 `stride` 个相邻的为一组；最后一组只对实际拥有的成员取平均。",
)
def test_means_of_neighbours(submission: Any, draw: Draw) -> None:
    for number in range(24):
        B, n, d = draw.sizes(3, 2, 11)
        k = draw.layout(draw.randn(B, n, d, dtype=float_type(number)), number)
        stride = (1, n, n + 3)[number] if number < 3 else draw.size(2, 5)
        compare.same(submission.compress_keys(k, stride), groups(k, stride))


@check(
    "low_rank_keys.gradient",
    hint="The projections are learned, so gradients must reach E and Fm, and through the means every key.",
    zh="投影是学出来的，所以梯度必须到达 E 和 Fm；并穿过平均到达每个键。",
    needs=["low_rank_keys.shape_r", "low_rank_keys.compress_mean"],
)
def test_gradients_of_fewer_keys(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Tensor, ...]:
        return tuple(child.randn(*shape) for shape in ((2, 5, 3), (2, 5, 3), (2, 5, 2), (4, 5), (4, 5)))

    gradients.match(submission.linformer, lambda q, k, v, E, Fm: attend(q, E @ k, Fm @ v), make, draw, draws=2)
    gradients.match(
        lambda k: submission.compress_keys(k, 3),
        lambda k: groups(k, 3),
        lambda child: child.randn(2, 7, 3),
        draw.child("compress"),
        draws=2,
    )


@check(
    "low_rank_keys.inputs_unchanged",
    hint="The arguments belong to the caller; functions that end in an underscore write into them.",
    zh="参数属于调用者；名字以下划线结尾的函数会改写它们。",
    needs=["low_rank_keys.example"],
    weight=0.5,
)
def test_arguments_stay_what_they_were(submission: Any, draw: Draw) -> None:
    given = tuple(draw.randn(*shape) for shape in ((2, 5, 3), (2, 5, 3), (2, 5, 2), (4, 5), (4, 5)))
    for name, arguments in (("linformer", given), ("compress_keys", (given[1], 2))):
        seen = submission.observe(name, *arguments)
        compare.tensor(seen.result)
        for before, after in zip(arguments, seen.args, strict=True):
            compare.unchanged(before, after, "of this function")
