"""Visible checks of LSTM: the worked examples of the README, with every number shown."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn

from autograder.checks import compare
from autograder.checks.marks import check

LN2, LN3 = math.log(2), math.log(3)
W = (torch.zeros(4, 1), torch.zeros(4, 1), torch.tensor([0.0, LN3, LN2, -LN3]), torch.zeros(4))
NOTHING = torch.zeros(1, 1)


@check(
    "gate_probe.example",
    hint="The blocks stand in the order i, f, g, o. Three of them go through a sigmoid, one through tanh.",
    zh="四块的次序是 i、f、g、o。三块经过 sigmoid，一块经过 tanh。",
    weight=0.5,
)
def test_gates_with_round_numbers(submission: Any) -> None:
    want = {"i": 0.5, "f": 0.75, "g": 0.6, "o": 0.25}
    got = submission.gates(NOTHING, NOTHING, NOTHING, W)
    compare.same(got, {name: torch.tensor([[value]]) for name, value in want.items()}, what="the gates", zh="各个门")


@check(
    "lstm_cell.example",
    hint="Keep three quarters of the old cell, add half of the candidate; the output gate lets a quarter of tanh out.",
    zh="保留旧细胞的四分之三，加上候选值的一半；输出门放出 tanh 的四分之一。",
    needs=["gate_probe.example"],
    weight=0.5,
)
def test_one_step_with_given_gates(submission: Any) -> None:
    h, c = compare.items(submission.lstm_cell(NOTHING, NOTHING, torch.tensor([[2.0]]), W), 2)
    compare.same(h, torch.tensor([[math.tanh(1.8) / 4]]), what="h'", zh="h'")
    compare.same(c, torch.tensor([[1.8]]), what="c'", zh="c'")


@check(
    "gate_probe.example_hold",
    hint="A cell keeps what it has if nothing gets in and nothing is forgotten.",
    zh="什么都不放进来，什么都不忘掉，细胞就保持原样。",
    weight=0.5,
)
def test_a_cell_that_holds_its_five(submission: Any, picture: Any) -> None:
    w = tuple(torch.full(shape, 0.5) for shape in ((8, 3), (8, 2), (8,), (8,)))
    held = compare.items(submission.hold_memory(w), 4)
    for value, before in zip(held, w, strict=True):
        compare.tensor(value, shape=tuple(before.shape), dtype=torch.float32, what="a weight", zh="权重")
    curves = {}
    for name, weights in (("as they were", w), ("hold_memory", [value.detach() for value in held])):
        c, h, curve = torch.tensor([5.0, -3.0]), torch.zeros(2), []
        for _ in range(30):
            curve.append(c[0].item())
            z = weights[0] @ torch.ones(3) + weights[1] @ h + weights[2] + weights[3]
            i, f, g, o = z.chunk(4)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
        curves[name] = curve
    picture.lines(
        "memory", curves, x="step", y="cell",
        en="A cell that begins with 5, over 30 steps: with the weights as they were, and with yours.",
        zh="一个从 5 开始的细胞走 30 步：原来的权重，以及你改过的权重。",
    )  # fmt: skip
    compare.same(c, torch.tensor([5.0, -3.0]), atol=1e-3, what="the cell after 30 steps", zh="30 步之后的细胞")


@check(
    "lstm.example",
    hint="Each layer keeps an h and a c of its own; `out` holds the h of the last layer at every step.",
    zh="每一层都有自己的 h 和 c；out 里是最后一层每一步的 h。",
    weight=0.5,
)
def test_two_steps_of_one_unit(submission: Any) -> None:
    net = compare.is_type(submission.LSTM(1, 1, 1), nn.Module, "LSTM", "LSTM")
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    out, state = compare.items(net.functional(dict(zip(names, W, strict=True)), torch.zeros(1, 2, 1)), 2)
    h, c = compare.items(state, 2)
    first, second = 0.3, 0.75 * 0.3 + 0.3
    want = torch.tensor([[[math.tanh(first) / 4], [math.tanh(second) / 4]]])
    compare.same(out, want, what="out", zh="out")
    compare.same(h, want[:, 1:], what="h", zh="h")
    compare.same(c, torch.tensor([[[second]]]), what="c", zh="c")


@check(
    "param_formula.example",
    hint="Four blocks of five rows; each row has three weights for x, five for h and two biases.",
    zh="四块，每块五行；每行有三个权重对应 x，五个对应 h，还有两个偏置。",
    weight=0.5,
)
def test_the_weights_of_one_small_layer(submission: Any) -> None:
    compare.equal(submission.lstm_params(3, 5, 1, True), 200, what="the number of weights", zh="参数个数")


@check(
    "train_adding.example",
    hint="A module comes back that reads sequences of any length and says one number for each.",
    zh="返回的应是一个模块，能读任意长度的序列，每个序列给出一个数。",
    weight=0.5,
)
def test_sums_after_one_step(submission: Any) -> None:
    for cell in ("lstm", "rnn"):
        adder = submission.train_adding(4, 1, 3, torch.Generator().manual_seed(0), cell)
        compare.is_type(adder, nn.Module, "what train_adding returns", "train_adding 的返回值")
        compare.tensor(adder(torch.zeros(2, 9, 2)), shape=(2, 1), dtype=torch.float32, what="the sums", zh="和")
