"""The checks you can see. Hidden ones look at other shapes, other numbers and the odd cases of the README."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "make_grid.example",
    hint="Count first, then give the numbers their shape: rows fill one after the other.",
    zh="先计数，再赋予形状：填满一行，再填下一行。",
    weight=0.5,
)
def test_eight_numbers_fill_two_by_two_by_two(submission: Any) -> None:
    want = torch.tensor([[[0, 1], [2, 3]], [[4, 5], [6, 7]]])
    compare.same(submission.make_grid(8, (2, 2, 2), torch.int64), want)


@check(
    "make_grid.example_raises",
    hint="Compare n with the product of the sizes before you build anything.",
    zh="在动手之前，先比较 n 与各维大小的乘积。",
    weight=0.5,
)
def test_seven_numbers_do_not_fill_two_rows_of_three(submission: Any) -> None:
    compare.raises(ValueError, submission.make_grid, 7, (2, 3), torch.float32)


@check(
    "image_to_vector.example",
    hint="Colour is the last index of img, but the slowest one of the vector. Reorder the indices before you flatten.",
    zh="颜色在 img 中是最后一个下标，在向量中却变化最慢。先调整下标的次序，再拉直。",
    weight=0.5,
)
def test_one_image_of_two_by_two_pixels(submission: Any) -> None:
    red, green, blue = (torch.tensor(plane) for plane in ([[1, 2], [3, 4]], [[5, 6], [7, 8]], [[9, 10], [11, 12]]))
    img = torch.stack([red, green, blue], dim=-1).unsqueeze(0)
    compare.same(submission.image_to_vector(img), torch.arange(1, 13).unsqueeze(0))


@check(
    "add_in_place.example",
    hint="Assigning to the name z ties it to another tensor. Write into the tensor instead.",
    zh="给名字 z 赋值，只是让它指向另一个张量。要写的是张量里面的内容。",
    weight=0.5,
)
def test_the_second_row_of_a_board_is_rewritten(submission: Any) -> None:
    board = torch.tensor([[1.0, 1.0], [9.0, 9.0]])
    x, y = torch.tensor([1.0, 2.0]), torch.tensor([10.0, 20.0])
    seen = submission.observe("add_in_place", compare.view(board, 1), x, y)
    compare.same(seen.result, torch.tensor([11.0, 22.0]), what="what you return", zh="返回值")
    want = torch.tensor([[1.0, 1.0], [11.0, 22.0]])
    compare.same(seen.args[0], want, what="the board after the call", zh="调用之后的 board")


@check(
    "shares_memory.example",
    hint="clone() exists to get memory of its own; a transpose only needs a new card.",
    zh="clone() 的用处正是得到自己的内存；转置只需要一张新卡片。",
    weight=0.5,
)
def test_a_transpose_shares_and_a_clone_does_not(submission: Any) -> None:
    compare.equal(submission.shares_memory("clone"), False, what='shares_memory("clone")')
    compare.equal(submission.shares_memory("transpose"), True, what='shares_memory("transpose")')


@check(
    "batchify.example",
    hint="Start from a box that is full of pad, then write each sequence into the beginning of its row.",
    zh="先建一个全是 pad 的张量，再把每个序列写进它那一行的开头。",
    weight=0.5,
)
def test_two_sequences_of_length_three_and_one(submission: Any) -> None:
    xs = [torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), torch.tensor([[7.0, 8.0]])]
    batch = torch.tensor([[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[7.0, 8.0], [-1.0, -1.0], [-1.0, -1.0]]])
    got = compare.items(submission.batchify(xs, -1.0), 2)
    compare.same(got[0], batch, what="the batch", zh="批量")
    compare.same(got[1], torch.tensor([3, 1]), what="lengths", zh="lengths")
