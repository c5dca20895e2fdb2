"""Hidden checks of recurrent networks: the Elman cell over time, and Jordan's feedback."""

from __future__ import annotations

from typing import Any

import torch
from rnn_reference import F64, LAST, READY_MADE, STATES, elman, jordan, jordan_weights, some_weights, torch_rnn
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

ANSWERS = {"what": "the answers", "zh": "各步的输出"}


def case(draw: Draw, number: int) -> tuple[Tensor, Tensor, tuple[Tensor, ...]]:
    """x, h0 and weights of different sizes, in all layouts and float types in turn."""
    B, T, D, H = draw.sizes(4, 2, 7)
    dtype = float_type(number)
    w = some_weights(draw, D, H, dtype)
    x, h0 = draw.randn(B, T, D, dtype=dtype), draw.randn(B, H, dtype=dtype)
    weights = tuple(draw.layout(value, number % 3) for value in w)
    return draw.layout(x, number), draw.layout(h0, number + 1), weights


def same(got: Any, want: tuple[Tensor, Tensor]) -> None:
    outputs, last = compare.items(got, 2, tuple)
    compare.same(outputs, want[0], **STATES)
    compare.same(last, want[1], **LAST)


# rnn_forward --------------------------------------------------------------------------------------------------------


@check(
    "rnn_forward.value",
    hint="tanh of four terms: the word and the state before, each through its own matrix, and two biases. A linear"
    " layer multiplies by its weight transposed.",
    zh="tanh 里有四项：当前输入和上一步的状态各乘自己的矩阵，再加两个偏置。线性层乘的是权重的转置。",
)
def test_all_states_of_random_sequences(submission: Any, draw: Draw) -> None:
    for number in range(20):
        x, h0, w = case(draw, number)
        outputs, last = torch_rnn([w], x, h0[None].contiguous())
        same(submission.rnn_forward(x, h0, w), (outputs, last[0]))


@check(
    "rnn_forward.square_B_eq_T",
    hint="If there are as many sequences as steps, no shape complains. Does your loop really walk along the time?",
    zh="序列个数与步数相同时，形状不会报错。你的循环真的是沿时间走的吗？",
)
def test_when_all_sizes_are_equal(submission: Any, draw: Draw) -> None:
    for size in (2, 3, 5):
        w = some_weights(draw, size, size)
        x, h0 = draw.randn(size, size, size), draw.randn(size, size)
        same(submission.rnn_forward(x, h0, w), elman(x, h0, w))


