"""Hidden checks of training-loop: evaluate gives the loss and the accuracy over all samples, from any loader."""

from __future__ import annotations

from typing import Any

import pytest
from training_loop_reference import (
    F32,
    F64,
    LOADERS,
    ByHand,
    in_fours,
    loss_and_accuracy,
    same_report,
    some_batches,
    some_weights,
    squares,
    two_layers,
)

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

WHERE_JUDGED = """
class Somewhere(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(2, device="meta"))

    def forward(self, x):
        places.append(x.device.type)
        return torch.zeros(3, 2, device=x.device)

def loss_fn(z, y):
    places.append(y.device.type)
    return torch.tensor(0.5)

places = []
try:
    student.evaluate(Somewhere(), batches, loss_fn)
except (RuntimeError, NotImplementedError) as error:
    if not places:  # a count on a device without memory can't be read
        raise
places
"""


@check(
    "evaluate.device",
    hint="The model lives somewhere. Ask one of its parameters where, and move both halves of a batch there.",
    zh="模型总在某个设备上。问问它的参数，再把批次的两部分都搬过去。",
    weight=0.5,
)
def test_evaluation_moves_batches_to_the_model(submission: Any, draw: Draw) -> None:
    places = submission.build(WHERE_JUDGED, batches=[(draw.randn(3, 2), draw.labels(3, 2))])
    compare.require(
        set(map(str, compare.items(places, None, list))) == {"meta"},
        "a part of a batch reached the model or the loss without being moved to the model's device.",
        "批次中有一部分没有搬到模型所在的设备上，就交给了模型或损失函数。",
        reason="device",
    )


@check(
    "evaluate.value_uneven_batches",
    hint="Sum over samples, divide once at the end. The mean of the batches' means is another number.",
    zh="先对所有样本求和，最后只除一次。各批均值的均值是另一个数。",
)
def test_mean_over_samples_not_over_batches(submission: Any, draw: Draw) -> None:
    for number in range(6):
        dtype = F32 if number == 5 else F64
        weights = some_weights(draw, dtype)
        batches = some_batches(draw, weights, (*draw.sizes(3, 2, 9), 1))
        model, _ = two_layers(submission, weights)
        want = ByHand(weights, 0.0).look(batches)
        same_report(submission.evaluate(model, batches), want, dtype)


@check(
    "evaluate.loss_fn",
    hint="The third argument is the loss to report. Accuracy has nothing to do with it.",
    zh="第三个参数就是要报告的损失；准确率与它无关。",
    weight=0.5,
)
def test_another_loss_is_reported_if_asked_for(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    batches = some_batches(draw, weights)
    model, _ = two_layers(submission, weights)
    same_report(submission.evaluate(model, batches, squares), ByHand(weights, 0.0, loss_of=squares).look(batches))


@check(
    "evaluate.returns_floats",
    hint="A pair of Python floats, which can go into a list, a file or a message as they are.",
    zh="返回两个 Python float，可以直接放进列表、文件或消息里。",
    weight=0.5,
)
def test_a_pair_of_python_floats(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    model, _ = two_layers(submission, weights)
    loss, accuracy = loss_and_accuracy(submission.evaluate(model, some_batches(draw, weights)))
    compare.is_type(loss, float, "the loss", "损失")
    compare.is_type(accuracy, float, "the accuracy", "准确率")


@check(
    "evaluate.large_logits",
    hint="Logits of a thousand are nothing special to a cross-entropy that works with logarithms from the start.",
    zh="如果交叉熵从一开始就用对数计算，logits 上千也没什么特别的。",
    weight=0.5,
)
def test_confident_logits_give_a_finite_loss(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    weights["2.weight"] *= 1000
    batches = some_batches(draw, weights)
    model, _ = two_layers(submission, weights)
    same_report(submission.evaluate(model, batches), ByHand(weights, 0.0).look(batches))


@check(
    "evaluate.any_loader",
    hint="Loop over the loader once, and count the samples as they come by.",
    zh="对 loader 只循环一次，样本数边取边数。",
    weight=0.5,
)
@pytest.mark.parametrize("kind", LOADERS)
def test_every_kind_of_loader_can_be_evaluated(submission: Any, draw: Draw, kind: str) -> None:
    weights = some_weights(draw)
    x, y, batches = in_fours(draw, weights, 10)
    model, _ = two_layers(submission, weights)
    loader = submission.build(LOADERS[kind], batches=batches, x=x, y=y)
    same_report(submission.evaluate(model, loader), ByHand(weights, 0.0).look(batches))


@check(
    "evaluate.empty_loader",
    hint="The accuracy of nothing is not 0 and not 1. Say so with a ValueError.",
    zh="没有样本时，准确率既不是 0 也不是 1。请用 ValueError 说明。",
    weight=0.5,
)
def test_evaluating_nothing_is_refused(submission: Any, draw: Draw) -> None:
    model, _ = two_layers(submission, some_weights(draw))
    compare.raises(ValueError, submission.evaluate, model, [])
