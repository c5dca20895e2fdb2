"""Visible checks of the language model: the worked examples of the README, with every number shown."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn

from autograder.checks import compare
from autograder.checks.marks import check

SAYS_NOTHING = """
class SaysNothing(nn.Module):
    def __init__(self):
        super().__init__()
        self.score = nn.Parameter(torch.zeros(3))

    def forward(self, x, state=None):
        state = torch.zeros(len(x)) if state is None else state
        return self.score + 0 * state[:, None, None].expand(*x.shape, 3), state + self.score.sum()

SaysNothing()
"""


@check(
    "bptt.example",
    hint="Forward: h = 0.5 and o = 1. Backward: 2 at the output, 2 · 2 · (1 - 0.25) = 3 inside the tanh.",
    zh="前向：h = 0.5，o = 1。反向：输出处是 2，tanh 里面是 2 · 2 · (1 - 0.25) = 3。",
    weight=0.5,
)
def test_one_step_back_by_hand(submission: Any) -> None:
    one = torch.ones(1, 1)
    w = {"W_ih": one, "W_hh": one, "b_h": torch.zeros(1), "W_hy": 2 * one, "b_y": torch.zeros(1)}
    got = submission.rnn_bptt(torch.full((1, 1, 1), math.log(3) / 2), torch.zeros(1, 1, 1), w)
    want = {"W_ih": 1.5 * math.log(3) * one, "W_hh": 0 * one, "W_hy": one}
    want |= {"b_h": torch.tensor([3.0]), "b_y": torch.tensor([2.0])}
    compare.same(got, want, what="the gradients", zh="梯度")


READS = """
class Reads(nn.Module):
    def __init__(self, V):
        super().__init__()
        self.embed, self.gru, self.out = nn.Embedding(V, 16), nn.GRU(16, 16, batch_first=True), nn.Linear(16, V)

    def forward(self, x, state=None):
        states, state = self.gru(self.embed(x), state)
        return self.out(states), state

torch.manual_seed(0)
Reads(V)
"""


def draw_learning(submission: Any, picture: Any) -> None:
    """The loss of a small network that reads one sentence again and again, cut into short and into long pieces."""
    sentence = "she sells sea shells by the sea shore. "
    letters = sorted(set(sentence))
    text = torch.tensor([letters.index(letter) for letter in sentence * 5])
    rows = torch.stack([text[start : start + 145] for start in range(0, 40, 5)])
    curves = {}
    for k in (4, 16):
        model = submission.build(READS, V=len(letters))
        opt = submission.build("torch.optim.Adam(model.parameters(), lr=0.03)", model=model)
        losses = submission.truncated_steps(model, rows[:, :-1], rows[:, 1:], k, opt)
        losses = compare.items(losses, 144 // k, list, "the losses", "损失")
        curves[f"pieces of {k}"] = (torch.arange(0, 144, k), losses)
    picture.lines(
        "learning-curve", curves, x="characters read", y="loss",
        en="The loss of each of your pieces, while a network reads one sentence over and over. Short pieces make more"
        " steps of the optimiser, and the state that is carried remembers the rest.",
        zh="一个网络反复读同一句话时，你的每一段的损失。段短，优化器走的步数就多；其余的由传下去的状态记住。",
    )  # fmt: skip


@check(
    "truncated.example",
    hint="Seven steps in pieces of three: two full pieces and a short one. With lr=0 nothing changes: ln 3 each time.",
    zh="七步，每段三步：两个整段加一个短段。lr=0 时什么也不学：每次都是 ln 3。",
    weight=0.5,
)
def test_three_pieces_of_seven_steps(submission: Any, picture: Any) -> None:
    draw_learning(submission, picture)
    model = submission.build(SAYS_NOTHING)
    opt = submission.build("torch.optim.SGD(model.parameters(), lr=0.0)", model=model)
    x = torch.zeros(2, 7, dtype=torch.int64)
    losses = compare.items(submission.truncated_steps(model, x, x + 1, 3, opt), 3, list, "the losses", "损失")
    for loss in losses:
        compare.number(loss, math.log(3), 1e-5, what="a loss", zh="损失")


@check(
    "clip_global_norm.example",
    hint="The norm of 3 and 4 together is 5. All of them become a fifth.",
    zh="3 和 4 合起来的范数是 5，全部变成五分之一。",
    weight=0.5,
)
def test_three_and_four_make_five(submission: Any) -> None:
    seen = submission.observe("clip_grad_norm_", [torch.tensor([3.0]), None, torch.tensor([[4.0]])], 1.0)
    compare.same(seen.result, torch.tensor(5.0), what="the norm before", zh="裁剪前的范数")
    want = [torch.tensor([0.6]), None, torch.tensor([[0.8]])]
    compare.same(seen.args[0], want, what="the gradients after", zh="裁剪后的梯度")


@check(
    "perplexity.example",
    hint="The right characters had probabilities 1/2 and 1/8: on average, that is one in four.",
    zh="正确字符的概率分别是 1/2 和 1/8：平均起来是四选一。",
    weight=0.5,
)
def test_wavering_among_four(submission: Any) -> None:
    logits = torch.tensor([[[1 / 2, 1 / 4, 1 / 4], [1 / 8, 3 / 8, 1 / 2]]]).log()
    compare.number(submission.perplexity(logits, torch.tensor([[0, 0]])), 4.0, 1e-5, what="the result", zh="结果")


@check(
    "char_lm.example",
    hint="Two rows of five: 0 to 4 and 5 to 9. Two columns at a time; the fifth is left over.",
    zh="两行，每行五个：0 到 4，5 到 9。每次两列；第五列剩下不用。",
    weight=0.5,
)
def test_twelve_characters_in_two_rows(submission: Any) -> None:
    got = submission.build("[tuple(pair) for pair in student.batches(torch.arange(12), 2, 2)]")
    want = [([[0, 1], [5, 6]], [[1, 2], [6, 7]]), ([[2, 3], [7, 8]], [[3, 4], [8, 9]])]
    want = [tuple(torch.tensor(part) for part in pair) for pair in want]
    compare.same(got, want, what="the batches", zh="各个批量")


@check(
    "char_lm.example_model",
    hint="One row of logits for each character, and a state that the next call begins with.",
    zh="每个字符一行 logits，还有一个状态，下一次调用从它开始。",
    weight=0.5,
)
def test_a_model_and_what_it_writes(submission: Any) -> None:
    model = compare.is_type(submission.CharLM(5, 4, 6), nn.Module, "CharLM", "CharLM")
    got = submission.build("model(torch.zeros(2, 7, dtype=torch.int64), None)[0]", model=model)
    compare.tensor(got, shape=(2, 7, 5), dtype=torch.float32, what="the logits", zh="logits")
    written = submission.sample(model, torch.tensor([0, 1]), 8, 1.0, torch.Generator().manual_seed(0))
    compare.tensor(written, shape=(8,), dtype=torch.int64, what="what it writes", zh="写出的字符")
