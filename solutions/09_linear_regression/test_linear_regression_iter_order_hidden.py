"""Hidden checks of linear-regression: the order in which the rows come."""

from __future__ import annotations

import torch
from linear_regression_reference import epochs_of, numbered, order_of

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "data_iter.shuffled",
    hint="The rows should come in random order, not as they lie in X.",
    zh="各行应当以随机顺序出现，而不是按 X 中的顺序。",
    needs=["data_iter.covers_all_once"],
)
def test_the_order_is_not_that_of_the_data(submission, draw):
    X, y = numbered(draw, 50)
    for size in (7, 50):
        (pairs,) = epochs_of(submission, X, y, size, draw.new_seed())
        moved = not torch.equal(order_of(pairs), X[:, 0])
        compare.require(moved, "the rows come in the order of X.", "各行仍按 X 中的顺序出现。")


@check(
    "data_iter.reshuffles",
    hint="Draw a new order at every call, from the generator as it is; do not seed it again.",
    zh="每次调用都要从 generator 的当前状态抽取新的顺序；不要重新设种子。",
    needs=["data_iter.covers_all_once"],
)
def test_two_epochs_have_different_orders(submission, draw):
    X, y = numbered(draw, 50)
    first, second = epochs_of(submission, X, y, 8, draw.new_seed(), epochs=2)
    differ = not torch.equal(order_of(first), order_of(second))
    compare.require(differ, "two epochs have the same order.", "两轮的顺序完全相同。")


@check(
    "data_iter.mixes_within_batch",
    hint="Shuffle rows, not batches: neighbours in X should rarely meet again in a batch.",
    zh="要打乱的是行，而不是批：X 中相邻的行应当很少再落到同一批里。",
    needs=["data_iter.covers_all_once"],
)
def test_neighbours_are_separated(submission, draw):
    X, y = numbered(draw, 96)
    (pairs,) = epochs_of(submission, X, y, 8, draw.new_seed())
    order, blocks = order_of(pairs), sum(one[:, 0].max() - one[:, 0].min() == len(one) - 1 for one, _ in pairs)
    steps = order.diff()
    together = max(int((steps == 1).sum()), int((steps == -1).sum()))
    compare.require(  # in a random order about one neighbour follows another, and no batch is a block
        together <= 12 and blocks <= 2,
        "rows that are neighbours in X stay together: whole batches were moved, or rows only within their batch.",
        "X 中相邻的行仍然挨在一起：只移动了整批，或者只在批内打乱了顺序。",
    )


@check(
    "data_iter.every_order",
    hint="Every row must be able to come at every place, the last short batch included.",
    zh="每一行都应有机会出现在任何位置，包括最后那个不满的批。",
    needs=["data_iter.covers_all_once"],
)
def test_every_row_comes_at_every_place(submission, draw):
    n, epochs = 17, 80
    X, y = numbered(draw, n, 1)
    orders = torch.stack([order_of(p) for p in epochs_of(submission, X, y, 5, draw.new_seed(), epochs)])
    places = orders.argsort(dim=1).double().mean(0)
    error = ((n**2 - 1) / 12 / epochs) ** 0.5
    compare.require(
        bool(((places - (n - 1) / 2).abs() <= 5 * error).all()),
        "some rows come early, or late, far too often: not every order is equally likely.",
        "有些行总是太早或太晚出现：各种顺序并不是等可能的。",
        reason="statistics",
    )


@check(
    "data_iter.generator_only",
    hint="Hand the generator to the call that draws the order.",
    zh="把 generator 传给抽取顺序的那次调用。",
    needs=["data_iter.covers_all_once"],
)
def test_the_order_depends_on_the_generator_alone(submission, draw):
    X, y = numbered(draw, 40)
    seed, orders = draw.new_seed(), []
    for elsewhere, used in ((1, seed), (2, seed), (1, draw.new_seed())):
        submission.build("torch.manual_seed(elsewhere)\nNone", elsewhere=elsewhere)
        orders.append(order_of(epochs_of(submission, X, y, 6, used)[0]))
    same, differ = torch.equal(orders[0], orders[1]), not torch.equal(orders[0], orders[2])
    compare.require(same, "the same generator state gives another order.", "相同的 generator 状态得到了不同的顺序。")
    compare.require(differ, "another generator state gives the same order.", "不同的 generator 状态得到了相同的顺序。")
