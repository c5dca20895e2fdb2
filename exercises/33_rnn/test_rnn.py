"""Visible checks of recurrent networks: the worked examples of the README, with every number shown."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn

from autograder.checks import compare
from autograder.checks.marks import check

LN2, LN3 = math.log(2), math.log(3)
ONE, ZERO = torch.ones(1, 1), torch.zeros(1)
FORWARD, BACKWARD = (ONE, 2 * LN2 * ONE, ZERO, ZERO), (ONE, -2 * LN2 * ONE, ZERO, ZERO)
F64 = torch.float64


@check(
    "rnn_forward.example",
    hint="Two steps with pencil and paper: tanh(½ ln 3) = 0.5 first; then the first unit hears 2 ln 2 times that.",
    zh="拿纸笔走两步：先是 tanh(½ ln 3) = 0.5；然后第一个单元听到它的 2 ln 2 倍。",
    weight=0.5,
)
def test_two_units_and_two_steps(submission: Any) -> None:
    w = (torch.tensor([[0.0], [1.0]]), torch.tensor([[0.0, 2 * LN2], [0.0, 0.0]]), torch.zeros(2), torch.zeros(2))
    x = torch.tensor([[[LN3 / 2], [0.0]]])
    outputs, last = compare.items(submission.rnn_forward(x, torch.zeros(1, 2), w), 2)
    compare.same(outputs, torch.tensor([[[0.0, 0.5], [0.6, 0.0]]]), what="the states", zh="各步的状态")
    compare.same(last, torch.tensor([[0.6, 0.0]]), what="the last state", zh="最后的状态")


@check(
    "rnn_forward.example_echo",
    hint="Each unit only listens to itself: what is left of a single knock is tanh of 0.5, 0.9 or 1.2 times the state"
    " before.",
    zh="每个单元只听自己：敲一下之后，每步剩下的是上一步状态的 0.5、0.9 或 1.2 倍再取 tanh。",
    weight=0.5,
)
def test_the_echo_of_a_single_knock(submission: Any, picture: Any) -> None:
    factors = torch.tensor([0.5, 0.9, 1.2])
    knock = torch.zeros(1, 24, 1)
    knock[0, 0] = 1.0
    w = (torch.ones(3, 1), torch.diag(factors), torch.zeros(3), torch.zeros(3))
    outputs, _ = compare.items(submission.rnn_forward(knock, torch.zeros(1, 3), w), 2)
    echo = compare.tensor(outputs, shape=(1, 24, 3), what="the states", zh="各步的状态").detach()[0]
    picture.lines(
        "echo", {f"{factor:.1f}": echo[:, unit] for unit, factor in enumerate(factors.tolist())}, x="step", y="state",
        en="What three units still know of a single knock at step 0. Only weights near 1 remember for long; beyond 1"
        " the unit gets stuck.",
        zh="三个单元对第 0 步那一下敲击还记得多少。只有接近 1 的权重记得久；超过 1，单元就卡住了。",
    )  # fmt: skip
    state, want = torch.ones(3).tanh(), []
    for _ in range(24):
        want.append(state)
        state = torch.tanh(factors * state)
    compare.same(echo, torch.stack(want), what="the echo", zh="回声")


@check(
    "jordan.example",
    hint="The first answer is sigmoid(ln 3) = 0.75, and this number goes back into the network, nothing else.",
    zh="第一个输出是 sigmoid(ln 3) = 0.75，送回网络的就是这个数，没有别的。",
    weight=0.5,
)
def test_two_answers_of_a_jordan_network(submission: Any) -> None:
    w = (ONE, 4 / 3 * LN2 * ONE, ZERO, 5 / 3 * LN3 * ONE, ZERO)
    got = submission.jordan_forward(torch.tensor([[[LN2], [-2 * LN2]]]), torch.zeros(1, 1), w)
    compare.same(got, torch.tensor([[[0.75], [0.25]]]), what="the answers", zh="各步的输出")


@check(
    "bidirectional_rnn.example",
    hint="The backward network reads step 2 first. Its finished state stands at step 1.",
    zh="反向网络先读第 2 步。它读完之后的状态在第 1 步。",
    needs=["rnn_forward.example"],
    weight=0.5,
)
def test_two_steps_from_both_ends(submission: Any) -> None:
    x = torch.full((1, 2, 1), LN3 / 2)
    outputs, h_n = compare.items(submission.birnn_forward(x, FORWARD, BACKWARD), 2)
    compare.same(outputs, torch.tensor([[[1 / 2, -1 / 7], [11 / 13, 1 / 2]]]), what="the outputs", zh="输出")
    compare.same(h_n, torch.tensor([[[11 / 13]], [[-1 / 7]]]), what="h_n", zh="h_n")


@check(
    "bidirectional_rnn.example_padding",
    hint="With one real step the backward network begins there, and h_n is taken there, too. Padding gives zeros. The"
    " numbers here are float64.",
    zh="只有一个真实的步时，反向网络就从那里开始，h_n 也取自那里。填充处输出为零。这里的数是 float64。",
    needs=["rnn_forward.example"],
    weight=0.5,
)
def test_the_second_step_is_only_padding(submission: Any) -> None:
    x = torch.full((1, 2, 1), LN3 / 2, dtype=F64)
    wf, wb = (tuple(value.to(F64) for value in w) for w in (FORWARD, BACKWARD))
    outputs, h_n = compare.items(submission.birnn_forward(x, wf, wb, torch.tensor([1])), 2)
    want = torch.tensor([[[0.5, 0.5], [0.0, 0.0]]], dtype=F64)
    compare.same(outputs, want, rtol=1e-6, atol=1e-6, what="the outputs", zh="输出")
    compare.same(h_n, torch.full((2, 1, 1), 0.5, dtype=F64), rtol=1e-6, atol=1e-6, what="h_n", zh="h_n")


@check(
    "layouts.example",
    hint="Row t of the input holds step t of all sequences; row b of the result holds all steps of sequence b.",
    zh="输入的第 t 行是所有序列的第 t 步；结果的第 b 行是序列 b 的所有步。",
    weight=0.5,
)
def test_three_sequences_of_two_steps(submission: Any) -> None:
    x = torch.tensor([[[1.0], [10.0], [100.0]], [[2.0], [20.0], [200.0]]])
    want = torch.tensor([[[1.0], [2.0]], [[10.0], [20.0]], [[100.0], [200.0]]])
    compare.same(submission.to_batch_first(x), want)


@check(
    "layouts.example_stacked",
    hint="The states 0.5 and 0.6 of the first layer are what the second one reads. The numbers here are float64.",
    zh="第一层的状态 0.5 和 0.6 就是第二层读到的输入。这里的数是 float64。",
    needs=["rnn_forward.example"],
    weight=0.5,
)
def test_two_layers_of_one_unit(submission: Any) -> None:
    x = torch.tensor([[[LN3 / 2], [0.0]]], dtype=F64)
    layers = [tuple(value.to(F64) for value in w) for w in (FORWARD, (ONE, ONE, ZERO, ZERO))]
    first = math.tanh(0.5)
    want = torch.tensor([[[first], [math.tanh(0.6 + first)]]], dtype=F64)
    compare.same(submission.stacked_rnn(x, layers), want, rtol=1e-6, atol=1e-6)


@check(
    "train_tagger.example",
    hint="One row of scores for each word, as many scores as there are tags. The README counts the parameters.",
    zh="每个词一行得分，有几个标签就有几个得分。参数个数 README 里数过。",
    weight=0.5,
)
def test_scores_for_every_word(submission: Any) -> None:
    tagger = compare.is_type(submission.Tagger(10, 4, 5, 3, True), nn.Module, "Tagger", "Tagger")
    X = torch.tensor([[1, 2, 3, 4, 0, 0], [9, 8, 7, 6, 5, 4]])
    compare.tensor(tagger(X), shape=(2, 6, 3), dtype=torch.float32, what="the scores", zh="得分")
    count = sum(values.numel() for values in tagger.params().values())
    compare.equal(count, 183, what="the number of parameters", zh="参数个数")
