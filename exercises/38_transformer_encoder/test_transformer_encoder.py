"""Visible checks of transformer-encoder: one small example per task. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.marks import check


def zeros(module: Any) -> dict[str, Tensor]:
    """All weights 0, except that layer norms multiply by 1."""
    params = compare.is_type(module, nn.Module, "the layer", "这一层").params()
    is_norm = {name: "norm" in name and name.endswith("weight") for name in params}
    return {name: torch.full(tuple(value.shape), float(is_norm[name])) for name, value in params.items()}


@check(
    "ffn.example",
    hint="up gives (2, -3, 1), ReLU makes it (2, 0, 1), and down adds up what is left.",
    zh="up 得到 (2, -3, 1)，ReLU 之后是 (2, 0, 1)，再由 down 合起来。",
    weight=0.5,
)
def test_two_tokens_through_three_hidden_numbers(submission: Any) -> None:
    weights = {
        "up.weight": torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]),
        "up.bias": torch.tensor([0.0, 0.0, 2.0]),
        "down.weight": torch.tensor([[1.0, 1.0, 1.0], [0.0, 2.0, -1.0]]),
        "down.bias": torch.tensor([0.0, 1.0]),
    }
    layer = compare.is_type(submission.FFN(2, 3), nn.Module, "FFN", "FFN")
    x = torch.tensor([[[2.0, -3.0], [-1.0, 1.0]]])
    compare.same(layer.functional(weights, x), torch.tensor([[[3.0, 0.0], [3.0, 1.0]]]))


@check(
    "encoder_block.example",
    hint="Attention adds 0 here and the FFN adds (0, 2, -2, 0). post normalises after each addition, pre leaves x.",
    zh="这里注意力加 0，FFN 加 (0, 2, -2, 0)。post 在每次相加之后归一化，pre 从不动 x 本身。",
    needs=["ffn.example"],
    weight=0.5,
)
def test_a_block_that_adds_a_constant(submission: Any) -> None:
    x, added = torch.tensor([[[1.0, 1.0, 3.0, 3.0]]]), torch.tensor([0.0, 2.0, -2.0, 0.0])
    for norm, want in (("post", [-1.0, 1.0, -1.0, 1.0]), ("pre", [1.0, 3.0, 1.0, 3.0])):
        block = submission.EncoderBlock(4, 2, 6, 0.0, norm)
        weights = {**zeros(block), "ffn.down.bias": added}
        compare.same(block.functional(weights, x), torch.tensor([[want]]), what=f"norm={norm!r}", zh=f"norm={norm!r}")


@check(
    "encoder.example",
    hint="Both tokens have the embedding (0.5, 0.5, 1.5, 1.5), times 2 that is (1, 1, 3, 3). The first gets the"
    " position (0, 2, -2, 0), and the last norm makes (-1, 1, -1, 1) of the sum.",
    zh="两个词元的嵌入都是 (0.5, 0.5, 1.5, 1.5)，乘以 2 是 (1, 1, 3, 3)。第一个加上位置"
    " (0, 2, -2, 0)，最后的归一化把和变成 (-1, 1, -1, 1)。",
    needs=["encoder_block.example"],
    weight=0.5,
)
def test_the_same_token_at_two_places(submission: Any) -> None:
    encoder = submission.Encoder(3, 4, 2, 2, 6, norm="pre", max_len=2)
    weights = zeros(encoder)
    weights["embed.weight"] = torch.tensor([[9.0, 9.0, 9.0, 9.0], [0.5, 0.5, 1.5, 1.5], [7.0, 7.0, 7.0, 7.0]])
    weights["positions.weight"] = torch.tensor([[0.0, 2.0, -2.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    want = torch.tensor([[[-1.0, 1.0, -1.0, 1.0], [-1.0, -1.0, 1.0, 1.0]]])
    compare.same(encoder.functional(weights, torch.tensor([[1, 1]])), want)


@check(
    "heads.example",
    hint="The mean of (1, 2) and (3, 6); the third token is padding. cls is the first row as it is.",
    zh="(1, 2) 与 (3, 6) 的平均；第三个词元是填充。cls 就是第一行本身。",
    weight=0.5,
)
def test_heads_by_hand(submission: Any) -> None:
    h = torch.tensor([[[1.0, 2.0], [3.0, 6.0], [100.0, 100.0]]])
    W, mask = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]]), torch.tensor([[True, True, False]])
    want = torch.tensor([[[1.0, 2.0, -1.0], [3.0, 6.0, -3.0], [100.0, 100.0, 0.0]]])
    compare.same(submission.token_head(h, W), want, what="token_head", zh="token_head")
    compare.same(submission.sequence_head(h, mask, "mean"), torch.tensor([[2.0, 4.0]]), what="mean", zh="mean")
    compare.same(submission.sequence_head(h, mask, "cls"), torch.tensor([[1.0, 2.0]]), what="cls", zh="cls")


def draw_influence(submission: Any, picture: Any) -> None:
    """How much the logits of each place change when another token is put in at each place, after 40 steps."""
    model = submission.train_reverse(6, 6, 40, True, torch.Generator().manual_seed(0))
    compare.is_type(model, nn.Module, "what train_reverse returns", "train_reverse 的返回值")
    ids = torch.randint(6, (32, 6), generator=torch.Generator().manual_seed(1))
    others = [ids + torch.eye(6, dtype=torch.int64)[place] for place in range(6)]
    logits = model(torch.cat([ids, *others]) % 6)
    logits = compare.tensor(logits, shape=(7 * 32, 6, 6), dtype=torch.float32, what="the logits", zh="logits").detach()
    before, after = logits[:32], logits[32:].reshape(6, 32, 6, 6)
    picture.matrix(
        "influence", (after - before).abs().mean((1, 3)).T, equal=True, x="place that is changed", y="answer",
        en="What your network looks at after 40 steps: how much each answer changes with one token. Who reads"
        " backwards gets the other diagonal.",
        zh="训练 40 步之后你的网络在看哪里：换掉一个词元，各个位置的回答变化多少。倒着读的网络会得到另一条对角线。",
    )  # fmt: skip


@check(
    "train_reverse.example",
    hint="A module comes back that gives V logits for each of the T places, even after a single step.",
    zh="返回的应是一个模块，哪怕只训练一步，也为 T 个位置各给 V 个 logits。",
    weight=0.5,
)
def test_two_sequences_after_one_step(submission: Any, picture: Any) -> None:
    draw_influence(submission, picture)
    model = submission.train_reverse(3, 5, 1, True, torch.Generator().manual_seed(0))
    compare.is_type(model, nn.Module, "what train_reverse returns", "train_reverse 的返回值")
    got = model(torch.tensor([[3, 1, 4], [0, 0, 2]]))
    compare.tensor(got, shape=(2, 3, 5), dtype=torch.float32, what="the logits", zh="logits")
