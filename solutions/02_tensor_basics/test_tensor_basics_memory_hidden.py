"""Hidden checks of tensor-basics: which memory a result lies in, and whose."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FLOATS = (torch.float64, torch.float32)


# add_in_place ---------------------------------------------------------------------------------------------------------

Z = {"what": "z after the call", "zh": "调用之后的 z"}


def operands(draw: Draw, shape: tuple[int, ...], dtype: torch.dtype = torch.float64) -> tuple[Tensor, Tensor]:
    """x and y; the small integers are exact in every dtype."""
    if dtype.is_floating_point:
        return draw.randn(*shape, dtype=dtype), draw.randn(*shape, dtype=dtype)
    return draw.integers(-99, 99, *shape).to(dtype), draw.integers(-99, 99, *shape).to(dtype)


@check(
    "add_in_place.value",
    hint="After the call the tensor that was handed over as z holds x + y.",
    zh="调用之后，作为 z 传入的那个张量里装的是 x + y。",
)
def test_z_holds_the_sum_afterwards(submission: Any, draw: Draw) -> None:
    for case in range(20):
        dtype = (torch.float64, torch.float32, torch.int64)[case % 3]
        shape = draw.sizes(1 + case % 4, 1, 6)
        x, y = operands(draw, shape, dtype)
        if case % 2:
            x, y = draw.expanded(x), draw.noncontiguous(y)
        seen = submission.observe("add_in_place", torch.zeros(shape, dtype=dtype), x, y)
        compare.same(seen.args[0], x + y, **Z)


@check(
    "add_in_place.overwrites_not_accumulates",
    hint="What z held before must leave no trace, not even nan, and nan times 0 is nan. Overwrite it.",
    zh="z 原来的内容不能留下任何痕迹，nan 也不行，而 nan 乘 0 仍是 nan。要覆盖它。",
)
def test_what_z_held_before_leaves_no_trace(submission: Any, draw: Draw) -> None:
    for garbage in (1.0, -7.5, math.inf, math.nan, None):
        shape = draw.sizes(2, 2, 6)
        x, y = operands(draw, shape)
        z = draw.randn(*shape) if garbage is None else torch.full(shape, garbage, dtype=torch.float64)
        seen = submission.observe("add_in_place", z, x, y)
        compare.same(seen.args[0], x + y, **Z)


@check(
    "add_in_place.same_memory",
    hint="The sum must end up at the address that z has already: no new tensor, no swapped data.",
    zh="和必须落在 z 原来的地址上：不能是新张量，也不能偷换 data。",
)
def test_the_address_of_z_does_not_move(submission: Any, draw: Draw) -> None:
    for dtype in FLOATS:
        shape = draw.sizes(2, 2, 6)
        x, y = operands(draw, shape, dtype)
        seen = submission.observe("add_in_place", torch.zeros(shape, dtype=dtype), x, y)
        compare.same(seen.args[0], x + y, what="the memory of z after the call", zh="调用之后 z 的内存")
        compare.require(
            0 not in seen.moved,
            "z has another address after the call than before it.",
            "调用之后 z 的地址与之前不同。",
        )


@check(
    "add_in_place.same_object",
    hint="Return z: the object itself, not a copy of it and not another view of it.",
    zh="返回 z 这个对象本身，而不是它的副本，也不是它的另一个视图。",
)
def test_the_very_object_comes_back(submission: Any, draw: Draw) -> None:
    shape = draw.sizes(3, 1, 5)
    x, y = operands(draw, shape)
    seen = submission.observe("add_in_place", torch.zeros(shape, dtype=torch.float64), x, y)
    compare.same(seen.result, x + y, what="what you return", zh="返回值")
    compare.require(
        seen.same_as == 0,
        "What you return is not the object that was passed as z.",
        "返回的不是作为 z 传入的那个对象。",
    )


@check(
    "add_in_place.view_updates_base",
    hint="z may be one row or column of a larger tensor. Write through it, wherever its numbers lie.",
    zh="z 可能是某个更大张量的一行或一列。不管它的数在内存何处，都要透过它写进去。",
)
def test_a_view_changes_the_tensor_below_it(submission: Any, draw: Draw) -> None:
    everything = slice(None)
    indices = [1, (everything, 2), (everything, slice(None, None, 2)), (slice(1, None), everything, 1)]
    for index in indices:
        base = draw.randn(*draw.sizes(3, 3, 7))
        base[index] = 0.0
        x, y = operands(draw, tuple(base[index].shape))
        want = base.clone()
        want[index] = x + y
        seen = submission.observe("add_in_place", compare.view(base, index), x, y)
        compare.same(seen.args[0], want, what="the larger tensor after the call", zh="调用之后那个更大的张量")


@check(
    "add_in_place.inputs_unchanged",
    hint="x.add_(y) saves memory too, but the memory of the wrong tensor.",
    zh="x.add_(y) 也省内存，但动的是别人的内存。",
)
def test_x_and_y_stay_as_they_were(submission: Any, draw: Draw) -> None:
    for dtype in FLOATS:
        shape = draw.sizes(2, 2, 6)
        x, y = operands(draw, shape, dtype)
        seen = submission.observe("add_in_place", torch.zeros(shape, dtype=dtype), x, y)
        compare.same(seen.args[0], x + y, **Z)
        compare.unchanged(x, seen.args[1], "x")
        compare.unchanged(y, seen.args[2], "y")


@check(
    "add_in_place.single_number",
    hint="A tensor of shape () has no dimension that a colon could run over. An ellipsis or a method of z needs none.",
    zh="形状为 () 的张量没有任何一维可供冒号遍历。省略号或者 z 的方法则不需要。",
    weight=0.5,
)
def test_a_single_number_is_a_shape_too(submission: Any, draw: Draw) -> None:
    for dtype in FLOATS:
        x, y = operands(draw, (), dtype)
        seen = submission.observe("add_in_place", torch.zeros((), dtype=dtype), x, y)
        compare.same(seen.args[0], x + y, **Z)


# shares_memory --------------------------------------------------------------------------------------------------------


def expect(submission: Any, **answers: bool) -> None:
    for op, answer in answers.items():
        what = f'shares_memory("{op}")'
        compare.equal(submission.shares_memory(op), answer, what=what, zh=what)


@check(
    "shares_memory.contiguous_reshape",
    hint="x is contiguous: read the strip from left to right, and any new shape is only another card.",
    zh="x 是连续的：从左到右读纸带，任何新形状都只是换一张卡片。",
    needs=["shares_memory.example"],
)
def test_reshaping_a_contiguous_tensor_shares(submission: Any) -> None:
    expect(submission, reshape=True)


@check(
    "shares_memory.transpose_then_reshape",
    hint="Read the transposed x row by row and write down the strip positions: can one stride describe these jumps?",
    zh="把转置后的 x 按行读一遍，写下各数在纸带上的位置：这些跳跃能用一个步幅描述吗？",
    needs=["shares_memory.example"],
)
def test_reshaping_a_transposed_tensor_copies(submission: Any) -> None:
    expect(submission, transpose=True, t_reshape=False)


@check(
    "shares_memory.slice_vs_index",
    hint="A slice is regular; a list could hold any rows in any order. And a view may start at another address than x.",
    zh="切片是有规律的；列表却可以按任意次序列出任意行。另外，视图的起始地址可以与 x 不同。",
    needs=["shares_memory.example"],
)
def test_a_slice_shares_and_an_index_list_copies(submission: Any) -> None:
    expect(submission, slice=True, index_list=False)


@check(
    "shares_memory.detach_numpy",
    hint="detach leaves the history of a computation behind, numpy() leaves torch. Does either need new numbers?",
    zh="detach 丢下的是计算的历史，numpy() 丢下的是 torch。它们需要新的数吗？",
    needs=["shares_memory.example"],
)
def test_detach_and_numpy_share(submission: Any) -> None:
    expect(submission, detach=True, numpy=True)


@check(
    "shares_memory.expand_to_same",
    hint="A stride may be 0, and a conversion to the dtype that x already has is no conversion.",
    zh="步幅可以是 0；而转换成 x 本来就有的数据类型，等于没有转换。",
    needs=["shares_memory.example"],
)
def test_expand_and_a_needless_conversion_share(submission: Any) -> None:
    expect(submission, expand=True, to_same=True, clone=False)


@check(
    "shares_memory.unknown_op_raises",
    hint="An unknown name is neither True nor False. Raise ValueError, not the error a dictionary raises.",
    zh="未知的名字既不是 True 也不是 False。请抛出 ValueError，而不是字典自己的错误。",
)
def test_an_unknown_operation_is_refused(submission: Any, draw: Draw) -> None:
    letters = "".join(draw.random.choices("abcdefghij", k=6))
    for op in (letters, "", "RESHAPE", "view_as"):
        compare.raises(ValueError, submission.shares_memory, op)
