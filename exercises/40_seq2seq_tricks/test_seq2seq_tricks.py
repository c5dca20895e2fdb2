"""Visible checks of seq2seq-tricks: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "copy_distribution.example",
    hint="Half of (0.5, 0.5, 0) plus half of what attention gives the words 1, 2, 1: (0, 0.5, 0.5).",
    zh="(0.5, 0.5, 0) 的一半，加上注意力分给 1、2、1 这几个词的一半：(0, 0.5, 0.5)。",
    weight=0.5,
)
def test_a_word_that_stands_there_twice(submission: Any) -> None:
    attn, ids = torch.tensor([[0.25, 0.5, 0.25]]), torch.tensor([[1, 2, 1]])
    got = submission.copy_dist(torch.tensor([[0.5, 0.5]]), attn, ids, torch.tensor([[0.5]]), 3)
    compare.same(got, torch.tensor([[0.25, 0.5, 0.25]]))


@check(
    "pointer.example",
    hint="Place 0 was visited. At place 1 the sum is 0, at place 2 it is 1, and tanh(1) = 0.7616.",
    zh="第 0 个位置已经去过。第 1 个位置的和是 0，第 2 个是 1，tanh(1) = 0.7616。",
    weight=0.5,
)
def test_three_places_and_one_visited(submission: Any) -> None:
    mem, W = torch.tensor([[[0.0], [1.0], [2.0]]]), torch.ones(1, 1)
    visited = torch.tensor([[True, False, False]])
    got = submission.pointer_logits(torch.tensor([[-1.0]]), mem, visited, W, W, torch.ones(1))
    compare.same(got, torch.tensor([[-math.inf, 0.0, math.tanh(1.0)]]))


@check(
    "guided_attention_loss.example",
    hint="Off the diagonal the gap is 1/2, and w = 1 - exp(-0.25 / 0.08) = 0.956; two of four places have it.",
    zh="对角线以外差 1/2，w = 1 - exp(-0.25 / 0.08) = 0.956；四个位置中有两个是它。",
    weight=0.5,
)
def test_two_by_two(submission: Any) -> None:
    back = torch.tensor([[[0.0, 1.0], [1.0, 0.0]]])
    got = submission.guided_loss(back)
    compare.same(got, torch.tensor((1 - math.exp(-0.25 / 0.08)) / 2), what="guided_loss", zh="guided_loss")
    got = submission.monotonic_violation(back)
    compare.same(got, torch.tensor(1.0), what="monotonic_violation", zh="monotonic_violation")


@check(
    "guided_attention_loss.picture",
    hint="Attention that is all on one place costs exactly w / (Tq Tk) there: the picture shows your w.",
    zh="若注意力全在一个位置上，代价正好是那里的 w / (Tq Tk)：图中画的就是你的函数所用的 w。",
    weight=0.5,
)
def test_what_straying_costs(submission: Any, picture: Any) -> None:
    Tq, Tk = 6, 12
    costs = torch.zeros(Tq, Tk)
    for i in range(Tq):
        for j in range(Tk):
            A = torch.zeros(1, Tq, Tk)
            A[0, i, j] = 1.0
            costs[i, j] = Tq * Tk * compare.tensor(submission.guided_loss(A), shape=(), dtype=torch.float32).detach()
    picture.matrix(
        "guide",
        costs,
        en="What it costs to look at each input (column) for each output (row): nothing along the diagonal.",
        zh="生成每个输出（行）时看各个输入（列）的代价：沿对角线为零。",
        x="input",
        y="output",
    )
    gap = torch.arange(Tq)[:, None] / Tq - torch.arange(Tk) / Tk
    compare.same(costs, 1 - (-gap.square() / 0.08).exp(), what="the costs", zh="代价")


@check(
    "beam_search.example",
    hint="Greedy says 1 (-0.4), then 2 at best (-1.2): -1.6. Beginning with 0 (-1.1), eos is almost sure (-0.1).",
    zh="贪心先说 1 (-0.4)，之后最好是 2 (-1.2)：-1.6。以 0 开头 (-1.1)，后面几乎必定是 eos (-0.1)。",
    weight=0.5,
)
def test_the_better_beginning_has_the_worse_end(submission: Any) -> None:
    source = "lambda p: {(): [-1.1, -0.4, -9.0], (0,): [-3.0, -3.0, -0.1]}.get(p, [-1.3, -1.4, -1.2])"
    model = submission.build(source)
    for beam, want in ((1, ((1, 2), -1.6)), (2, ((0, 2), -1.2))):
        compare.same(submission.beam_search(model, beam, 2, 2), want, what=f"beam {beam}", zh=f"束宽 {beam}")


@check(
    "bleu.example",
    hint="5 of 6 words, 3 of 5 pairs are right; no word is missing. The root of 5/6 * 3/5 is the root of 1/2.",
    zh="6 个词中对 5 个，5 个词对中对 3 个；长度一样。5/6 * 3/5 的平方根就是 1/2 的平方根。",
    weight=0.5,
)
def test_one_wrong_word(submission: Any) -> None:
    got = submission.bleu(["the", "cat", "lay", "on", "the", "mat"], ["the", "cat", "sat", "on", "the", "mat"], 2)
    compare.number(got, math.sqrt(0.5), what="BLEU", zh="BLEU")


@check(
    "scheduled_sampling.example",
    hint="1 takes all from the first, 0 all from the second. After 25 of 100 steps three quarters are left.",
    zh="1 表示全取第一个，0 表示全取第二个。100 步中过了 25 步，还剩四分之三。",
    weight=0.5,
)
def test_all_nothing_and_three_quarters(submission: Any) -> None:
    true, model = torch.tensor([[1, 2, 3]]), torch.tensor([[4, 5, 6]])
    for p, want in ((1.0, true), (0.0, model)):
        compare.same(submission.choose_inputs(true, model, p, torch.Generator().manual_seed(0)), want)
    compare.number(submission.decay(25, "linear", 100), 0.75, what="linear", zh="linear")
    compare.number(submission.decay(2, "exponential", 0.5), 0.25, what="exponential", zh="exponential")
    compare.number(submission.decay(0, "inverse_sigmoid", 4), 0.8, what="inverse_sigmoid", zh="inverse_sigmoid")
