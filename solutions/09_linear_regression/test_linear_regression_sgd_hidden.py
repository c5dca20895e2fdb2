"""Hidden checks of linear-regression: training by minibatches. Where the order of the rows is random, the checks look
at what every order has in common (full batches, equal rows), or at all orders at once (three rows)."""

from __future__ import annotations

import itertools

import torch
from linear_regression_reference import F64, close, data, half_mse, parameters

from autograder.checks import compare, source_rules, training
from autograder.checks.marks import check
from autograder.checks.seeding import float_type


def step(w, b, X, y, lr):
    """One step on one batch, by the formula for the gradient."""
    error = X @ w + b - y
    return w - lr * X.T @ error / len(X), b - lr * error.mean(0)


def train(submission, X, y, *, lr, epochs, size, seed):
    """w and b, known to be tensors of the right shapes, and whatever came as the losses."""
    generator = torch.Generator().manual_seed(seed)
    found = submission.train_sgd(X, y, lr=lr, epochs=epochs, batch_size=size, generator=generator)
    return parameters(found, X.shape[1], X.dtype, 3)


def floats(losses, epochs):
    """The losses as a vector, known to be a list of one Python float per epoch."""
    losses = compare.items(losses, epochs, list, "the list of losses", "损失的列表")
    return torch.tensor([compare.is_type(loss, float, "a loss", "一个损失") for loss in losses], dtype=F64)


@check(
    "train_sgd.recovers_w_b",
    hint="Three epochs with batches of ten bring w and b close to those that made the data. Is every batch one step?",
    zh="三轮、每批十个样本，足以让 w 和 b 接近真值。是不是每一批都更新了一次？",
)
def test_training_finds_the_parameters(submission, draw):
    X, w_true = draw.randn(1000, 2), draw.uniform(1, 4, 2, 1) * (1 - 2 * draw.integers(0, 2, 2, 1))
    b_true = draw.uniform(-5, 5, 1)
    y = X @ w_true + b_true + 0.01 * draw.randn(1000, 1)
    w, b, _ = train(submission, X.float(), y.float(), lr=0.03, epochs=3, size=10, seed=draw.new_seed())
    errors = (w.double() - w_true).abs().max().item(), (b.double() - b_true).abs().max().item()
    training.at_most(errors[0], 0.01, what="the error of w", zh="w 的误差")
    training.at_most(errors[1], 0.01, what="the error of b", zh="b 的误差")


@check(
    "train_sgd.loss_decreases",
    hint="With a small learning rate the mean loss of each epoch is below that of the one before. Mind the sign.",
    zh="学习率较小时，每一轮的平均损失都低于上一轮。注意符号。",
)
def test_the_loss_falls_from_epoch_to_epoch(submission, draw):
    X, y, *_ = data(draw, 200, 3, 0.1)
    *_, losses = train(submission, X, y + 2, lr=0.01, epochs=5, size=20, seed=draw.new_seed())
    compare.require(
        (floats(losses, 5).diff() < 0).all(),
        "the losses do not fall from epoch to epoch.",
        "损失没有逐轮下降。",
        reason="training",
    )


@check(
    "train_sgd.full_batch",
    hint="With one batch of all rows there is no chance: start at zero, average over the rows, step w and b together.",
    zh="只有一批、包含所有行时没有随机性：从零开始，对各行取平均，w 和 b 同时更新。",
)
def test_full_batches_follow_gradient_descent(submission, draw):
    for number in range(8):
        n, d = draw.sizes(2, 2, 8)
        dtype = float_type(number)
        X, y, *_ = data(draw, n, d, 0.5, dtype)
        lr, epochs = draw.random.uniform(0.05, 0.2), number % 4
        w, b = torch.zeros(d, 1, dtype=dtype), torch.zeros(1, dtype=dtype)
        for _ in range(epochs):
            w, b = step(w, b, X, y, lr)
        got_w, got_b, _ = train(submission, X, y, lr=lr, epochs=epochs, size=n + number % 2, seed=draw.new_seed())
        close(got_w, w, what="w", zh="w")
        close(got_b, b, what="b", zh="b")


@check(
    "train_sgd.losses",
    hint="One Python float per epoch: the squared_loss averaged over the n examples, with its 1/2.",
    zh="每轮一个 Python 浮点数：对 n 个样本取平均的 squared_loss，包括其中的 1/2。",
)
def test_losses_are_those_of_the_epochs(submission, draw):
    n, d = draw.sizes(2, 3, 8)
    X, y, *_ = data(draw, n, d, 0.5)
    w, b, path = torch.zeros(d, 1, dtype=F64), torch.zeros(1, dtype=F64), []
    for _ in range(5):
        path.append(half_mse(X @ w + b, y).item())
        w, b = step(w, b, X, y, 0.1)
    *_, losses = train(submission, X, y, lr=0.1, epochs=4, size=n, seed=draw.new_seed())
    got, want = floats(losses, 4), torch.tensor(path, dtype=F64)
    compare.require(
        torch.allclose(got, want[:4], rtol=1e-9) or torch.allclose(got, want[1:], rtol=1e-9),
        "the losses are neither those before each step nor those after it.",
        "这些损失既不是每次更新之前的，也不是更新之后的。",
        reason="value",
    )
    # With hardly any step, every epoch has the loss of w = 0, however its rows are split into batches.
    for size in (2, n - 1):
        *_, losses = train(submission, X, y, lr=1e-15, epochs=2, size=size, seed=draw.new_seed())
        start = torch.full((2,), path[0], dtype=F64)
        close(floats(losses, 2), start, what="the losses of epochs with several batches", zh="分成多批的各轮损失")


