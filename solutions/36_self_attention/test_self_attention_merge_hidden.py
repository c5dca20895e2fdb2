"""Hidden checks of self-attention: columns into heads and back."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

HEADS = {"what": "the heads", "zh": "各个头"}


def split(x: Tensor, h: int) -> Tensor:
    return torch.stack(x.chunk(h, dim=-1), dim=1)


def merge(x: Tensor) -> Tensor:
    return torch.cat(list(x.unbind(1)), dim=-1)


def wide(draw: Draw, number: int) -> tuple[Tensor, int, int]:
    """x (B, n, h * part), h and part; the four sizes differ."""
    B, n, h, part = draw.sizes(4, 1, 6)
    return draw.layout(draw.randn(B, n, h * part, dtype=float_type(number)), number), h, part


@check(
    "split_merge.shape",
    hint="(B, n, d) has become (B, h, n, d/h): the heads stand right behind the batch, and every one of them has all n"
    " rows.",
    zh="(B, n, d) 变成 (B, h, n, d/h)：头紧跟在批量之后，每个头都有全部 n 行。",
)
def test_shapes_of_split_and_merge(submission: Any, draw: Draw) -> None:
    for number in range(8):
        x, h, part = wide(draw, number)
        B, n, _ = x.shape
        seen = submission.observe("split_heads", x, h)
        compare.tensor(seen.result, shape=(B, h, n, part), dtype=x.dtype, **HEADS)
        compare.unchanged(x, seen.args[0], "x")
        heads = draw.randn(B, h, n, part, dtype=x.dtype)
        compare.tensor(submission.merge_heads(heads), shape=(B, n, h * part), dtype=x.dtype)


@check(
    "split_merge.head0_is_first_columns",
    hint="A head is a block of neighbouring columns. First cut the last dimension in two, then move; in this order.",
    zh="一个头是一段相邻的列。先把最后一维拆成两维，再交换维度；次序不能反。",
)
def test_heads_are_neighbouring_columns(submission: Any, draw: Draw) -> None:
    for number in range(20):
        x, h, _ = wide(draw, 3 * number + number % 2)
        compare.same(submission.split_heads(x, h), split(x, h), **HEADS)


@check(
    "split_merge.token_moves_with_row",
    hint="If the rows of x change places, the rows of every head change places in the same way, and nothing else.",
    zh="x 的行换了位置，每个头的行也以同样的方式换位置，别的都不变。",
)
def test_rows_stay_together(submission: Any, draw: Draw) -> None:
    for number in range(6):
        x, h, part = wide(draw, 3 * number)
        order = draw.permutation(x.shape[1]) if x.shape[1] > 1 else torch.arange(1)
        shape = (len(x), h, x.shape[1], part)
        one = compare.tensor(submission.split_heads(x, h), shape=shape, dtype=x.dtype, **HEADS).detach()
        compare.same(submission.split_heads(x[:, order], h), one[:, :, order], **HEADS)
        compare.same(one.sum((1, 3)), x.sum(2), what="the sum over all heads", zh="各个头之和")


@check(
    "split_merge.merge_value",
    hint="The last two of (n, h, d/h) may be flattened. Is that the order your dimensions stand in when you flatten?",
    zh="可以压平的是 (n, h, d/h) 中的后两维。你压平时，各维是这个次序吗？",
)
def test_heads_lie_side_by_side(submission: Any, draw: Draw) -> None:
    for number in range(20):
        B, n, h, part = draw.sizes(4, 1, 6)
        heads = draw.layout(draw.randn(B, h, n, part, dtype=float_type(number)), number)
        seen = submission.observe("merge_heads", heads)
        compare.same(seen.result, merge(heads))
        compare.unchanged(heads, seen.args[0], "x")


@check(
    "split_merge.inverse_of_split",
    hint="Go the way of split_heads backwards, step by step: what was last comes first.",
    zh="把 split_heads 的每一步倒着走回去：最后一步先撤销。",
)
def test_merging_undoes_splitting(submission: Any, draw: Draw) -> None:
    for number in range(8):
        x, h, part = wide(draw, number)
        shape = (len(x), h, x.shape[1], part)
        heads = compare.tensor(submission.split_heads(x, h), shape=shape, dtype=x.dtype, **HEADS).detach()
        compare.same(submission.merge_heads(heads), x, what="merge(split(x))", zh="merge(split(x))")


@check(
    "split_merge.noncontiguous",
    hint="view needs rows that lie in memory one after the other. After a transpose they don't.",
    zh="view 要求各行在内存中依次相连；转置之后就不是这样了。",
)
def test_any_memory_layout_will_do(submission: Any, draw: Draw) -> None:
    for number in range(6):
        B, n, h, part = draw.sizes(4, 2, 6)
        x = draw.randn(n, h * part, B).permute(2, 0, 1)
        x = (x, x.transpose(0, 2).contiguous().transpose(0, 2), draw.expanded(x))[number % 3]
        compare.same(submission.split_heads(x, h), split(x, h), **HEADS)
        heads = draw.randn(n, part, h, B).permute(3, 2, 0, 1)
        heads = (heads, draw.noncontiguous(heads))[number % 2]
        compare.same(submission.merge_heads(heads), merge(heads))


@check(
    "split_merge.gradient",
    hint="Only the shape changes; gradients must find their way back through it.",
    zh="变的只是形状；梯度必须能沿原路传回去。",
    weight=0.5,
)
def test_gradients_through_the_heads(submission: Any, draw: Draw) -> None:
    gradients.match(lambda x: submission.split_heads(x, 3), lambda x: split(x, 3), lambda d: d.randn(2, 4, 6), draw)
    gradients.match(submission.merge_heads, merge, lambda d: d.randn(2, 3, 4, 5), draw.child("merge"))


@check(
    "split_merge.indivisible_raises",
    hint="Seven columns for two heads: better a clear ValueError than a column that is lost.",
    zh="七列分给两个头：明确抛出 ValueError，好过悄悄丢掉一列。",
    weight=0.5,
)
def test_heads_that_do_not_divide_the_width(submission: Any, draw: Draw) -> None:
    for d, h in ((7, 2), (6, 4), (2, 3), (9, 6)):
        compare.raises(ValueError, submission.split_heads, draw.randn(2, 4, d), h)
    compare.same(submission.split_heads(x := draw.randn(2, 4, 3), 3), split(x, 3), **HEADS)
