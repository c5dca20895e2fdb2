"""Visible checks of topic 9: one small example per task, with every number shown. `submission` is your file."""

import math

import torch

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "synthetic_linear.example",
    hint="y = X w + b, as a column: one row for each example.",
    zh="y = X w + b，写成一列：每个样本一行。",
    weight=0.5,
)
def test_labels_without_noise_are_exact(submission):
    w = torch.tensor([2.0, -3.4])
    X, y = compare.items(submission.synthetic_linear(w, 4.2, 6, 0.0, torch.Generator().manual_seed(1)), 2)
    X = compare.tensor(X, shape=(6, 2), dtype=torch.float32, what="X", zh="X")
    compare.same(y, X @ w.reshape(2, 1) + 4.2, what="y", zh="y")


@check(
    "normal_equation.example",
    hint="The line through (0, 1), (1, 3), (2, 5) has slope 2 and meets the axis at 1.",
    zh="过 (0, 1)、(1, 3)、(2, 5) 的直线斜率为 2，截距为 1。",
    weight=0.5,
)
def test_line_through_three_points(submission):
    X, y = torch.tensor([[0.0], [1.0], [2.0]]), torch.tensor([[1.0], [3.0], [5.0]])
    w, b = compare.items(submission.normal_equation(X, y), 2)
    compare.same(w, torch.tensor([[2.0]]), what="w", zh="w")
    compare.same(b, torch.tensor([1.0]), what="b", zh="b")


@check(
    "data_iter.example",
    hint="Five rows in batches of two: two, two and one. Every row comes exactly once, with its own label.",
    zh="五行按每批两行取：两行、两行、一行。每行恰好出现一次，并带着自己的标签。",
    weight=0.5,
)
def test_five_rows_in_three_batches(submission):
    epoch = "[[X, y] for X, y in student.data_iter(X, y, 2, torch.Generator().manual_seed(0))]"
    X = torch.arange(5.0).reshape(5, 1)
    batches = compare.items(submission.build(epoch, X=X, y=10 * X), 3, list, "the list of batches", "小批量的列表")
    sizes, rows = (2, 2, 1), []
    for (one, labels), size in zip(batches, sizes, strict=True):
        rows.append(compare.tensor(one, shape=(size, 1), dtype=torch.float32, what="X of a batch", zh="一批的 X"))
        compare.same(labels, 10 * one, what="y of a batch", zh="一批的 y")
    compare.same(torch.cat(rows).sort(dim=0).values, X, what="all rows, sorted", zh="排序后的所有行")


@check(
    "squared_loss.example",
    hint="(1 - 0)**2 / 2 = 0.5 and (2 - 4)**2 / 2 = 2; their mean is 1.25. Two examples, two errors, not four.",
    zh="(1 - 0)**2 / 2 = 0.5，(2 - 4)**2 / 2 = 2，平均为 1.25。两个样本只有两个误差，不是四个。",
    weight=0.5,
)
def test_loss_of_two_examples(submission):
    column, flat = torch.tensor([[1.0], [2.0]]), torch.tensor([0.0, 4.0])
    compare.same(submission.squared_loss(column, flat), torch.tensor(1.25))


PASSES = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12)


def way_down(train_sgd, X, y, batch_size):
    """Where w and b are after 0, 1, 2, ... epochs: as many trainings from the same start, (10, 2)."""
    points = []
    for epochs in PASSES:
        found = train_sgd(
            X, y, lr=0.15, epochs=epochs, batch_size=batch_size, generator=torch.Generator().manual_seed(0)
        )
        w, b, _ = compare.items(found, 3)
        w, b = compare.tensor(w, shape=(1, 1), what="w", zh="w"), compare.tensor(b, shape=(1,), what="b", zh="b")
        points.append([w.item(), b.item()])
    return torch.tensor(points)


def draw_ways_down(submission, picture):
    x = torch.linspace(-0.5, 1.5, 8)
    y = 2 * x + 1 + torch.tensor([0.6, -0.8, 0.2, 0.4, -0.4, 0.8, -1.0, 0.2])
    w, b = torch.linspace(-0.5, 3.0, 60), torch.linspace(-0.4, 2.2, 50)
    errors = w[None, :, None] * x + b[:, None, None] - y
    paths = {
        label: way_down(submission.train_sgd, x[:, None], y[:, None], batch_size)
        for label, batch_size in (("batches of 8", 8), ("batches of 2", 2))
    }
    picture.surface(
        "ways-down", errors.square().mean(2).sqrt(), (-0.5, 3.0, -0.4, 2.2), paths, x="w", y="b",
        en="Your w and b on the loss of eight points, after 0 to 12 epochs. One calm step in each epoch, or four that"
        " see two points each and get further on the same data.",
        zh="八个点的损失曲面上，你的 w 和 b 在第 0 到 12 轮之后的位置。每轮稳稳地走一步；或者走四步，每步只看两个点："
        "同样多的数据，走得更远。",
    )  # fmt: skip


@check(
    "train_sgd.example",
    hint="From w = b = 0 the errors are -2 and -4. Average error * x and error over the two rows, then step by 0.1.",
    zh="从 w = b = 0 出发，误差是 -2 和 -4。对两行的 误差 * x 与误差取平均，再以 0.1 为步长更新。",
    weight=0.5,
)
def test_one_step_by_hand(submission, picture):
    draw_ways_down(submission, picture)
    X, y = torch.tensor([[1.0], [3.0]]), torch.tensor([[2.0], [4.0]])
    found = submission.train_sgd(X, y, lr=0.1, epochs=1, batch_size=2, generator=torch.Generator().manual_seed(0))
    w, b, losses = compare.items(found, 3)
    compare.same(w, torch.tensor([[0.7]]), what="w", zh="w")
    compare.same(b, torch.tensor([0.3]), what="b", zh="b")
    (loss,) = compare.items(losses, 1, list, "the list of losses", "损失的列表")
    loss = compare.number(loss, what="the loss", zh="损失")
    compare.require(
        min(abs(loss - 5.0), abs(loss - 0.89)) < 1e-5,
        "the loss of the epoch should be 5 (before the step) or 0.89 (after it).",
        "这一轮的损失应为 5（更新之前）或 0.89（更新之后）。",
    )


@check(
    "mle_equivalence.example",
    hint="The squared errors are 0 and 4; the mean of error**2 / 2 is 1, and log(sqrt(2 pi)) is 0.9189.",
    zh="平方误差是 0 和 4；误差平方的一半取平均为 1，而 log(sqrt(2 pi)) 是 0.9189。",
    weight=0.5,
)
def test_likelihood_and_search_of_three_points(submission):
    nll = submission.gaussian_nll(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]), 1.0)
    compare.same(nll, torch.tensor(1 + math.log(2 * math.pi) / 2), what="gaussian_nll", zh="gaussian_nll")
    x, grid = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([3.0, 2.0, 1.0])
    compare.equal(submission.grid_search_w(x, 2 * x, grid), 1, "grid_search_w", "grid_search_w")
