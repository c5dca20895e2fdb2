"""Hidden checks of tensor-basics: sequences of different lengths in one tensor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FLOATS = (torch.float64, torch.float32)


def sequences(draw: Draw, lengths: Sequence[int], dtype: torch.dtype = torch.float32) -> list[Tensor]:
    width = draw.size(2, 6)
    return [draw.randn(length, width, dtype=dtype) for length in lengths]


def box(xs: list[Tensor], pad: float) -> Tensor:
    batch = torch.full((len(xs), max(map(len, xs)), xs[0].shape[1]), pad, dtype=xs[0].dtype)
    for b, x in enumerate(xs):
        batch[b, : len(x)] = x
    return batch


def batchified(submission: Any, xs: list[Tensor], *pad: float) -> list[Any]:
    """What the student returned for batch and lengths."""
    return compare.items(submission.batchify(xs, *pad), 2)


@check(
    "batchify.value",
    hint="Each sequence begins at step 0 of its own row, in the order of the list, pad behind it. A zero may be data.",
    zh="每个序列都从自己那一行的第 0 步开始，次序与列表一致；pad 跟在后面。数据里的 0 仍是数据。",
)
def test_sequences_first_then_pad(submission: Any, draw: Draw) -> None:
    for case in range(20):
        xs = sequences(draw, [draw.size(1, 9) for _ in range(draw.size(1, 7))])
        if case % 2:
            xs = [draw.noncontiguous(x) for x in xs]
        xs[0][0] = 0.0  # a zero may be data
        pad = (0.0, -1.0, 2.5, 1e6)[case % 4]
        batch, _ = batchified(submission, xs, pad)
        compare.same(batch, box(xs, pad), what="the batch", zh="批量")


@check(
    "batchify.pad_default",
    hint="pad has a default value in the signature: keep it.",
    zh="函数签名里的 pad 有默认值：请保留它。",
    needs=["batchify.value"],
    weight=0.5,
)
def test_pad_is_zero_unless_said_otherwise(submission: Any, draw: Draw) -> None:
    xs = sequences(draw, draw.sizes(3, 1, 7))
    batch, _ = batchified(submission, xs)
    compare.same(batch, box(xs, 0.0), what="the batch", zh="批量")


@check(
    "batchify.lengths",
    hint="Take the lengths from the shapes, as int64. A row of zeros, or one equal to pad, may be real data.",
    zh="长度取自形状，类型是 int64。全零的行、或恰好等于 pad 的行，也可能是真实数据。",
)
def test_lengths_come_from_the_shapes(submission: Any, draw: Draw) -> None:
    for pad in (0.0, 3.0, -1.0):
        xs = sequences(draw, draw.sizes(4, 2, 9))
        xs[1][-1] = pad
        xs[2][:] = pad
        _, lengths = batchified(submission, xs, pad)
        compare.same(lengths, torch.tensor([len(x) for x in xs]), what="the tensor of lengths", zh="长度张量")


@check(
    "batchify.zero_length_item",
    hint="A sequence without steps keeps its place in the batch: a row of padding, length 0.",
    zh="没有任何一步的序列在批量中仍占一行：整行都是填充，长度为 0。",
    needs=["batchify.value"],
)
def test_a_sequence_without_steps_keeps_its_row(submission: Any, draw: Draw) -> None:
    for lengths in ([4, 0, 2], [0, 3], [5, 1, 0, 0], [0], [0, 0]):
        xs = sequences(draw, lengths)
        got = batchified(submission, xs, 0.5)
        compare.same(tuple(got), (box(xs, 0.5), torch.tensor(lengths)), what="the pair", zh="返回的二元组")


@check(
    "batchify.dtype_kept",
    hint="A new tensor is float32 unless you say otherwise. Take the dtype from the sequences.",
    zh="新建的张量默认是 float32，除非另行指定。数据类型要取自各序列。",
    needs=["batchify.value"],
)
def test_the_batch_has_the_dtype_of_its_sequences(submission: Any, draw: Draw) -> None:
    for dtype in FLOATS:
        xs = sequences(draw, draw.sizes(3, 1, 7), dtype)
        batch, _ = batchified(submission, xs, -2.0)
        compare.same(batch, box(xs, -2.0), what="the batch", zh="批量")


@check(
    "batchify.empty_list_raises",
    hint="With no sequence at all even D is unknown. Say so with a ValueError before anything else fails.",
    zh="一个序列也没有时，连 D 都无从得知。在别处出错之前，先抛出 ValueError。",
)
def test_an_empty_list_is_refused(submission: Any) -> None:
    compare.raises(ValueError, submission.batchify, [])


@check(
    "batchify.inputs_unchanged",
    hint="The list belongs to the caller, and so do the tensors in it. Write into a tensor of your own.",
    zh="列表和其中的张量都属于调用者。请写进你自己新建的张量。",
    needs=["batchify.value"],
)
def test_the_list_stays_as_it_was(submission: Any, draw: Draw) -> None:
    xs = sequences(draw, draw.sizes(4, 1, 9))
    after = submission.build("xs = list(parts)\nstudent.batchify(xs, 1.0)\nxs", parts=xs)
    compare.same(after, xs, what="the list after the call", zh="调用之后的列表")
