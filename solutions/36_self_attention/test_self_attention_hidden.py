"""Hidden checks of self-attention, first part: attention itself. The expected values are computed on this side."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from self_attention_reference import F32, F64, OPERATIONS, READY_MADE, WHAT, attend, some_mask, triple
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "sdp_attention.value",
    hint="Every query with every key, divided by the square root of the width that both have in common; then softmax"
    " over the keys.",
    zh="每个查询与每个键作点积，除以两者共同宽度的平方根；再沿键的方向做 softmax。",
)
def test_attention_without_a_mask(submission: Any, draw: Draw) -> None:
    for number in range(24):
        q, k, v = triple(draw, number)
        compare.same(submission.attention(q, k, v), F.scaled_dot_product_attention(q, k, v), **WHAT)


@check(
    "sdp_attention.masked",
    hint="True means: may look. What is hidden must be out of the race before the softmax, not after it.",
    zh="True 表示可以看。被遮住的键要在 softmax 之前出局，而不是之后。",
)
def test_attention_with_a_mask(submission: Any, draw: Draw) -> None:
    for number in range(16):
        q, k, v = triple(draw, number)
        mask = some_mask(draw, q, k)
        mask = draw.noncontiguous(mask) if number % 2 else mask
        compare.same(submission.attention(q, k, v, mask), attend(q, k, v, mask), **WHAT)
    everything = torch.ones(q.shape[-2], k.shape[-2], dtype=torch.bool)
    compare.same(submission.attention(q, k, v, mask=everything), attend(q, k, v), **WHAT)


@check(
    "sdp_attention.mask_broadcasts",
    hint="One mask for all sequences, or one row for all queries: let it broadcast to the scores like any tensor.",
    zh="所有序列共用一个掩码，或所有查询共用一行：让它像别的张量一样广播到得分的形状。",
)
def test_masks_of_fewer_dimensions(submission: Any, draw: Draw) -> None:
    B, h, n, m, d = draw.sizes(5, 2, 7)
    q, k, v = draw.randn(B, h, n, d), draw.randn(B, h, m, d), draw.randn(B, h, m, d)
    for shape in ((n, m), (1, m), (m,), (B, 1, 1, m), (B, 1, n, m), (h, 1, m), (B, h, n, 1), (1, 1)):
        mask = draw.uniform(0, 1, *shape) < 0.6
        compare.same(submission.attention(q, k, v, mask), attend(q, k, v, mask), **WHAT)


@check(
    "sdp_attention.masked_value_has_no_influence",
    hint="The weight of a hidden key is 0, not merely small: neither its value nor its score may leave a trace.",
    zh="被遮住的键权重就是 0，而不只是很小：无论它的值还是得分，都不能留下痕迹。",
)
def test_hidden_keys_leave_no_trace(submission: Any, draw: Draw) -> None:
    for number in range(8):
        q, k, v = triple(draw, 6 * number + 2)
        mask = some_mask(draw, q, k)
        mask[..., 0] = False
        mask[..., 1] |= ~mask.any(-1)
        want = attend(q, k, v, mask)
        hidden = (~mask.any(-2)).unsqueeze(-1)
        loud = torch.where(hidden, 1e6 * (1 + v.abs()), v)
        compare.same(submission.attention(q, k, loud, mask), want, **WHAT)
        near = torch.where(hidden, 1e5 * k.sign(), k)
        compare.same(submission.attention(q, near, loud, mask), want, **WHAT)


@check(
    "sdp_attention.low_scores_beside_hidden_keys",
    hint="However low the score of a key that may be seen: a hidden key never wins against it. Is your number for"
    " 'hidden' low enough, for every score?",
    zh="可见的键得分再低，被遮住的键也不能赢过它。你用来表示“遮住”的那个数，对任何得分都足够低吗？",
    needs=["sdp_attention.masked"],
    weight=0.5,
)
def test_a_hidden_key_never_wins(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        q, v = torch.full((3, 4), 1e6, dtype=dtype), draw.randn(5, 2, dtype=dtype)
        mask, seen = torch.zeros(3, 5, dtype=torch.bool), draw.permutation(5)[:3]
        mask[torch.arange(3), seen] = True
        for rows in (mask, mask[:1]):  # as low as the hidden ones, or far below them
            k = torch.where(rows.any(0), -1e6, 1e6).unsqueeze(1).expand(5, 4).to(dtype)
            want = v[seen[: len(rows)]].expand(3, 2)
            compare.same(submission.attention(q, k, v, rows), want, **WHAT)


@check(
    "sdp_attention.rows_sum_to_1",
    hint="Each query spreads weight 1 over the keys it may see. Along which dimension does your softmax go?",
    zh="每个查询把总量为 1 的权重分给它能看到的键。你的 softmax 沿哪一维？",
)
def test_equal_values_come_back_as_they_are(submission: Any, draw: Draw) -> None:
    for number in range(8):
        q, k, v = triple(draw, number)
        row = draw.randn(v.shape[-1], dtype=v.dtype)
        mask = some_mask(draw, q, k) if number % 2 else None
        got = submission.attention(q, k, row.expand(v.shape), mask)
        compare.same(got, row.expand(*q.shape[:-1], len(row)), what="the mixture of equal values", zh="相同的值的混合")


@check(
    "sdp_attention.fully_masked_row_zero",
    hint="The softmax of nothing is 0 / 0. A query that may see nobody gets 0, and no gradient flows through its row,"
    " not even nan.",
    zh="对空集做 softmax 是 0 / 0。谁也看不到的查询得到 0，这一行也没有梯度流过，连 nan 也不行。",
)
def test_a_query_that_sees_nothing_gets_zeros(submission: Any, draw: Draw) -> None:
    for number in range(8):
        q, k, v = (x.clone() for x in triple(draw, number))
        mask = some_mask(draw, q, k)
        mask[..., draw.size(0, q.shape[-2] - 1), :] = False
        mask = torch.zeros_like(mask) if number == 5 else mask
        compare.same(submission.attention(q, k, v, mask), attend(q, k, v, mask), **WHAT)
        weights = draw.randn(*q.shape[:-1], v.shape[-1], dtype=q.dtype)
        want = gradients.of(lambda *x, m=mask: attend(*x, m), q, k, v, grad_output=weights)
        got = gradients.of(lambda *x, m=mask: submission.attention(*x, m), q, k, v, grad_output=weights)
        compare.same(got, want, what="the gradient", zh="梯度")


@check(
    "sdp_attention.large_logits",
    hint="exp overflows early. Which number may be subtracted from a row of scores, and does it come from keys that may"
    " be seen?",
    zh="exp 很快就溢出。一行得分可以同时减去哪个数？这个数来自可见的键吗？",
)
def test_scores_in_the_thousands(submission: Any, draw: Draw) -> None:
    for number in range(6):
        q, k, v = triple(draw, number)
        q, mask = 2000 * q, some_mask(draw, q, k) if number % 2 else None
        got = compare.finite(submission.attention(q, k, v, mask), **WHAT)
        compare.same(got, attend(q, k, v, mask), **WHAT)
        (slope,) = gradients.of(lambda x, k=k, v=v, m=mask: submission.attention(x, k, v, m), q)
        compare.finite(slope, "the gradient", "梯度")
    for dtype in (F64, F32):  # equal scores, far from 0; in the masked half the hidden ones are farther
        q, v = torch.ones(3, 4, dtype=dtype), draw.randn(6, 2, dtype=dtype)
        level = torch.tensor([-1.0, -1, -1, 1, 1, 1], dtype=dtype)[:, None] * torch.ones(6, 4, dtype=dtype)
        for k, rows in ((1e4 * level, 3), (-1e4 * level, 0)):
            mask = torch.arange(6) // 3 == 1 - rows // 3
            for given, seen in ((None, slice(rows, rows + 3)), (mask, slice(3 - rows, 6 - rows))):
                want = v[seen].mean(0).expand(3, 2)
                compare.same(submission.attention(q, k, v, given), want, **WHAT)


@check(
    "sdp_attention.Nq_ne_Nk",
    hint="There may be more keys than queries or fewer, and the values may be wider than the keys. sqrt(d) belongs to"
    " the keys.",
    zh="键可以比查询多，也可以少；值可以比键宽。sqrt(d) 中的 d 是键的宽度。",
)
def test_other_numbers_of_keys_and_other_widths(submission: Any, draw: Draw) -> None:
    for n, m, d, e in (
        (1, 5, 3, 2),
        (6, 1, 2, 7),
        (4, 4, 1, 3),
        (5, 3, 8, 1),
        (3, 3, 3, 3),
        (2, 7, 4, 4),
        (0, 3, 2, 5),
    ):
        q, k, v = draw.randn(2, n, d), draw.randn(2, m, d), draw.randn(2, m, e)
        compare.same(submission.attention(q, k, v), attend(q, k, v), **WHAT)
        mask = some_mask(draw, q, k)
        compare.same(submission.attention(q, k, v, mask), attend(q, k, v, mask), **WHAT)
    none = torch.zeros(0, 3, 2, dtype=F64)
    compare.same(submission.attention(none, none, none), none, **WHAT)


@check(
    "sdp_attention.gradcheck",
    hint="Queries, keys and values all learn: the result must stay connected to all three.",
    zh="查询、键和值都要学习：结果必须与三者都保持连接。",
)
def test_gradients_of_attention(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Tensor, Tensor, Tensor]:
        return child.randn(2, 4, 3), child.randn(2, 5, 3), child.randn(2, 5, 2)

    gradients.match(submission.attention, attend, make, draw)
    q, k, _ = make(draw)
    mask = some_mask(draw, q, k)
    gradients.match(lambda *x: submission.attention(*x, mask), lambda *x: attend(*x, mask), make, draw.child("mask"))
    gradients.gradcheck(lambda *x: submission.attention(*x, mask[:, :2, :3]), [x[:, :3] for x in (q[:, :2], k, k)])


@check(
    "sdp_attention.inputs_unchanged",
    hint="q, k, v and the mask belong to the caller. Functions that end in an underscore write into them.",
    zh="q、k、v 和掩码都是调用者的。名字以下划线结尾的函数会改写它们。",
    needs=["sdp_attention.example"],
    weight=0.5,
)
def test_attention_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    q, k, v = draw.randn(2, 4, 3), draw.randn(2, 5, 3), draw.randn(2, 5, 2)
    mask = some_mask(draw, q, k)
    mask[0, 0] = False
    seen = submission.observe("attention", q, k, v, mask)
    compare.tensor(seen.result, shape=(2, 4, 2), dtype=F64)
    for before, after, name in zip((q, k, v, mask), seen.args, ("q", "k", "v", "mask"), strict=True):
        compare.unchanged(before, after, name)


@check(
    "sdp_attention.vectorised",
    hint="A matrix product compares all queries with all keys at once, for every sequence of the batch.",
    zh="一次矩阵乘法就能让所有查询与所有键相比，整个批量的序列都一次完成。",
    needs=["sdp_attention.example"],
    weight=0.5,
)
def test_no_loop_over_queries_keys_or_sequences(submission: Any, draw: Draw) -> None:
    def count(B: int, n: int, m: int) -> Any:
        q, k = draw.randn(B, n, 3), draw.randn(B, m, 3)
        seen = submission.observe("attention", q, k, draw.randn(B, m, 2), some_mask(draw, q, k))
        compare.tensor(seen.result, shape=(B, n, 2))
        return seen.op_count

    small = count(3, 4, 5)
    for sizes in ((9, 4, 5), (3, 12, 5), (3, 4, 15)):
        source_rules.vectorised(small, count(*sizes))


@check(
    "sdp_attention.no_builtin",
    hint="Two matrix products, a division and a softmax. The ready-made function is what you are building.",
    zh="两次矩阵乘法、一次除法和一次 softmax。现成的函数正是你要实现的东西。",
    needs=["sdp_attention.example"],
    weight=3.0,
)
def test_attention_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="attention")
    q, k, v = draw.randn(2, 4, 3), draw.randn(2, 5, 3), draw.randn(2, 5, 2)
    for mask in (None, some_mask(draw, q, k)):
        seen = submission.observe("attention", q, k, v, mask)
        compare.same(seen.result, attend(q, k, v, mask), **WHAT)
        source_rules.forbid_ops(seen, OPERATIONS)
