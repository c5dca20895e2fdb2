"""Hidden checks of training-loop, first part: an epoch takes the steps, and reports the loss, of a training by hand."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from training_loop_reference import (
    F32,
    F64,
    ByHand,
    ce,
    close,
    cross_entropy,
    one_epoch,
    same_weights,
    some_batches,
    some_weights,
    squares,
    two_layers,
)

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "train_epoch.sample_weighted_loss",
    hint="A batch of seven counts seven times as much as a batch of one, and its loss is taken before its step.",
    zh="七个样本的小批量的分量应是一个样本的七倍；损失取更新之前的值。",
)
def test_every_sample_counts_once(submission: Any, draw: Draw) -> None:
    for dtype, loss_of in ((F64, cross_entropy), (F32, cross_entropy), (F64, squares), (F64, cross_entropy)):
        weights = some_weights(draw, dtype)
        batches = some_batches(draw, weights, draw.sizes(4, 1, 9))
        model, opt = two_layers(submission, weights, lr=0.3)
        loss_fn = ce(submission) if loss_of is cross_entropy else squares
        got = one_epoch(submission, model, batches, loss_fn, opt)
        want = ByHand(weights, 0.3, loss_of=loss_of).epoch(batches)
        close(got, want, dtype, "the mean loss", "平均损失")


@check(
    "train_epoch.zero_grad",
    hint="backward() adds to what already lies in .grad. Each step follows the gradient of its own batch alone.",
    zh="backward() 会累加到 .grad 已有的值上。每一步只应跟随本批的梯度。",
)
def test_five_steps_are_those_of_a_run_by_hand(submission: Any, draw: Draw) -> None:
    for dtype, momentum in ((F64, 0.0), (F64, 0.9), (F32, 0.5)):
        weights = some_weights(draw, dtype)
        batches = some_batches(draw, weights)
        model, opt = two_layers(submission, weights, momentum=momentum)
        by_hand = ByHand(weights, 0.1, momentum)
        for _ in range(2):
            one_epoch(submission, model, batches, ce(submission), opt)
            by_hand.epoch(batches)
            same_weights(model, by_hand.weights)


@check(
    "train_epoch.stale_gradients",
    hint="Someone may have called backward() before you. When does the first step forget it?",
    zh="在你之前可能已经有人调用过 backward()。你的第一步更新会受它影响吗？",
    weight=0.5,
)
def test_gradients_from_before_the_call_do_not_matter(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    batches = some_batches(draw, weights)
    model, opt = two_layers(submission, weights)
    submission.build("for p in model.parameters():\n    p.grad = torch.full_like(p, 10.0)", model=model)
    one_epoch(submission, model, batches, ce(submission), opt)
    by_hand = ByHand(weights, 0.1)
    by_hand.epoch(batches)
    same_weights(model, by_hand.weights)


@check(
    "train_epoch.mode_train",
    hint="Dropout and batch norm compute differently while training. Somebody must tell the model, with all its parts.",
    zh="训练时 dropout 和批量归一化的计算方式不同；得有人告诉模型（及其所有部件）现在是训练。",
)
def test_an_epoch_runs_in_training_mode(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    batches = some_batches(draw, weights, (6, 3, 5))
    model, opt = two_layers(submission, weights, "nn.Sequential(nn.Dropout(1.0))")  # drops everything
    model.eval()
    by_hand = ByHand(weights, 0.1)
    by_hand.middle = torch.zeros_like
    got = one_epoch(submission, model, batches, ce(submission), opt)
    close(got, by_hand.epoch(batches), F64, "the mean loss of a model with dropout", "带 dropout 的模型的平均损失")
    same_weights(model, by_hand.weights)

    h = len(weights["0.bias"])
    model, opt = two_layers(submission, weights, "nn.BatchNorm1d(h, affine=False)")
    model.eval()
    mean, var, by_hand = torch.zeros(h, dtype=F64), torch.ones(h, dtype=F64), ByHand(weights, 0.1)

    def batch_norm(a: Tensor) -> Tensor:
        mean.mul_(0.9).add_(0.1 * a.detach().mean(0))
        var.mul_(0.9).add_(0.1 * a.detach().var(0))
        return (a - a.mean(0)) / (a.var(0, correction=0) + 1e-5).sqrt()

    by_hand.middle = batch_norm
    by_hand.epoch(batches)
    one_epoch(submission, model, batches, ce(submission), opt)
    stored = compare.is_type(model.state_dict(), dict, "the model's state", "模型的状态")
    for name, want in (("1.running_mean", mean), ("1.running_var", var)):
        compare.same(stored.get(name), want, what="a stored batch-norm statistic", zh="批量归一化存下的统计量")


@check(
    "train_epoch.clip_applied",
    hint="All gradients together have one length. Measure it after backward, and shorten them before step.",
    zh="所有梯度合在一起只有一个长度。在 backward 之后测量，在 step 之前缩短。",
    needs=["train_epoch.zero_grad"],
)
def test_a_long_gradient_is_cut_to_clip(submission: Any, draw: Draw) -> None:
    for factor, momentum, dtype in ((0.2, 0.0, F64), (0.6, 0.0, F64), (1.0, 0.9, F64), (0.4, 0.0, F32)):
        weights = some_weights(draw, dtype)
        batches = some_batches(draw, weights)
        _, slopes = ByHand(weights, 0.1).gradients(*batches[0])
        clip = factor * math.sqrt(sum(float((slope**2).sum()) for slope in slopes.values()))
        model, opt = two_layers(submission, weights, lr=0.5, momentum=momentum)
        one_epoch(submission, model, batches, ce(submission), opt, clip=clip)
        by_hand = ByHand(weights, 0.5, momentum)
        by_hand.epoch(batches, clip)
        same_weights(model, by_hand.weights, rtol=1e-4, atol=1e-5)


@check(
    "train_epoch.clip_spares_short_gradients",
    hint="min(1, clip / length) is 1 for a short gradient: clipping never makes one longer. And 0 / 0 is not a number.",
    zh="梯度较短时 min(1, clip / 长度) 等于 1：裁剪绝不会把它拉长。还有，0 / 0 不是数。",
    needs=["train_epoch.zero_grad"],
    weight=0.5,
)
def test_short_gradients_and_zero_ones_stay(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    batches = some_batches(draw, weights)
    model, opt = two_layers(submission, weights)
    one_epoch(submission, model, batches, ce(submission), opt, clip=1000.0)
    by_hand = ByHand(weights, 0.1)
    by_hand.epoch(batches)
    same_weights(model, by_hand.weights)
    model, opt = two_layers(submission, weights)
    one_epoch(submission, model, batches, submission.build("lambda z, y: (z * 0).mean()"), opt, clip=0.5)
    same_weights(model, weights, "a parameter after steps with zero gradients")


@check(
    "train_epoch.clip_frozen",
    hint="A frozen parameter has no gradient at all: its .grad is None, and None has no length.",
    zh="冻结的参数根本没有梯度：它的 .grad 是 None，而 None 没有长度。",
    needs=["train_epoch.clip_applied"],
    weight=0.5,
)
def test_frozen_parameters_do_not_count_for_the_length(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    batches = some_batches(draw, weights)
    model, opt = two_layers(submission, weights, lr=0.5, frozen=True)
    one_epoch(submission, model, batches, ce(submission), opt, clip=0.3)
    by_hand = ByHand(weights, 0.5, frozen="0.")
    by_hand.epoch(batches, 0.3)
    same_weights(model, by_hand.weights, rtol=1e-4, atol=1e-5)
