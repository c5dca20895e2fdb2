"""Visible checks of transformer-decoder: one small example per task. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "causal_mask.example",
    hint="Row 0 sees itself, row 1 sees two places, row 2 sees all three.",
    zh="第 0 行看到自己，第 1 行看到两个位置，第 2 行看到全部三个。",
    weight=0.5,
)
def test_three_places(submission: Any) -> None:
    want = torch.tensor([[True, False, False], [True, True, False], [True, True, True]])
    compare.same(submission.causal_mask(3), want)


@check(
    "shift_right.example",
    hint="1 comes in at the front, the last column falls out.",
    zh="1 从最前面进来，最后一列掉出去。",
    weight=0.5,
)
def test_two_targets(submission: Any) -> None:
    got = submission.shift_right(torch.tensor([[7, 8, 2], [9, 2, 0]]), 1)
    compare.same(got, torch.tensor([[1, 7, 8], [1, 9, 2]]))


@check(
    "decoder_block.example",
    hint="Looking back adds 0 here. The source brings (0, 2, -2, 0), the same for every place, and the FFN adds 0.",
    zh="这里回看的结果是 0。源序列带来 (0, 2, -2, 0)，每个位置都一样；FFN 加 0。",
    weight=0.5,
)
def test_a_block_that_only_hears_the_source(submission: Any) -> None:
    block = compare.is_type(submission.DecoderBlock(4, 2, 6), nn.Module, "DecoderBlock", "DecoderBlock")
    weights = {name: torch.zeros(tuple(value.shape)) for name, value in block.params().items()}
    weights |= {f"norm{number}.weight": torch.ones(4) for number in (1, 2, 3)}
    weights["cross_attn.in_proj_weight"] = torch.cat([torch.zeros(8, 4), torch.eye(4)])
    weights["cross_attn.out_proj.weight"] = torch.eye(4)
    y, memory = torch.tensor([[[1.0, 1.0, 3.0, 3.0]]]), torch.tensor([[[0.0, 2.0, -2.0, 0.0], [0.0, 2.0, -2.0, 0.0]]])
    compare.same(block.functional(weights, y, memory), torch.tensor([[[-1.0, 1.0, -1.0, 1.0]]]))


@check(
    "decoder_block.picture",
    hint="Change word j: which places of the result notice? Only j and those behind it, if the mask is at work.",
    zh="改动第 j 个词：结果的哪些位置会察觉？掩码起作用时，只有 j 以及它后面的位置。",
    needs=["decoder_block.example"],
    weight=0.5,
)
def test_who_notices_which_word(submission: Any, picture: Any) -> None:
    block = submission.build("torch.manual_seed(3)\nstudent.DecoderBlock(16, 4, 32)")
    drawn = torch.Generator().manual_seed(1)
    y, memory = torch.randn(1, 8, 16, generator=drawn), torch.randn(1, 5, 16, generator=drawn)
    mask = torch.ones(8, 8, dtype=torch.bool).tril()

    def ask(x: Tensor) -> Tensor:
        return compare.finite(compare.tensor(block(x, memory, mask), shape=(1, 8, 16), dtype=torch.float32)).detach()

    plain, columns = ask(y), []
    for j in range(8):
        other = y.clone()
        other[:, j] += torch.randn(16, generator=drawn)
        columns.append((ask(other) - plain)[0].norm(dim=1))
    noticed = torch.stack(columns, 1)
    picture.matrix(
        "who-notices",
        noticed,
        en="How much the result at each place (row) changes with each word (column): nothing above the diagonal.",
        zh="每个位置（行）的结果随每个词（列）变化多少：对角线以上应当什么都没有。",
        x="word that is changed",
        y="place",
    )
    compare.same(noticed.triu(1), torch.zeros(8, 8), what="what comes back from later words", zh="从后面的词传回来的")
    compare.require(bool((noticed.diagonal() > 1e-3).all()), "a word changes nothing.", "改动一个词，什么也没变。")


@check(
    "greedy_decode.example",
    hint="1 is followed by 2, 2 by 3, 3 by 4, and 4 is the end. The sentence is 2, 3, 4.",
    zh="1 之后是 2，2 之后是 3，3 之后是 4，而 4 是结束。整句是 2、3、4。",
    weight=0.5,
)
def test_every_word_is_followed_by_the_next(submission: Any) -> None:
    follow = submission.build("lambda prefix: torch.eye(6)[prefix[:, -1] + 1]")
    compare.same(submission.greedy(follow, 2, 1, 4, 9), torch.tensor([[2, 3, 4], [2, 3, 4]]))
    compare.same(
        submission.greedy(follow, 1, 1, 4, 2), torch.tensor([[2, 3]]), what="two words at most", zh="至多两个词"
    )


@check(
    "nat_decode.example",
    hint="The mean of h is (2, 1): its products with the rows of W are 9, 10 and 10.5. The second sentence has one"
    " word, behind it stands pad.",
    zh="h 的平均是 (2, 1)，与 W 各行的点积是 9、10 和 10.5。第二句只有一个词，后面是 pad。",
    weight=0.5,
)
def test_a_length_and_two_sentences(submission: Any) -> None:
    h, W = torch.tensor([[[1.0, 0.0], [3.0, 2.0]]]), torch.tensor([[0.0, 9.0], [1.0, 8.0], [2.0, 6.5]])
    compare.same(submission.predict_length(h, W), torch.tensor([2]), what="the length", zh="长度")
    model = submission.build("lambda src, n: torch.eye(5)[src[:, :n]]")
    got = submission.nat_decode(model, torch.tensor([[3, 4], [4, 3]]), torch.tensor([2, 1]), 0)
    compare.same(got, torch.tensor([[3, 4], [4, 0]]))


@check(
    "train_seq2seq.example",
    hint="A module comes back that gives a score for each of the V_out words at each place, even after a single step.",
    zh="返回的应是一个模块，哪怕只训练一步，也为每个位置上的 V_out 个词各给一个得分。",
    needs=["causal_mask.example", "shift_right.example", "decoder_block.example"],
    weight=0.5,
)
def test_two_pairs_and_one_step(submission: Any) -> None:
    src, tgt = torch.tensor([[3, 4, 5], [5, 3, 0]]), torch.tensor([[4, 3, 2, 0], [3, 5, 6, 2]])
    model = submission.train_seq2seq(src, tgt, 6, 7, 1, torch.Generator().manual_seed(0))
    compare.is_type(model, nn.Module, "what train_seq2seq returns", "train_seq2seq 的返回值")
    got = model(src, torch.tensor([[1, 4], [1, 3]]))
    compare.tensor(got, shape=(2, 2, 7), dtype=torch.float32, what="the scores", zh="得分")
