"""Visible checks of efficient-attention: small examples with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check

LN3 = math.log(3)


@check(
    "local_attention.example",
    hint="All scores are 0: token 0 has the mean of two values, token 1 that of three, token 2 that of two.",
    zh="所有得分都是 0：第 0 个词元是两个值的平均，第 1 个是三个的，第 2 个是两个的。",
    weight=0.5,
)
def test_three_tokens_and_a_window_of_one(submission: Any) -> None:
    zero, v = torch.zeros(1, 3, 2), torch.tensor([[[4.0], [8.0], [0.0]]])
    compare.same(submission.local_attention(zero, zero, v, 1), torch.tensor([[[6.0], [4.0], [4.0]]]))


@check(
    "patterns.example",
    hint="Stride 2: the tokens at distance 0 and 2. Token 0 is global: its row and its column are full.",
    zh="步幅 2：距离为 0 和 2 的词元。第 0 个词元是全局的：它的行和列都是满的。",
    weight=0.5,
)
def test_three_patterns_of_three_tokens(submission: Any) -> None:
    T, N = True, False
    stride = torch.tensor([[T, N, T], [N, T, N], [T, N, T]])
    special = torch.tensor([[T, T, T], [T, T, N], [T, N, T]])
    compare.same(submission.stride_mask(3, 2), stride, what="stride_mask", zh="stride_mask")
    compare.same(submission.global_mask(3, [0]), special, what="global_mask", zh="global_mask")
    got = submission.bigbird_mask(3, 0, 1, 1, torch.Generator().manual_seed(1))
    compare.same(got, torch.ones(3, 3, dtype=torch.bool), what="bigbird_mask", zh="bigbird_mask")
    compare.same(submission.head_mix([stride, special]), torch.stack([stride, special]), what="head_mix", zh="head_mix")


@check(
    "patterns.picture",
    hint="A mask of 40 x 40 tokens: a band, two rows and columns, and a few single points in every other row.",
    zh="40 x 40 的掩码：一条带、两行两列，以及其余每行中的几个散点。",
    weight=0.5,
)
def test_what_bigbird_looks_like(submission: Any, picture: Any) -> None:
    mask = submission.bigbird_mask(40, 2, 2, 3, torch.Generator().manual_seed(0))
    picture.matrix(
        "bigbird",
        mask,
        en="Who looks (row) at whom (column): a window, two global tokens, and three more by chance.",
        zh="谁（行）在看谁（列）：窗口、两个全局词元，再加上随机的三个。",
        x="looked at",
        y="looks",
    )
    mask = compare.tensor(mask, shape=(40, 40), dtype=torch.bool, what="the mask", zh="掩码")
    rows = mask.sum(1)
    compare.same(rows[:2], torch.tensor([40, 40]), what="the rows of the global tokens", zh="全局词元所在的行")
    compare.same(rows[4:-2], torch.full((34,), 10), what="how many tokens the others see", zh="其余词元能看到几个")


@check(
    "linear_attention.example",
    hint="phi(0) = 1, so all weights are equal: causal, token 0 has its own value, token 1 the mean of both.",
    zh="phi(0) = 1，所以权重全都相等：因果时第 0 个词元是自己的值，第 1 个是两者的平均。",
    weight=0.5,
)
def test_two_tokens_with_equal_weights(submission: Any) -> None:
    zero, v = torch.zeros(1, 2, 3), torch.tensor([[[4.0], [8.0]]])
    compare.same(
        submission.linear_attention(zero, zero, v, True),
        torch.tensor([[[4.0], [6.0]]]),
        what="the causal result",
        zh="因果时的结果",
    )
    q, k = torch.tensor([[[0.0]]]), torch.tensor([[[2.0]]])
    compare.same(
        submission.linear_attention(q, k, v[:, :1]),
        v[:, :1],
        what="the result for one token",
        zh="只有一个词元时的结果",
    )
    q, k = torch.zeros(1, 2, 1), torch.tensor([[[0.0], [2.0]]])  # phi(k) = 1 and 3
    compare.same(
        submission.linear_attention(q, k, v),
        torch.tensor([[[7.0], [7.0]]]),
        what="the result for two keys",
        zh="两个键时的结果",
    )


@check(
    "low_rank_keys.example",
    hint="The two mixtures have the scores 0 and ln 3 and the values 4 and 8. Groups of two: (1 + 3) / 2, and 7 alone.",
    zh="两个混合的得分是 0 和 ln 3，值是 4 和 8。每两个一组：(1 + 3) / 2，以及单独的 7。",
    weight=0.5,
)
def test_two_mixtures_and_three_keys(submission: Any) -> None:
    q, k = torch.ones(1, 3, 1), torch.tensor([[[0.0], [LN3], [5.0]]])
    v, E = torch.tensor([[[2.0], [6.0], [8.0]]]), torch.tensor([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    Fm = torch.tensor([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]])
    compare.same(submission.linformer(q, k, v, E, Fm), torch.full((1, 3, 1), 7.0), what="linformer", zh="linformer")
    got = submission.compress_keys(torch.tensor([[[1.0], [3.0], [7.0]]]), 2)
    compare.same(got, torch.tensor([[[2.0], [7.0]]]), what="compress_keys", zh="compress_keys")


@check(
    "clustering_synth.example",
    hint="Clusters: 0.1 is nearest to 0, the others to 1. Sinkhorn: rows, then columns. Synthesizer: softmax of each"
    " row of R. Features: half of |(1, 1)|^2 is 1, and W has four rows.",
    zh="聚类：0.1 离 0 最近，其余都离 1 最近。Sinkhorn：先行后列。合成器：对 R 的每一行做 softmax。"
    "特征：|(1, 1)|^2 的一半是 1，W 有四行。",
    weight=0.5,
)
def test_four_functions_by_hand(submission: Any) -> None:
    q, k = torch.tensor([[0.1], [0.9]]), torch.tensor([[0.8], [0.7]])
    got = submission.cluster_mask(q, k, torch.tensor([[0.0], [1.0]]))
    compare.same(got, torch.tensor([[False, False], [True, True]]), what="cluster_mask", zh="cluster_mask")
    got = submission.sinkhorn(torch.tensor([[0.0, LN3], [0.0, 0.0]]), 1)
    want = torch.tensor([[1 / 3, 0.6], [2 / 3, 0.4]])
    compare.same(got, want, what="sinkhorn", zh="sinkhorn")
    v, R = torch.tensor([[[4.0], [8.0]]]), torch.tensor([[0.0, LN3], [0.0, 0.0]])
    got = submission.random_synthesizer(v, R)
    compare.same(got, torch.tensor([[[7.0], [6.0]]]), what="random_synthesizer", zh="random_synthesizer")
    W = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.5, 0.5], [1.0, 0.0]])
    got = submission.performer_features(torch.tensor([[1.0, 1.0]]), W)
    compare.same(got, torch.full((1, 4), 0.5), what="performer_features", zh="performer_features")