@check(
    "rnn_forward.h0_used",
    hint="The first step has a state before it, too: the one that was given.",
    zh="第一步之前也有一个状态：就是传入的那个。",
)
def test_another_start_gives_other_states(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        B, T, D, H = draw.sizes(4, 2, 6)
        w, x = some_weights(draw, D, H), draw.randn(B, T, D)
        for h0 in (3 * draw.randn(B, H), torch.zeros(B, H, dtype=F64)):
            same(submission.rnn_forward(x, h0, w), elman(x, h0, w))


@check(
    "rnn_forward.causal",
    hint="A state knows the steps up to its own. Whatever comes later can't have changed it.",
    zh="一个状态只知道到自己为止的各步。后来的输入不可能影响它。",
)
def test_what_comes_later_changes_nothing(submission: Any, draw: Draw) -> None:
    B, T, D, H = 3, 7, 2, 4
    w, x, h0 = some_weights(draw, D, H), draw.randn(B, T, D), draw.randn(B, H)
    for cut in (1, 4, 6):
        other = torch.cat([x[:, :cut], 5 * draw.randn(B, T - cut, D)], 1)
        outputs, _ = compare.items(submission.rnn_forward(other, h0, w), 2, tuple)
        got = compare.tensor(outputs, shape=(B, T, H), dtype=F64, **STATES)
        compare.same(got[:, :cut], elman(x, h0, w)[0][:, :cut], what="the states before a change", zh="改动之前的状态")
        compare.same(got, elman(other, h0, w)[0], **STATES)


@check(
    "rnn_forward.T1",
    hint="A sequence may have a single step; the result keeps all its dimensions.",
    zh="序列可以只有一步；结果的各维都要保留。",
)
def test_a_single_step(submission: Any, draw: Draw) -> None:
    for B, D, H in ((4, 3, 2), (1, 5, 3), (1, 1, 1)):
        w, x, h0 = some_weights(draw, D, H), draw.randn(B, 1, D), draw.randn(B, H)
        same(submission.rnn_forward(x, h0, w), elman(x, h0, w))


@check(
    "rnn_forward.empty_batch",
    hint="No sequences in, no sequences out: with the right shapes.",
    zh="没有序列进来，就没有序列出去，但形状要对。",
    weight=0.5,
)
def test_a_batch_without_sequences(submission: Any, draw: Draw) -> None:
    w, x, h0 = some_weights(draw, 3, 4), draw.randn(0, 5, 3), draw.randn(0, 4)
    same(submission.rnn_forward(x, h0, w), (torch.zeros(0, 5, 4, dtype=F64), torch.zeros(0, 4, dtype=F64)))


@check(
    "rnn_forward.gradient",
    hint="The gradient travels back through every step, to the inputs, the start and all four weights. What is cut off"
    " somewhere?",
    zh="梯度要穿过每一步，传到输入、初始状态和全部四个权重。是不是在哪里被切断了？",
    needs=["rnn_forward.value"],
)
def test_gradients_through_time(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Tensor, ...]:
        return child.randn(3, 5, 2), child.randn(3, 4), *some_weights(child, 2, 4)

    def of(fn: Any, place: int) -> Any:
        return lambda x, h0, *w: compare.items(fn(x, h0, w), 2, tuple)[place]

    for place in (0, 1):
        gradients.match(of(submission.rnn_forward, place), of(elman, place), make, draw.child(f"{place}"), draws=2)


@check(
    "rnn_forward.inputs_unchanged",
    hint="x, h0 and the weights belong to the caller: make new states instead of writing into old ones.",
    zh="x、h0 和权重都是调用者的：请生成新的状态，不要改写旧的。",
    needs=["rnn_forward.example"],
    weight=0.5,
)
def test_the_arguments_stay_as_they_are(submission: Any, draw: Draw) -> None:
    w, x, h0 = some_weights(draw, 3, 4), draw.randn(2, 5, 3), draw.randn(2, 4)
    seen = submission.observe("rnn_forward", x, h0, w)
    same(seen.result, elman(x, h0, w))
    for before, after, name in zip((x, h0, w), seen.args, ("x", "h0", "w"), strict=True):
        compare.unchanged(before, after, name)


@check(
    "rnn_forward.vectorised",
    hint="Only time needs a loop. One matrix product takes all sequences of a batch one step further.",
    zh="只有时间需要循环。一次矩阵乘法就能让整批序列都前进一步。",
    needs=["rnn_forward.example"],
    weight=0.5,
)
def test_no_loop_over_the_sequences(submission: Any, draw: Draw) -> None:
    w = some_weights(draw, 3, 4)

    def count(B: int) -> Any:
        x, h0 = draw.randn(B, 5, 3), draw.randn(B, 4)
        seen = submission.observe("rnn_forward", x, h0, w)
        same(seen.result, elman(x, h0, w))
        return seen.op_count

    source_rules.vectorised(count(2), count(9))


@check(
    "rnn_forward.no_builtin",
    hint="A loop, two matrix products and a tanh. The ready-made network is what you are building.",
    zh="一个循环、两次矩阵乘法和一个 tanh。现成的网络正是你要实现的东西。",
    needs=["rnn_forward.example"],
    weight=2.0,
)
def test_the_network_is_built_from_scratch(submission: Any) -> None:
    for within in ("rnn_forward", "jordan_forward", "birnn_forward", "stacked_rnn"):
        source_rules.forbid_names(submission.source, READY_MADE, within=within)


# jordan -------------------------------------------------------------------------------------------------------------


def jordan_case(draw: Draw, number: int, *, equal: bool = False) -> tuple[Tensor, Tensor, tuple[Tensor, ...]]:
    B, T, D, H, out = draw.sizes(5, 2, 7)
    out = H if equal else out
    dtype = float_type(number)
    w = jordan_weights(draw, D, H, out, dtype)
    x = draw.layout(draw.randn(B, T, D, dtype=dtype), number)
    return x, draw.layout(draw.uniform(0, 1, B, out, dtype=dtype), number + 1), w


@check(
    "jordan.value",
    hint="Hidden layer, answer, and the answer goes into the next hidden layer. Which matrix belongs to which?",
    zh="隐藏层、输出，输出再进入下一步的隐藏层。哪个矩阵用在哪里？",
)
def test_answers_of_random_sequences(submission: Any, draw: Draw) -> None:
    for number in range(20):
        x, y0, w = jordan_case(draw, number)
        compare.same(submission.jordan_forward(x, y0, w), jordan(x, y0, w), **ANSWERS)
    x, y0, w = jordan_case(draw, 0)
    compare.same(submission.jordan_forward(x[:, :1], y0, w), jordan(x[:, :1], y0, w), **ANSWERS)


@check(
    "jordan.feedback_is_output",
    hint="Elman hands on the hidden state, Jordan the answer. With equal sizes both run; only one is asked for.",
    zh="Elman 传下去的是隐藏状态，Jordan 传下去的是输出。大小相同时两种都能运行，这里只要其中一种。",
)
def test_hidden_states_are_not_handed_on(submission: Any, draw: Draw) -> None:
    for number in range(6):
        x, y0, w = jordan_case(draw, number, equal=True)
        compare.same(submission.jordan_forward(x, y0, w), jordan(x, y0, w), **ANSWERS)
    # the answer is always 1/2, so that nothing at all is remembered: equal steps then have equal answers
    forgetful = (*w[:3], w[3] * 0, w[4] * 0)
    half = torch.full((*x.shape[:2], w[4].shape[0]), 0.5, dtype=x.dtype)
    compare.same(submission.jordan_forward(x, y0, forgetful), half, **ANSWERS)


@check(
    "jordan.readout_activation",
    hint="What goes back is what came out: after the sigmoid, between 0 and 1.",
    zh="反馈回去的正是输出的那个数：经过 sigmoid，在 0 与 1 之间。",
)
def test_what_is_fed_back_lies_between_zero_and_one(submission: Any, draw: Draw) -> None:
    for number in range(4):
        x, y0, w = jordan_case(draw, 3 * number)
        loud = (*w[:3], 4 * w[3], 4 * w[4])
        compare.same(submission.jordan_forward(x, y0, loud), jordan(x, y0, loud), **ANSWERS)


@check(
    "jordan.y0_used",
    hint="Before the first answer there is one that was given.",
    zh="第一个输出之前还有一个给定的输出。",
)
def test_the_given_answer_counts(submission: Any, draw: Draw) -> None:
    x, y0, w = jordan_case(draw, 0)
    for start in (y0, 3 * draw.randn(*y0.shape), 0 * y0):
        compare.same(submission.jordan_forward(x, start, w), jordan(x, start, w), **ANSWERS)


@check(
    "jordan.gradient",
    hint="The gradient goes back through the answers that were fed in, step by step, to everything that was given.",
    zh="梯度要穿过每一步反馈回去的输出，一直传到所有传入的量。",
    needs=["jordan.value"],
)
def test_gradients_through_the_answers(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Tensor, ...]:
        return child.randn(3, 4, 2), child.uniform(0, 1, 3, 3), *jordan_weights(child, 2, 5, 3)

    gradients.match(lambda x, y, *w: submission.jordan_forward(x, y, w), lambda x, y, *w: jordan(x, y, w), make, draw)
    x, y0, w = jordan_case(draw, 0)
    seen = submission.observe("jordan_forward", x, y0, w)
    compare.tensor(seen.result, shape=(*x.shape[:2], y0.shape[1]))
    for before, after, name in zip((x, y0, w), seen.args, ("x", "y0", "weights"), strict=True):
        compare.unchanged(before, after, name)
