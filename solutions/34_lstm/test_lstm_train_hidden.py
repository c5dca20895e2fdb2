"""Hidden checks of LSTM: the network that adds two numbers."""

from __future__ import annotations

from typing import Any

import torch
from lstm_reference import F32, sums
from torch import Tensor, nn

from autograder.checks import compare, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

LENGTH, LONGER, STEPS, HIDDEN, TESTED = 12, 14, 300, 32, 1000
FAR = 20  # for the plain network
MADE = """
torch.manual_seed(noise)
student.train_adding(T, steps, hidden, torch.Generator().manual_seed(seed), cell)
"""
SUMS = {"what": "the sums", "zh": "和"}


def trained(submission: Any, draw: Draw, steps: int, seed: int, cell: str = "lstm", T: int = LENGTH) -> Any:
    values = {"T": T, "steps": steps, "hidden": HIDDEN, "seed": seed, "cell": cell, "noise": draw.new_seed()}
    model = submission.build(MADE, **values)
    return compare.is_type(model, nn.Module, "what train_adding returns", "train_adding 的返回值")


def asked(submission: Any, model: Any, x: Tensor) -> Tensor:
    got = submission.build("model.eval()\nwith torch.no_grad():\n    z = model(x)\nz", model=model, x=x)
    return compare.finite(compare.tensor(got, shape=(len(x), 1), dtype=F32, **SUMS), **SUMS).detach()


def error(submission: Any, draw: Draw, model: Any, T: int) -> float:
    x, y = sums(draw, TESTED, T)
    return (asked(submission, model, x) - y).square().mean().item()


@check(
    "train_adding.each_row_by_itself",
    hint="Each sequence is added by itself, whatever its length. Which dimension does your layer take for the time?",
    zh="每个序列各算各的和，多长都行。你的循环层把哪一维当作时间？",
)
def test_sequences_do_not_mix(fresh_submission: Any, draw: Draw) -> None:
    submission = fresh_submission()
    for cell in ("lstm", "rnn"):
        model = trained(submission, draw, 1, draw.new_seed() % 2**31, cell, 6)
        for B, T in ((5, 4), (3, 9), (4, 4), (2, 1)):
            x = draw.uniform(0, 1, B, T, 2, dtype=F32)
            together = asked(submission, model, x)
            alone = asked(submission, model, x[1:2])
            compare.same(alone, together[1:2], what="the sum of one row", zh="单独一行的和")
            other = x.clone()
            other[0, 0] += 1
            moved = asked(submission, model, other)
            compare.require(
                bool((moved[0] != together[0]).all()) or T > 6,
                "the first step of a sequence leaves no trace in its sum.",
                "序列的第一步对结果没有任何影响。",
            )


@check(
    "train_adding.generator_only",
    hint="All chance comes from the generator, that of the starting weights as well.",
    zh="所有随机性都来自 generator，初始权重也不例外。",
)
def test_the_same_generator_gives_the_same_network(fresh_submission: Any, draw: Draw) -> None:
    submission, (x, _) = fresh_submission(), sums(draw, 5, 8)
    seed = draw.new_seed() % 2**31
    for steps in (0, 3):
        states = (seed, seed, seed + 1, seed + 2)  # three different ones, so that two possible starts are too few
        runs = [asked(submission, trained(submission, draw, steps, state, T=8), x) for state in states]
        compare.same(runs[1], runs[0], rtol=0, atol=0, what="the sums of a second run", zh="第二次训练的和")
        compare.require(
            not any(torch.equal(runs[one], runs[other]) for one, other in ((0, 2), (0, 3), (2, 3))),
            "another generator gives exactly the same network.",
            "换一个 generator 得到了完全相同的网络。",
        )


COUNTED = """
real, counts = student.adding_batch, []

def counted(count, T, generator):
    counts.append(count)
    return real(count, T, generator)

student.adding_batch = counted
try:
    student.train_adding(5, steps, 3, torch.Generator().manual_seed(1))
finally:
    student.adding_batch = real
sum(counts)
"""


@check(
    "train_adding.steps",
    hint="As many steps as were asked for, neither one more nor one less, each on at most 64 examples of length T. With"
    " 0 steps the network comes back as it starts.",
    zh="要求几步就走几步，不多也不少，每步最多 64 个长度为 T 的样本。0 步时，网络以初始的样子返回。",
    weight=0.5,
)
def test_as_many_steps_as_were_asked_for(fresh_submission: Any, draw: Draw) -> None:
    submission, (x, _) = fresh_submission(), sums(draw, 5, 8)
    seed = draw.new_seed() % 2**31
    for steps in (0, 1):  # what it has learned from shows in the network, what it has not cannot
        one, other = (asked(submission, trained(submission, draw, steps, seed, T=T), x) for T in (6, 9))
        compare.require(
            torch.equal(one, other) == (steps == 0),
            "without a step the network should be as it starts, and one step should change it.",
            "一步不走，网络应当是初始的样子；走一步，它就应当改变。",
        )
    for steps in (1, 4):
        examples = compare.is_type(submission.build(COUNTED, steps=steps), int, "the number of examples", "样本个数")
        compare.require(examples <= 64 * steps, "a step has more than 64 examples.", "一步用了超过 64 个样本。")


@check(
    "train_adding.lstm_mse",
    hint="The first number has to be carried over many steps. What state do the forget gates start in, is every step"
    " made, on fresh examples, and is it really the LSTM?",
    zh="第一个数要带着走很多步。遗忘门一开始处于什么状态？每一步都训练了吗，用的是新样本吗，真的是 LSTM 吗？",
    needs=["train_adding.each_row_by_itself"],
    weight=2.0,
    cpu_s=20.0,
    wall_s=120.0,
)
def test_the_lstm_adds(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    submission = fresh_submission()

    def run(seed: int) -> float:
        model, child = trained(submission, draw, STEPS, seed), draw.child(str(seed))
        mse, longer = error(submission, child, model, LENGTH), error(submission, child.child("longer"), model, LONGER)
        record_property("mse", mse)
        record_property("mse_longer", longer)
        training.at_most(longer, 0.08, "the mean squared error on longer sequences", "较长序列上的均方误差")
        return training.at_most(mse, 0.04, "the mean squared error", "均方误差")

    training.two_of_three(run, draw)


@check(
    "train_adding.rnn_fails",
    hint='A plain network can\'t carry a number that far. Does cell="rnn" reach the network, and is it trained, too?',
    zh='普通循环网络带不了那么远。cell="rnn" 真的用上了吗？它也训练了吗？',
    needs=["train_adding.lstm_mse"],
    cpu_s=20.0,
    wall_s=120.0,
)
def test_the_plain_network_does_not(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    submission = fresh_submission()

    def run(seed: int) -> float:
        child = draw.child(str(seed))
        before = error(submission, child, trained(submission, draw, 0, seed, "rnn", FAR), FAR)
        mse = error(submission, child, trained(submission, draw, STEPS, seed, "rnn", FAR), FAR)
        record_property("mse_rnn", mse)
        training.at_least(before - mse, 0.05, "the gain of training", "训练带来的改善")
        return training.at_least(mse, 0.08, "the mean squared error of the plain network", "普通网络的均方误差")

    training.two_of_three(run, draw)
