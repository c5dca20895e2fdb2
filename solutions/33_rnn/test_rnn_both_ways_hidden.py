"""Hidden checks of recurrent networks: both directions, and layouts. The cell is always a right one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch
from rnn_reference import F64, H_N, OUTPUTS, STATES, both_ways, elman, some_lengths, some_weights, torch_rnn
from rnn_reference import with_right_cell as right
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

Case = tuple[Tensor, tuple[Tensor, ...], tuple[Tensor, ...]]


def case(draw: Draw, number: int) -> Case:
    B, T, D, H = draw.sizes(4, 2, 7)
    dtype = float_type(number)
    x = draw.layout(draw.randn(B, T, D, dtype=dtype), number)
    return x, some_weights(draw, D, H, dtype), some_weights(draw, D, H, dtype)


def of(got: Any, place: int) -> Any:
    return compare.items(got, 2, tuple)[place]


# bidirectional_rnn --------------------------------------------------------------------------------------------------


@check(
    "bidirectional_rnn.value",
    hint="The backward states are made from last to first. At which step does each of them belong in the result?",
    zh="反向的状态是从后往前算出来的。在结果里，每一个各属于哪一步？",
)
def test_both_directions_of_random_sequences(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for number in range(16):
        x, wf, wb = case(draw, number)
        start = x.new_zeros(2, len(x), wf[1].shape[0])
        compare.same(of(submission.birnn_forward(x, wf, wb), 0), torch_rnn([wf, wb], x, start, both=True)[0], **OUTPUTS)
    full = torch.full((len(x),), x.shape[1])
    compare.same(of(submission.birnn_forward(x, wf, wb, full), 0), both_ways(x, wf, wb, full)[0], **OUTPUTS)
    one = x[:1, :1]
    want, _ = both_ways(one, wf, wb, torch.ones(1, dtype=torch.int64))
    compare.same(of(submission.birnn_forward(one, wf, wb), 0), want, **OUTPUTS)


@check(
    "bidirectional_rnn.h_n",
    hint="h_n holds the states that have read everything. At which step does each of the two networks finish?",
    zh="h_n 里是读完全部之后的状态。两个网络各在哪一步读完？",
)
def test_the_states_that_have_seen_everything(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for number in range(8):
        x, wf, wb = case(draw, number)
        start = x.new_zeros(2, len(x), wf[1].shape[0])
        compare.same(of(submission.birnn_forward(x, wf, wb), 1), torch_rnn([wf, wb], x, start, both=True)[1], **H_N)


@check(
    "bidirectional_rnn.lengths",
    hint="A short sequence ends early. From where must the backward network start, and what may it never see?",
    zh="短序列早早结束。反向网络应当从哪里开始？它绝不能看到什么？",
    needs=["bidirectional_rnn.value"],
)
def test_padding_leaves_no_trace(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for number in range(10):
        x, wf, wb = case(draw, number)
        B, T, _ = x.shape
        lengths = some_lengths(draw, B, T)
        real = torch.arange(T)[:, None] < lengths[:, None, None]
        for given in (x, torch.where(real, x, 50 * draw.randn(*x.shape, dtype=x.dtype))):
            want = both_ways(x, wf, wb, lengths)
            compare.same(of(submission.birnn_forward(given, wf, wb, lengths), 0), want[0], **OUTPUTS)


@check(
    "bidirectional_rnn.lengths_h_n",
    hint="The forward network stops at the last word of each sequence, which need not be the last step of the batch.",
    zh="正向网络停在每个序列自己的最后一个词，那不一定是整批的最后一步。",
    needs=["bidirectional_rnn.h_n"],
)
def test_h_n_of_sequences_of_different_lengths(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for number in range(8):
        x, wf, wb = case(draw, number)
        lengths = some_lengths(draw, *x.shape[:2])
        got = submission.birnn_forward(x, wf, wb, lengths)
        compare.same(of(got, 1), both_ways(x, wf, wb, lengths)[1], **H_N)


@check(
    "bidirectional_rnn.gradient",
    hint="Both networks learn, and the inputs get gradients from both ends; padding gets none.",
    zh="两个网络都要学习，输入从两端得到梯度；填充处没有梯度。",
    needs=["bidirectional_rnn.value", "bidirectional_rnn.lengths"],
)
def test_gradients_from_both_ends(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    lengths = torch.tensor([2, 4, 1])

    def make(child: Draw) -> tuple[Tensor, ...]:
        return child.randn(3, 4, 2), *some_weights(child, 2, 3), *some_weights(child, 2, 3)

    def part(fn: Any, place: int) -> Any:
        return lambda x, *w: of(fn(x, w[:4], w[4:], lengths), place)

    for place in (0, 1):
        child = draw.child(f"{place}")
        gradients.match(part(submission.birnn_forward, place), part(both_ways, place), make, child, draws=2)


@check(
    "bidirectional_rnn.inputs_unchanged",
    hint="The sequences, the weights and the lengths belong to the caller.",
    zh="序列、权重和长度都是调用者的。",
    needs=["bidirectional_rnn.h_n"],
    weight=0.5,
)
def test_arguments_of_both_directions_stay_as_they_are(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    x, wf, wb = case(draw, 0)
    lengths = some_lengths(draw, *x.shape[:2])
    seen = submission.observe("birnn_forward", x, wf, wb, lengths)
    compare.same(of(seen.result, 1), both_ways(x, wf, wb, lengths)[1], **H_N)
    for before, after, name in zip((x, wf, wb, lengths), seen.args, ("x", "wf", "wb", "lengths"), strict=True):
        compare.unchanged(before, after, name)


@check(
    "bidirectional_rnn.vectorised",
    hint="Sequences of different lengths can still walk side by side: gather each one's steps by index.",
    zh="长度不同的序列也可以一起向前走：按下标取出各自的那一步即可。",
    needs=["bidirectional_rnn.lengths"],
    weight=0.5,
)
def test_no_loop_over_sequences_of_different_lengths(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    wf, wb = some_weights(draw, 3, 4), some_weights(draw, 3, 4)

    def count(B: int) -> Any:
        x, lengths = draw.randn(B, 5, 3), some_lengths(draw, B, 5)
        seen = submission.observe("birnn_forward", x, wf, wb, lengths)
        compare.same(of(seen.result, 0), both_ways(x, wf, wb, lengths)[0], **OUTPUTS)
        return seen.op_count

    source_rules.vectorised(count(3), count(12))


# layouts ------------------------------------------------------------------------------------------------------------


@check(
    "layouts.transpose_not_reshape",
    hint="A reshape keeps the order in memory, so it deals out the steps to the wrong sequences. Two dimensions have to"
    " change places.",
    zh="reshape 保持内存里的次序，会把各步分给错误的序列。需要交换的是两个维度。",
)
def test_the_batch_comes_first(submission: Any, draw: Draw) -> None:
    for number in range(12):
        T, B, D = draw.sizes(3, 1, 7)
        B = T if number % 3 == 1 else B
        x = draw.layout(draw.randn(T, B, D, dtype=float_type(number)), number)
        compare.same(submission.to_batch_first(x), torch.stack(list(x.unbind(1))))
    for shape in ((0, 3, 2), (3, 0, 2)):
        x = torch.zeros(shape, dtype=F64)
        compare.same(submission.to_batch_first(x), x.reshape(shape[1], shape[0], 2))
    compare.same(submission.to_batch_first(x := draw.integers(0, 9, 4, 3, 2)), torch.stack(list(x.unbind(1))))


@check(
    "layouts.contiguity_free",
    hint="view needs numbers that lie in memory one after the other. After a transpose they don't.",
    zh="view 要求各数在内存中依次相连；转置之后就不是这样了。",
)
def test_a_later_view_works(submission: Any, draw: Draw) -> None:
    T, B, D = draw.sizes(3, 2, 6)
    for number in range(4):
        x = draw.layout(draw.randn(T, B, D), number)
        dense = submission.build("bool(student.to_batch_first(x).is_contiguous())", x=x)
        compare.require(
            dense is True,
            "the result is not contiguous, so a later view of it would fail.",
            "结果在内存中不是连续的，之后对它用 view 会报错。",
        )
        got = submission.build("student.to_batch_first(x).view(n, -1)", x=x, n=B * T)
        compare.same(got, x.transpose(0, 1).reshape(B * T, D), what="a view of the result", zh="结果的 view")


@check(
    "layouts.two_layers",
    hint="The second layer reads the states of the first, all of them, and starts from zeros itself.",
    zh="第二层读的是第一层的全部状态，它自己也从零开始。",
)
def test_two_layers_on_top_of_each_other(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for number in range(8):
        x, _, _ = case(draw, number)
        D, H, depth = x.shape[2], draw.size(2, 6), 1 + number % 3
        layers = [some_weights(draw, H if layer else D, H, x.dtype) for layer in range(depth)]
        want, _ = torch_rnn(layers, x, x.new_zeros(depth, len(x), H))
        compare.same(submission.stacked_rnn(x, layers), want, **STATES)


@check(
    "layouts.layers_of_different_widths",
    hint="Each layer has its own width: that of its own weights.",
    zh="每一层有自己的宽度，由它自己的权重决定。",
)
def test_layers_of_different_widths(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    B, T, *widths = draw.sizes(6, 1, 8)

    def make(child: Draw) -> tuple[Tensor, ...]:
        weights = [w for low, high in pairwise(widths) for w in some_weights(child, low, high)]
        return child.randn(B, T, widths[0]), *weights

    def grouped(w: tuple[Tensor, ...]) -> list[tuple[Tensor, ...]]:
        return [w[place : place + 4] for place in range(0, len(w), 4)]

    def reference(x: Tensor, *w: Tensor) -> Tensor:
        for layer in grouped(w):
            x = elman(x, x.new_zeros(len(x), layer[1].shape[0]), layer)[0]
        return x

    gradients.match(lambda x, *w: submission.stacked_rnn(x, grouped(w)), reference, make, draw, draws=2)
