"""Hidden checks of self-attention: positions as angles, and scores by a small network."""

from __future__ import annotations

import math
from typing import Any

import torch
from self_attention_reference import F32, F64
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# positional_encoding --------------------------------------------------------------------------------------------------

TABLE = {"what": "the table", "zh": "位置编码表"}


def table(n: int, d: int) -> Tensor:
    rows = [[(math.sin, math.cos)[c % 2](p / 10000 ** ((c - c % 2) / d)) for c in range(d)] for p in range(n)]
    return torch.tensor(rows, dtype=F64).reshape(n, d).float()


@check(
    "positional_encoding.value",
    hint="Columns 2i and 2i+1 share one speed, 10000^(-2i/d), and take turns: sin, cos, sin, cos.",
    zh="第 2i 列和第 2i+1 列共用同一个频率 10000^(-2i/d)，并且交替排列：sin、cos、sin、cos。",
)
def test_the_table_is_that_of_the_formula(submission: Any, draw: Draw) -> None:
    sizes = [(draw.size(1, 30), 2 * draw.size(1, 12)) for _ in range(20)]
    for n, d in (*sizes, (5, 2), (300, 8), (0, 4), (1, 6), (20, 64)):
        got = compare.tensor(submission.positional_encoding(n, d), shape=(n, d), dtype=F32, **TABLE)
        compare.same(got, table(n, d), atol=1e-4, **TABLE)
        compare.equal(got.requires_grad, False, what="whether the table requires a gradient", zh="表是否要求梯度")


@check(
    "positional_encoding.row0",
    hint="Positions count from 0, and sin 0 = 0, cos 0 = 1.",
    zh="位置从 0 数起，而 sin 0 = 0，cos 0 = 1。",
)
def test_position_zero_is_0_1_0_1(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        n, half = draw.sizes(2, 2, 9)
        got = compare.tensor(submission.positional_encoding(n, 2 * half), shape=(n, 2 * half), dtype=F32, **TABLE)
        compare.same(got[0], torch.tensor([0.0, 1.0] * half), what="row 0 of the table", zh="表的第 0 行")


@check(
    "positional_encoding.unit_pair_norm",
    hint="A sine and a cosine stand side by side, of the same angle: their squares add up to 1.",
    zh="相邻的一对正弦和余弦取自同一个角：平方和为 1。",
)
def test_pairs_lie_on_the_unit_circle(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        n, half = draw.sizes(2, 2, 20)
        got = compare.tensor(submission.positional_encoding(n, 2 * half), shape=(n, 2 * half), dtype=F32, **TABLE)
        squares = got.unflatten(1, (half, 2)).square().sum(-1)
        compare.same(
            squares, torch.ones(n, half), atol=1e-4, what="sin^2 + cos^2 of each pair", zh="每对的 sin^2 + cos^2"
        )


@check(
    "positional_encoding.distance_only",
    hint="Every pair turns at a steady speed, so two positions look equally alike wherever they stand.",
    zh="每一对都匀速转动，所以两个位置有多像，只取决于它们相距多远。",
    weight=0.5,
)
def test_likeness_depends_on_the_distance_only(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        n, half = draw.size(8, 30), draw.size(2, 9)
        got = compare.tensor(submission.positional_encoding(n, 2 * half), shape=(n, 2 * half), dtype=F32, **TABLE)
        likeness = compare.finite(got, **TABLE).detach() @ got.detach().T
        for distance in range(1, 5):
            line = likeness.diagonal(distance)
            want = math.fsum(math.cos(distance / 10000 ** (i / half)) for i in range(half))
            compare.same(
                line, torch.full_like(line, want), atol=2e-3, what="the likeness at a distance", zh="同距离的相似度"
            )


@check(
    "positional_encoding.odd_d_raises",
    hint="The last sine of an odd width would have no cosine.",
    zh="宽度为奇数时，最后一个正弦没有余弦与之配对。",
)
def test_an_odd_width_is_refused(submission: Any) -> None:
    for n, d in ((4, 3), (2, 1), (0, 5), (7, 9)):
        compare.raises(ValueError, submission.positional_encoding, n, d)


# additive_attention ---------------------------------------------------------------------------------------------------

SCORES = {"what": "the scores", "zh": "得分"}


def scored(q: Tensor, k: Tensor, Wq: Tensor, Wk: Tensor, v: Tensor) -> Tensor:
    rows = [torch.stack([torch.tanh(x @ Wq + y @ Wk) @ v for y in k.unbind(1)], -1) for x in q.unbind(1)]
    return torch.stack(rows, 1)


def parts(draw: Draw, a: int, b: int, dtype: torch.dtype = F64) -> tuple[Tensor, ...]:
    B, n, m, s = draw.sizes(4, 2, 6)
    shapes = ((B, n, a), (B, m, b), (a, s), (b, s), (s,))
    return tuple(draw.layout(draw.randn(*shape, dtype=dtype), draw.size(0, 2)) for shape in shapes)


@check(
    "additive_attention.value",
    hint="Add first, tanh next, then v. Every query meets every key: make room for both dimensions before you add.",
    zh="先相加，再取 tanh，最后乘 v。每个查询都与每个键相遇：相加之前先为两维都留出位置。",
)
def test_scores_of_every_query_with_every_key(submission: Any, draw: Draw) -> None:
    for number in range(20):
        a = draw.size(1, 6)
        given = parts(draw, a, a, float_type(number))
        compare.same(submission.additive_scores(*given), scored(*given), **SCORES)


@check(
    "additive_attention.different_dims",
    hint="This is what the two matrices are for: they bring both widths to a common one.",
    zh="这正是两个矩阵的用处：把两种宽度变成共同的宽度。",
)
def test_queries_and_keys_of_different_widths(submission: Any, draw: Draw) -> None:
    for number in range(12):
        given = parts(draw, *draw.sizes(2, 1, 7), float_type(number))
        seen = submission.observe("additive_scores", *given)
        compare.same(seen.result, scored(*given), **SCORES)
        for before, after, name in zip(given, seen.args, ("q", "k", "Wq", "Wk", "v"), strict=True):
            compare.unchanged(before, after, name)


@check(
    "additive_attention.gradient",
    hint="Both matrices and v are learned: stay connected to all of them.",
    zh="两个矩阵和 v 都要学习：结果必须与它们保持连接。",
)
def test_gradients_of_additive_scores(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Tensor, ...]:
        return tuple(child.randn(*shape) for shape in ((2, 3, 4), (2, 5, 3), (4, 2), (3, 2), (2,)))

    gradients.match(submission.additive_scores, scored, make, draw)
