"""Visible checks of self-attention: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn

from autograder.checks import compare
from autograder.checks.marks import check

LN2, LN3, LN4, LN7 = math.log(2), math.log(3), math.log(4), math.log(7)
QUERIES = torch.tensor([[2.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
TAGS = torch.tensor([[0.0, 0.0, 0.0, 0.0], [LN3, 0.0, 0.0, 0.0], [LN4, 0.0, 0.0, 0.0]])
THINGS = torch.tensor([[8.0, 0.0], [0.0, 8.0], [16.0, 16.0]])


@check(
    "sdp_attention.example",
    hint="The first query has the scores 0, ln 3, ln 4, so the weights 1/8, 3/8, 4/8. The second finds all keys alike.",
    zh="第一个查询的得分是 0、ln 3、ln 4，权重是 1/8、3/8、4/8；对第二个查询来说所有的键都一样。",
    weight=0.5,
)
def test_two_queries_and_three_keys(submission: Any) -> None:
    want = torch.tensor([[9.0, 11.0], [8.0, 8.0]])
    compare.same(submission.attention(QUERIES, TAGS, THINGS), want)


def draw_map(submission: Any, picture: Any) -> None:
    """Letters that look for their like among those before them. With the identity as values, the weights come out."""
    word = "abracadabra"
    letters = torch.tensor([[float(letter == other) for other in "abcdr"] for letter in word])
    before = torch.ones(11, 11).tril().bool()
    weights = submission.attention(6 * letters, letters, torch.eye(11), before)
    picture.matrix(
        "map", weights, rows=word, columns=word, equal=True, x="looked at", y="looks",
        en="The weights of your attention: each letter of the word looks for its like, but not at what comes later.",
        zh="你的注意力权重：单词中的每个字母都在寻找与自己相同的字母，但不能看后面的。",
    )  # fmt: skip


@check(
    "sdp_attention.example_masked",
    hint="The first query sees two keys, with weights 1/4 and 3/4. The second sees none.",
    zh="第一个查询看到两个键，权重是 1/4 和 3/4；第二个查询一个也看不到。",
    weight=0.5,
)
def test_a_hidden_key_and_a_blind_query(submission: Any, picture: Any) -> None:
    draw_map(submission, picture)
    mask = torch.tensor([[True, True, False], [False, False, False]])
    compare.same(submission.attention(QUERIES, TAGS, THINGS, mask), torch.tensor([[2.0, 6.0], [0.0, 0.0]]))


@check(
    "split_merge.example",
    hint="Head 0 gets columns 0 and 1 of both rows, head 1 columns 2 and 3. Merging lays them side by side again.",
    zh="第 0 个头得到两行的第 0、1 列，第 1 个头得到第 2、3 列。合并时再把它们并排放好。",
    weight=0.5,
)
def test_two_heads_of_two_columns(submission: Any) -> None:
    x = torch.tensor([[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]])
    heads = torch.tensor([[[[1.0, 2.0], [5.0, 6.0]], [[3.0, 4.0], [7.0, 8.0]]]])
    compare.same(submission.split_heads(x, 2), heads, what="the heads", zh="各个头")
    compare.same(submission.merge_heads(heads), x, what="the merged heads", zh="合并后的结果")


@check(
    "multihead_attention.example",
    hint="All projections do nothing here. Head 0 sees the scores 0 and ln 3, head 1 the scores 0 and ln 7.",
    zh="这里的投影都不改变输入。第 0 个头的得分是 0 和 ln 3，第 1 个头是 0 和 ln 7。",
    needs=["sdp_attention.example", "sdp_attention.example_masked", "split_merge.example"],
    weight=0.5,
)
def test_each_head_has_its_own_weights(submission: Any) -> None:
    layer = compare.is_type(submission.MHA(2, 2), nn.Module, "MHA", "MHA")
    weights = {}
    for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
        weights[f"{name}.weight"], weights[f"{name}.bias"] = torch.eye(2), torch.zeros(2)
    q, k = torch.tensor([[[1.0, 1.0]]]), torch.tensor([[[0.0, 0.0], [LN3, LN7]]])
    v = torch.tensor([[[4.0, 8.0], [8.0, 16.0]]])
    compare.same(layer.functional(weights, q, k, v), torch.tensor([[[7.0, 15.0]]]), what="both keys", zh="两个键")
    keep = torch.tensor([[True, False]])
    compare.same(layer.functional(weights, q, k, v, keep), torch.tensor([[[4.0, 8.0]]]), what="one key", zh="一个键")


@check(
    "positional_encoding.example",
    hint="Position 1 with d = 4: the angles are 1 and 1 / 10000^(2/4) = 0.01.",
    zh="d = 4 时位置 1 的两个角是 1 和 1 / 10000^(2/4) = 0.01。",
    weight=0.5,
)
def test_two_positions_of_width_four(submission: Any) -> None:
    want = torch.tensor([[0.0, 1.0, 0.0, 1.0], [0.841471, 0.540302, 0.0099998, 0.99995]])
    compare.same(submission.positional_encoding(2, 4), want, atol=1e-4)


@check(
    "additive_attention.example",
    hint="tanh(ln 2) = 0.6 and tanh(ln 3) = 0.8. The first key gives 5 * 0.6 + 10 * 0.8.",
    zh="tanh(ln 2) = 0.6，tanh(ln 3) = 0.8。第一个键得到 5 * 0.6 + 10 * 0.8。",
    weight=0.5,
)
def test_scores_by_hand(submission: Any) -> None:
    q, k = torch.tensor([[[LN2]]]), torch.tensor([[[0.0, LN3], [0.0, 0.0]]])
    Wq, Wk = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 0.0], [0.0, 1.0]])
    compare.same(submission.additive_scores(q, k, Wq, Wk, torch.tensor([5.0, 10.0])), torch.tensor([[[11.0, 3.0]]]))


@check(
    "train_recall.example",
    hint="A module comes back that gives one logit for each of the 8 values, even after a single step.",
    zh="返回的应是一个模块，哪怕只训练一步，也为 8 种物品各给一个 logit。",
    weight=0.5,
)
def test_three_questions_after_one_step(submission: Any) -> None:
    model = submission.train_recall(1, torch.Generator().manual_seed(0))
    compare.is_type(model, nn.Module, "what train_recall returns", "train_recall 的返回值")
    keys = torch.tensor([[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11], [5, 0, 11, 3, 8, 2]])
    values, query = torch.tensor([[0, 1, 2, 3, 4, 5], [7, 7, 6, 6, 5, 5], [1, 1, 1, 1, 1, 1]]), torch.tensor([3, 6, 8])
    compare.tensor(model(keys, values, query), shape=(3, 8), dtype=torch.float32, what="the logits", zh="logits")