@check(
    "train_sgd.last_short_batch",
    hint="The gradient of a batch is a mean over the rows it really has, and the last short batch makes a step, too.",
    zh="一批的梯度是对这批实际行数取的平均；最后不满的那一批也要更新一次。",
)
def test_a_short_batch_weighs_like_a_full_one(submission, draw):
    for n, size, epochs in ((7, 3, 2), (5, 4, 3), (9, 2, 1)):
        d = draw.size(1, 4)
        row, label, lr = draw.randn(1, d), draw.randn(1, 1), draw.random.uniform(0.05, 0.2)
        X, y = row.expand(n, d), label.expand(n, 1)  # all rows alike: the order does not matter
        w, b = torch.zeros(d, 1, dtype=F64), torch.zeros(1, dtype=F64)
        for _ in range(epochs * -(-n // size)):
            w, b = step(w, b, row, label, lr)
        got_w, got_b, _ = train(submission, X, y, lr=lr, epochs=epochs, size=size, seed=draw.new_seed())
        close(got_w, w, what="w", zh="w")
        close(got_b, b, what="b", zh="b")


RATE = 0.3


def ways_of(X, y):
    """Where two epochs of single-row steps can end: for each pair of orders, w and b."""
    ends = {}
    for orders in itertools.product(itertools.permutations(range(3)), repeat=2):
        w, b = torch.zeros(X.shape[1], 1, dtype=F64), torch.zeros(1, dtype=F64)
        for row in itertools.chain(*orders):
            w, b = step(w, b, X[row : row + 1], y[row : row + 1], RATE)
        ends[orders] = torch.cat([w[:, 0], b])
    return ends


def way_taken(submission, X, y, seed, ends):
    """The pair of orders that leads to the student's w and b."""
    w, b, _ = train(submission, X, y, lr=RATE, epochs=2, size=1, seed=seed)
    end = torch.cat([w[:, 0], b])
    orders, gap = min(((way, (end - to).abs().max().item()) for way, to in ends.items()), key=lambda found: found[1])
    compare.require(
        gap <= 1e-9,
        "with batches of one row, no order of the rows leads to these w and b: each epoch uses every row once, and"
        " each step starts from the w and b that the one before has left.",
        "每批只有一行时，没有任何一种行的顺序能得到这样的 w 和 b：每轮每行只用一次，每一步都从上一步的 w 和 b 出发。",
        reason="value",
    )
    return orders


@check(
    "train_sgd.one_row_steps",
    hint="Each batch makes one step, from where the last one ended, with its own gradient only.",
    zh="每一批更新一次：从上一步结束的地方出发，只用这一批的梯度。",
)
def test_steps_of_single_rows(submission, draw):
    X, y, *_ = data(draw, 3, 2, 0.5)
    ends = ways_of(X, y)
    for _ in range(6):
        way_taken(submission, X, y, draw.new_seed(), ends)


@check(
    "train_sgd.reshuffles",
    hint="Every epoch draws a new order.",
    zh="每一轮都要抽取新的顺序。",
    needs=["train_sgd.one_row_steps"],
)
def test_every_epoch_has_its_own_order(submission, draw):
    X, y, *_ = data(draw, 3, 2, 0.5)
    ends = ways_of(X, y)
    taken = [way_taken(submission, X, y, draw.new_seed(), ends) for _ in range(14)]
    compare.require(
        any(first != second for first, second in taken) and len({first for first, _ in taken}) > 1,
        "the rows come in the same order in every epoch, or in every run.",
        "每一轮（或每次训练）的行顺序都相同。",
    )


@check(
    "train_sgd.generator_only",
    hint="All chance is in the generator: the same state gives the same w and b, whatever the global generator does.",
    zh="所有随机性都来自 generator：相同的状态得到相同的 w 和 b，与全局随机数生成器无关。",
)
def test_training_depends_on_the_generator_alone(submission, draw):
    run = """
torch.manual_seed(elsewhere)
[student.train_sgd(X, y, 0.1, 2, 4, torch.Generator().manual_seed(seed)), X, y]
"""
    X, y, *_ = data(draw, 30, 2, 0.5)
    seed, found = draw.new_seed(), []
    for elsewhere, used in ((1, seed), (2, seed), (1, draw.new_seed())):
        values = submission.build(run, X=X, y=y, elsewhere=elsewhere, seed=used)
        trained, X_after, y_after = compare.items(values, 3, list)
        found.append(parameters(trained, 2, count=3)[0])
        compare.unchanged(X, X_after, "X")
        compare.unchanged(y, y_after, "y")
    compare.same(found[1], found[0], rtol=0, atol=0, what="w from the same state", zh="相同状态下的 w")
    differ = not torch.equal(found[2], found[0])
    compare.require(differ, "another generator gives exactly the same w.", "换一个 generator 得到了完全相同的 w。")


@check(
    "train_sgd.no_optimizer",
    hint="The step is one line per parameter; write it without torch.optim.",
    zh="每个参数的更新只需一行；不要用 torch.optim。",
    needs=["train_sgd.example"],
)
def test_no_optimiser_is_used(submission):
    source_rules.forbid_imports(submission.source, {"torch.optim"})
