"""Hidden checks of softmax-regression: the order of the rows. It is random, so all orders are looked at at once."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import torch
from softmax_regression_reference import points, step, trained, with_right_parts
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@dataclass(frozen=True)
class Ways:
    """A few rows, and where `epochs` epochs can end: W and b for each choice of an order per epoch."""

    X: Tensor
    y: Tensor
    batch: int
    epochs: int
    ends: dict[Any, Tensor]

    def taken(self, submission: Any, seed: int) -> Any:
        """The orders that lead to the student's W and b."""
        how = {"epochs": self.epochs, "lr": RATE, "batch": self.batch, "seed": seed}
        _, theta = trained(submission, self.X, self.y, 3, **how)
        gaps = {orders: (end - theta).abs().max().item() for orders, end in self.ends.items()}
        orders = min(gaps, key=lambda way: gaps[way])
        compare.require(
            gaps[orders] <= 2e-5,
            "no order of the rows leads to this W and b: each epoch uses every row once, with its own label, and each"
            " step starts where the one before has ended.",
            "任何行序都得不到这样的 W 和 b：每轮每行只用一次，并配自己的标签；每一步都从上一步的终点出发。",
            reason="value",
        )
        return orders


RATE = 1.0


def ways_of(draw: Draw, n: int, size: int, epochs: int) -> Ways:
    X, y, start = points(draw, n, 2, 3)
    ends = {}
    for orders in itertools.product(itertools.permutations(range(n)), repeat=epochs):
        theta = start
        for order in orders:
            for rows in torch.tensor(order).split(size):
                theta = step(theta, X[rows], y[rows], RATE)
        ends[orders] = theta
    return Ways(X, y, size, epochs, ends)


@check(
    "train_softmax.one_row_steps",
    hint="In an epoch every row comes exactly once, together with its label.",
    zh="一轮之中，每一行恰好出现一次，并与它的标签在一起。",
)
def test_steps_of_single_rows(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    ways = ways_of(draw, 3, 1, 2)
    for _ in range(5):
        ways.taken(submission, draw.new_seed())


@check(
    "train_softmax.reshuffles",
    hint="Draw a new order at the beginning of every epoch.",
    zh="每一轮开始时都要抽取新的顺序。",
    needs=["train_softmax.one_row_steps"],
)
def test_every_epoch_has_its_own_order(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    ways = ways_of(draw, 3, 1, 2)
    taken = [ways.taken(submission, draw.new_seed()) for _ in range(14)]
    compare.require(
        any(first != second for first, second in taken) and len({first for first, _ in taken}) > 1,
        "the rows come in the same order in every epoch, or in every run.",
        "每一轮（或每次训练）的行顺序都相同。",
    )


@check(
    "train_softmax.mixes_within_batch",
    hint="Shuffle the rows first, then cut. Whoever shuffles ready batches keeps the same rows together for ever.",
    zh="先打乱各行，再切成小批量。若只打乱切好的小批量，同样的几行就永远待在一起。",
    needs=["train_softmax.one_row_steps"],
)
def test_batches_are_mixed_anew(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    ways = ways_of(draw, 4, 2, 1)
    pairs = {frozenset(ways.taken(submission, draw.new_seed())[0][:2]) & {0, 1} for _ in range(14)}
    compare.require(
        any(len(pair) == 1 for pair in pairs),
        "rows that are neighbours in X always come in the same batch.",
        "X 中相邻的行总是出现在同一批里。",
    )


@check(
    "train_softmax.generator_only",
    hint="All chance is in the generator: the same state gives the same model, and nothing else is drawn from.",
    zh="所有随机性都来自 generator：相同的状态得到相同的模型，不使用其他随机源。",
)
def test_training_is_reproducible(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    X, y, _ = points(draw, 20, 4, 3)
    state, seed = submission.build("torch.get_rng_state()"), draw.new_seed()
    runs = [trained(submission, X, y, 3, epochs=2, lr=0.5, batch=3, seed=s)[1] for s in (seed, seed, draw.new_seed())]
    compare.same(runs[1], runs[0], rtol=0, atol=0, what="the model of a second run", zh="第二次训练的模型")
    different = not torch.equal(runs[2], runs[0])
    compare.require(
        different, "another generator gives exactly the same model.", "换一个 generator 得到了完全相同的模型。"
    )
    compare.require(
        torch.equal(compare.tensor(state), compare.tensor(submission.build("torch.get_rng_state()"))),
        "the global random generator was used; only the one that is passed in may be.",
        "用到了全局随机数生成器；只能使用传入的 generator。",
    )
