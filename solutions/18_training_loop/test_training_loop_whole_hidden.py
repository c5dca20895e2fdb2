"""Hidden checks of training-loop: fit gives the history and the weights of a run by hand, and learns to read."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import torch
from training_loop_reference import (
    Batches,
    ByHand,
    answers,
    ce,
    cross_entropy,
    improvements,
    same_weights,
    some_batches,
    some_weights,
    squares,
    two_layers,
)

from autograder.checks import compare, training
from autograder.checks.datasets import digits
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FIT_NEEDS = [
    "train_epoch.zero_grad",
    "train_epoch.sample_weighted_loss",
    "evaluate.value_uneven_batches",
    "evaluate.no_state_change",
]
PATIENCE_NEEDS = [*FIT_NEEDS, "EarlyStopping.stops_after_patience", "EarlyStopping.restores_best"]
History = dict[str, list[float]]


def fit_by_hand(by_hand: ByHand, train: Batches, val: Batches, epochs: int, patience: int | None) -> History:
    """The history; by_hand ends with the weights that the model must have."""
    history: History = {"train_loss": [], "val_loss": [], "val_acc": []}
    best = by_hand.weights
    for _ in range(epochs):
        values = by_hand.epoch(train), *by_hand.look(val)
        for name, value in zip(history, values, strict=True):
            history[name].append(value)
        improved = improvements(history["val_loss"])
        best = by_hand.weights if improved[-1] else best
        if patience is not None and answers(improved, patience)[-1]:
            break
    by_hand.weights = by_hand.weights if patience is None else best
    return history


def lists(history: Any, epochs: int) -> list[list[float]]:
    """The three lists of a history, known to hold one float per epoch."""
    compare.is_type(history, dict, "the history", "历史记录")
    names = ("train_loss", "val_loss", "val_acc")
    compare.equal(sorted(map(str, history)), sorted(names), what="the keys of the history", zh="历史记录的键")
    found = [compare.items(history[name], epochs, list, name, name) for name in names]
    for values in found:
        for value in values:
            compare.is_type(value, float, "an entry of the history", "历史记录中的一项")
    return found


def trained(submission: Any, by_hand: ByHand, train: Batches, val: Batches, *rest: Any) -> tuple[Any, Any]:
    """The model after fit and the history, from the same start as by_hand."""
    model, opt = two_layers(submission, by_hand.weights, lr=by_hand.lr, momentum=by_hand.momentum)
    loss_fn = ce(submission) if by_hand.loss_of is cross_entropy else by_hand.loss_of
    return model, submission.fit(model, train, val, loss_fn, opt, *rest)


def turning(draw: Draw, momentum: float = 0.0) -> tuple[ByHand, Batches, Batches]:
    """A task whose validation loss falls and rises again. The training fixes the path of the weights; validation data
    are drawn until the best accuracy and the lowest validation loss come in different epochs of it, neither at an end.
    """
    weights = some_weights(draw)
    train = some_batches(draw, weights, (7, 5, 4))
    on_its_way, path = ByHand(weights, 0.3, momentum), []
    for _ in range(9):
        on_its_way.epoch(train)
        path.append(on_its_way.weights)
    for _ in range(200):
        val, seen = some_batches(draw, weights, (6, 3)), []
        for on_its_way.weights in path:
            seen.append(on_its_way.look(val))
        losses, accuracies = zip(*seen, strict=True)
        lowest, top = losses.index(min(losses)), max(accuracies)
        gap = min(abs(one - other) for one, other in itertools.combinations(losses, 2))
        if 1 <= lowest <= 5 and accuracies[lowest] < top and gap > 1e-5:
            break
    return ByHand(weights, 0.3, momentum), train, val


@check(
    "fit.history_lengths",
    hint="One entry per epoch that was run, in three lists under the names of the docstring; no epoch, no entry.",
    zh="实际跑了几轮就有几项，放在文档字符串所说的三个列表里；一轮没跑就没有项。",
    needs=FIT_NEEDS,
)
def test_as_many_entries_as_epochs(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    train, val = some_batches(draw, weights), some_batches(draw, weights, (5, 3))
    for epochs in (4, 1, 0):
        model, history = trained(submission, ByHand(weights, 0.1), train, val, epochs)
        lists(history, epochs)
    same_weights(model, weights, "a parameter after no epoch")


@check(
    "fit.values",
    hint="Train, then evaluate, with the loss that was handed in; without patience the last weights stay.",
    zh="先训练，再评估，用传入的损失函数；没有 patience 时保留最后的权重。",
    needs=[*FIT_NEEDS, "evaluate.loss_fn"],
)
def test_history_and_weights_are_those_of_a_run_by_hand(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    train, val = some_batches(draw, weights), some_batches(draw, weights, (6, 2, 3))
    tasks = [(ByHand(weights, 0.05, 0.9), train, val), (ByHand(weights, 0.05, 0.0, squares), train, val), turning(draw)]
    for by_hand, train, val in tasks:
        epochs = draw.size(6, 8)
        model, history = trained(submission, by_hand, train, val, epochs)
        want = fit_by_hand(by_hand, train, val, epochs, None)
        for got, (name, values) in zip(lists(history, epochs), want.items(), strict=True):
            compare.same(got, values, what=name, zh=name)
        same_weights(model, by_hand.weights, "a parameter after fit")


@check(
    "fit.uses_val_for_selection",
    hint="The lowest validation loss decides: not the training loss, not the accuracy, and not the last epoch.",
    zh="由最低的验证损失决定：不是训练损失，不是准确率，也不是最后一轮。",
    needs=PATIENCE_NEEDS,
)
def test_stops_and_keeps_the_epoch_of_the_lowest_validation_loss(submission: Any, draw: Draw) -> None:
    for patience, momentum in ((2, 0.0), (3, 0.0), (1, 0.5)):
        by_hand, train, val = turning(draw, momentum)
        model, history = trained(submission, by_hand, train, val, 30, patience)
        want = fit_by_hand(by_hand, train, val, 30, patience)
        found = lists(history, len(want["val_loss"]))
        compare.same(found[1], want["val_loss"], what="val_loss", zh="val_loss")
        same_weights(model, by_hand.weights, "a parameter after fit")


@check(
    "fit.restores_at_the_end",
    hint="With patience the best weights come back also when the epochs ran out first.",
    zh="设了 patience，即使轮数先用完，也要恢复最好的权重。",
    needs=PATIENCE_NEEDS,
)
def test_the_best_weights_come_back_without_an_early_stop(submission: Any, draw: Draw) -> None:
    by_hand, train, val = turning(draw)
    model, history = trained(submission, by_hand, train, val, 9, 40)
    fit_by_hand(by_hand, train, val, 9, 40)
    lists(history, 9)
    same_weights(model, by_hand.weights, "a parameter after fit")
    lists(trained(submission, by_hand, train, val, 0, 2)[1], 0)


@check(
    "fit.diverged",
    hint="If every epoch ends in nan there is no best one: nothing to load, but patience still counts.",
    zh="如果每一轮都是 nan，就没有最好的一轮：没有可载入的，但 patience 照数。",
    needs=[*PATIENCE_NEEDS, "EarlyStopping.nan_is_not_improvement"],
    weight=0.5,
)
def test_a_training_that_only_gives_nan_ends_by_patience(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    train, val = some_batches(draw, weights, (4, 3)), some_batches(draw, weights, (5,))
    model, opt = two_layers(submission, weights)
    loss_fn = submission.build("lambda z, y: z.sum() * float('nan')")
    found = lists(submission.fit(model, train, val, loss_fn, opt, 8, 3), 3)
    for value in found[0] + found[1]:
        compare.equal(value, math.nan, what="a loss", zh="损失")


DIGITS = """
torch.manual_seed(seed)
model = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10)).to(x)
opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
data = torch.utils.data.TensorDataset(x, y)
loader = torch.utils.data.DataLoader(data, batch_size=64, shuffle=True)
student.fit(model, loader, val, F.cross_entropy, opt, 30)
model
"""
PREDICT = "model.eval()\nwith torch.no_grad():\n    z = model(x)\nz"
LEVELS = {"simple": 0.90, "medium": 0.94, "strong": 0.955}


@check(
    "fit.test_accuracy",
    hint="When every part is right, this network learns to read. Is each epoch trained, each gradient fresh?",
    zh="每个部件都对，这个网络就能学会认数字。每一轮都训练了吗？每次的梯度都是新的吗？",
    needs=["fit.values", "fit.history_lengths", "train_epoch.any_loader", "train_epoch.mode_train"],
    weight=1.5,
)
def test_the_network_reads_digits(submission: Any, draw: Draw, record_property: Callable[[str, object], None]) -> None:
    data = digits()  # public

    def accuracy(seed: int) -> float:
        order = draw.child(str(seed)).permutation(len(data.train_y))
        kept, rest = order[237:], order[:237]
        val = [(data.train_x[rest], data.train_y[rest])]
        model = submission.build(DIGITS, seed=seed, x=data.train_x[kept], y=data.train_y[kept], val=val)
        compare.is_type(model, torch.nn.Module, "the model", "模型")
        logits = submission.build(PREDICT, model=model, x=data.test_x)
        return training.tiers(training.accuracy(logits, data.test_y), LEVELS, what="test accuracy", zh="测试准确率")

    figures = training.two_of_three(accuracy, draw, what="test accuracy")
    record_property("accuracy", sum(figures) / len(figures))
