"""Hidden checks of tensor-basics. All sizes of a case differ, so that no wrong order of dimensions can hide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FLOATS = (torch.float64, torch.float32)


# make_grid


def grid(shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    return torch.arange(math.prod(shape)).reshape(shape).to(dtype)


@check(
    "make_grid.value",
    hint="The last index runs fastest, for any number of dimensions, the empty shape () included.",
    zh="无论有几维，都是最后一个下标变化最快；空形状 () 也不例外。",
)
def test_counts_row_by_row_in_every_number_of_dimensions(submission: Any, draw: Draw) -> None:
    shapes = [(), (1,), (1, 1), *(draw.sizes(dims, 2, 7) for dims in (1, 2, 3, 4) for _ in range(5))]
    for shape in shapes:
        got = submission.make_grid(math.prod(shape), shape, torch.int64)
        compare.same(got, grid(shape, torch.int64), what="the grid", zh="网格")


@check(
    "make_grid.dtype",
    hint="The caller chooses the dtype. Hand it on where the numbers are made.",
    zh="数据类型由调用者决定。在生成这些数的地方就把它传下去。",
)
def test_the_dtype_is_the_one_asked_for(submission: Any, draw: Draw) -> None:
    for dtype in (torch.float32, torch.float64, torch.int32, torch.int64):
        shape = draw.sizes(2, 2, 7)
        got = submission.make_grid(math.prod(shape), shape, dtype)
        compare.same(got, grid(shape, dtype), what="the grid", zh="网格")


@check(
    "make_grid.bad_size_raises",
    hint="Compare n with the product yourself and raise ValueError: reshape raises another error, and fills in a -1.",
    zh="请自己比较 n 与乘积并抛出 ValueError：reshape 抛出的是另一种错误，而且会自动推断 -1。",
)
def test_a_wrong_number_of_numbers_is_refused(submission: Any, draw: Draw) -> None:
    rows, columns = draw.sizes(2, 3, 9)
    full = rows * columns
    for n, shape in [
        (full + 1, (rows, columns)),
        (full - 1, (rows, columns)),
        (rows, (rows, columns)),
        (0, (rows, columns)),
        (0, ()),
        (rows, (rows, 0)),
        (full, (-1, columns)),
        (full, (rows, -1)),
    ]:
        compare.raises(ValueError, submission.make_grid, n, shape, torch.float32)


@check(
    "make_grid.empty",
    hint="A tensor may hold no numbers at all and still have a shape. Nothing may be divided by it or guessed from it.",
    zh="张量可以一个数都没有，却仍然有形状。不能拿它作除数，也不能由它推断别的大小。",
)
def test_no_numbers_at_all_still_have_a_shape(submission: Any, draw: Draw) -> None:
    size = draw.size(2, 9)
    for shape in [(0, 3), (0,), (size, 0), (2, 0, size)]:
        got = submission.make_grid(0, shape, torch.int64)
        compare.same(got, torch.empty(shape, dtype=torch.int64), what="the grid without numbers", zh="空网格")


# image_to_vector


def images(draw: Draw, dtype: torch.dtype = torch.float64) -> Tensor:
    """A batch (N, H, W, 3) whose sizes all differ from each other and from 3."""
    n, height, width = (size if size < 3 else size + 1 for size in draw.sizes(3, 1, 8))
    if dtype.is_floating_point:
        return draw.randn(n, height, width, 3, dtype=dtype)
    return draw.integers(0, 256, n, height, width, 3).to(dtype)


def planes(img: Tensor) -> Tensor:
    return torch.cat([img[..., colour].reshape(len(img), img[0, ..., 0].numel()) for colour in range(3)], dim=1)


@check(
    "image_to_vector.shape",
    hint="One row per image. Only height, width and colour are joined; the batch stays a dimension of its own.",
    zh="每幅图像一行。合并的只是高、宽和颜色；批量那一维要保留。",
)
def test_there_is_one_row_per_image(submission: Any, draw: Draw) -> None:
    for dtype in FLOATS * 3:
        img = images(draw, dtype)
        shape = (len(img), img[0].numel())
        compare.tensor(
            submission.image_to_vector(img), shape=shape, dtype=dtype, what="the batch of vectors", zh="向量批量"
        )


@check(
    "image_to_vector.channel_major",
    hint="The first H*W entries are the red plane, row by row: reorder the indices to colour, row, column first.",
    zh="前 H*W 项是红色平面，按行读取：先把下标的次序调整为颜色、行、列。",
    needs=["image_to_vector.shape"],
)
def test_red_comes_first_and_each_plane_row_by_row(submission: Any, draw: Draw) -> None:
    for case in range(20):
        img = images(draw, FLOATS[case % 2])
        compare.same(submission.image_to_vector(img), planes(img), what="the batch of vectors", zh="向量批量")


@check(
    "image_to_vector.dtype_kept",
    hint="Moving numbers around needs no arithmetic, so whole numbers stay whole numbers.",
    zh="搬动数字不需要运算，所以整数仍然是整数。",
    needs=["image_to_vector.channel_major"],
)
def test_bytes_stay_bytes(submission: Any, draw: Draw) -> None:
    for dtype in (torch.uint8, torch.int64, torch.float32):
        img = images(draw, dtype)
        compare.same(submission.image_to_vector(img), planes(img), what="the batch of vectors", zh="向量批量")


@check(
    "image_to_vector.noncontiguous",
    hint="Crops and transposed images have unusual strides. view needs fitting strides; reshape copies without them.",
    zh="裁剪或转置得到的图像步幅不同寻常。view 要求步幅合适；步幅不合适时，reshape 会复制。",
    needs=["image_to_vector.channel_major"],
)
def test_crops_and_transposed_images_work_too(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        n, height, width = draw.sizes(3, 4, 9)
        large = draw.randn(n, height, width, 3)
        planar = draw.randn(n, 3, height, width)
        for img in (
            large[:, 1:-1, 1:-1],
            large[:, ::2],
            large.transpose(1, 2),
            planar.permute(0, 2, 3, 1),
            large[:1].expand(n, height, width, 3),
            draw.randn(n, height, width, 1).expand(n, height, width, 3),
        ):
            compare.same(submission.image_to_vector(img), planes(img), what="the batch of vectors", zh="向量批量")


@check(
    "image_to_vector.empty_batch",
    hint="With no images there is nothing to guess a -1 from. Say which dimensions to join, or work out 3*H*W.",
    zh="一幅图像也没有时，-1 无从推断。请指明要合并哪些维，或者算出 3*H*W。",
)
def test_no_images_make_no_vectors_of_the_usual_length(submission: Any, draw: Draw) -> None:
    for dtype in FLOATS:
        height, width = draw.sizes(2, 4, 9)
        got = submission.image_to_vector(torch.empty(0, height, width, 3, dtype=dtype))
        want = torch.empty(0, 3 * height * width, dtype=dtype)
        compare.same(got, want, what="the batch of no vectors", zh="空的向量批量")


@check(
    "image_to_vector.inputs_unchanged",
    hint="An operation whose name ends in _ changes the tensor it is called on, and that tensor is the caller's.",
    zh="名字以 _ 结尾的操作会改变张量本身，而那个张量是调用者的。",
    needs=["image_to_vector.channel_major"],
)
def test_the_images_stay_as_they_were(submission: Any, draw: Draw) -> None:
    img = images(draw)
    seen = submission.observe("image_to_vector", img)
    compare.unchanged(img, seen.args[0], "img")


# add_in_place


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
        compare.same(seen.args[0], x + y, what="z after the call", zh="调用之后的 z")


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
        compare.same(seen.args[0], x + y, what="z after the call", zh="调用之后的 z")


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
        compare.same(seen.args[0], x + y, what="z after the call", zh="调用之后的 z")
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
        compare.same(seen.args[0], x + y, what="z after the call", zh="调用之后的 z")


# shares_memory


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


# batchify


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
