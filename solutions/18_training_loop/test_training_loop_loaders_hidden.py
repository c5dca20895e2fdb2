"""Hidden checks of training-loop: an epoch keeps no graph and takes its batches from any loader to any device."""

from __future__ import annotations

from typing import Any

import pytest
from training_loop_reference import (
    F64,
    LOADERS,
    ByHand,
    ce,
    close,
    in_fours,
    one_epoch,
    same_weights,
    some_batches,
    some_weights,
    two_layers,
)

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

COUNTED_LOSS = """
import weakref

class Token:
    pass

tokens, alive = [], []

def loss_fn(z, y):
    alive.append(sum(token() is not None for token in tokens))
    loss, token = F.cross_entropy(z, y), Token()
    loss.grad_fn.metadata["token"] = token  # lives as long as this node of the graph
    tokens.append(weakref.ref(token))
    return loss

student.train_epoch(model, batches, loss_fn, opt, device), max(alive, default=0)
"""


@check(
    "train_epoch.no_graph_kept",
    hint="total += loss ties the graphs of all batches together. A plain number has no graph.",
    zh="total += loss 会把所有批次的计算图串在一起。普通的数没有计算图。",
)
def test_a_float_comes_back_and_no_graph_outlives_its_batch(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    batches = some_batches(draw, weights, tuple(draw.sizes(9, 1, 12)))
    model, opt = two_layers(submission, weights)
    values = {"model": model, "opt": opt, "batches": batches, "device": submission.device}
    got, alive = compare.items(submission.build(COUNTED_LOSS, **values), 2)
    compare.is_type(got, float, "the mean loss", "平均损失")
    close(got, ByHand(weights, 0.1).epoch(batches), F64, "the mean loss", "平均损失")
    compare.require(
        compare.number(alive) <= 2,
        "the graphs of earlier batches are still alive while a later batch is computed.",
        "计算后面的批次时，前面批次的计算图仍然留在内存里。",
        reason="memory",
    )


@check(
    "train_epoch.any_loader",
    hint="A loader only promises to give batches. Count the samples as they come by.",
    zh="loader 只保证能逐批给出数据。样本数要边取边数。",
    weight=0.5,
)
@pytest.mark.parametrize("kind", LOADERS)
def test_every_kind_of_loader_will_do(submission: Any, draw: Draw, kind: str) -> None:
    weights = some_weights(draw)
    x, y, batches = in_fours(draw, weights, 11)
    model, opt = two_layers(submission, weights)
    loader = submission.build(LOADERS[kind], batches=batches, x=x, y=y)
    got = one_epoch(submission, model, loader, ce(submission), opt)
    by_hand = ByHand(weights, 0.1)
    close(got, by_hand.epoch(batches), F64, "the mean loss", "平均损失")
    same_weights(model, by_hand.weights)


WHERE = """
class Somewhere(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(2))

    def _apply(self, fn, recurse=True):  # stays where it is
        return self

    def forward(self, x):
        places.append(x.device.type)
        return self.w

def loss_fn(z, y):
    places.append(y.device.type)
    return (z ** 2).mean()

places, model = [], Somewhere()
try:
    student.train_epoch(model, batches, loss_fn, torch.optim.SGD(model.parameters(), lr=0.1), "meta")
except (RuntimeError, NotImplementedError) as error:
    if not places:  # a sum kept on a device without memory can't be read, and needn't be
        raise
places
"""


@check(
    "train_epoch.device",
    hint="Both halves of every batch belong on `device`, whatever its name is, before the model sees them.",
    zh="每个批次的两部分都要先搬到 `device` 上（不管它叫什么），再交给模型。",
    weight=0.5,
)
def test_batches_are_moved_to_the_device(submission: Any, draw: Draw) -> None:
    places = submission.build(WHERE, batches=[(draw.randn(3, 2), draw.labels(3, 2)) for _ in range(2)])
    compare.require(
        set(map(str, compare.items(places, None, list))) == {"meta"},
        "a part of a batch reached the model or the loss without being moved to `device`.",
        "批次中有一部分没有搬到 `device` 上，就交给了模型或损失函数。",
        reason="device",
    )


@check(
    "train_epoch.empty_loader",
    hint="Nothing divided by nothing: say so with a ValueError.",
    zh="零除以零没有意义：请用 ValueError 说明。",
    weight=0.5,
)
def test_an_epoch_without_batches_is_refused(submission: Any, draw: Draw) -> None:
    model, opt = two_layers(submission, some_weights(draw))
    compare.raises(ValueError, submission.train_epoch, model, [], ce(submission), opt)
