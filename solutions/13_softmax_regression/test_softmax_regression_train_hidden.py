"""Hidden checks of softmax-regression: the steps of fit. What it leaves in W and b is read from the outside."""

from __future__ import annotations

import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import torch
import torch.nn.functional as F
from softmax_regression_reference import F32, OPERATIONS, READY_MADE, points, step, trained, with_right_parts
from torch import Tensor

from autograder.checks import compare, datasets, source_rules, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw
from autograder.model.text import Text


def loss_at(theta: Tensor, X: Tensor, y: Tensor) -> float:
    return F.cross_entropy(X.double() @ theta[:-1] + theta[-1], y).item()


@check(
    "train_softmax.init_loss_ln_C",
    hint="At zero weights every class gets 1/C. logits works before fit; with lr = 0 every loss is log C.",
    zh="权重全为零时每类的概率都是 1/C。fit 之前 logits 就能用；lr = 0 时每个损失都是 log C。",
)
def test_an_untrained_model_knows_nothing(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for d, C in ((5, 10), (1, 2), draw.sizes(2, 3, 8)):
        X, y, theta = points(draw, 7, d, C)
        before = submission.build("student.SoftmaxRegression(d, C).logits(X)", d=d, C=C, X=X)
        compare.same(before, torch.zeros(7, C), what="the logits before fit", zh="训练前的 logits")
        (losses,), now = trained(submission, X, y, C, epochs=2, lr=0.0, batch=3, seed=1)
        compare.same(
            torch.tensor(losses), torch.full((2,), math.log(C)), what="the losses at lr = 0", zh="lr = 0 时的损失"
        )
        compare.same(now, theta.float(), what="W and b after lr = 0", zh="lr = 0 之后的 W 和 b")


def shapes(draw: Draw) -> Iterator[tuple[int, int, int, int]]:
    """n, d, C and the number of epochs."""
    for number in range(6):
        n, d, C = draw.sizes(3, 2, 9)
        yield (1, n)[number != 3], (1, d)[number != 4], (2, C)[number != 5], 1 + number % 3


@check(
    "train_softmax.full_batch_steps",
    hint="A batch of all rows makes one step per epoch: -lr times the gradient of the mean loss, for W and for b.",
    zh="一批包含所有行时，每轮更新一步：W 和 b 都减去 lr 乘以平均损失的梯度。",
)
def test_steps_of_the_whole_batch(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for n, d, C, epochs in shapes(draw):
        X, y, theta = points(draw, n, d, C)
        lr, size = draw.random.uniform(0.1, 0.9), n + draw.size(0, 3)
        for _ in range(epochs):
            theta = step(theta, X, y, lr)
        _, got = trained(submission, X, y, C, epochs=epochs, lr=lr, batch=size, seed=draw.new_seed())
        compare.same(got, theta.float(), what="W and b", zh="W 和 b")


@check(
    "train_softmax.short_batches",
    hint="Each batch makes one step with the mean over its own rows; the short one at the end counts as a batch, too.",
    zh="每一批更新一步，用的是这一批自己各行的平均；最后不满的一批也算一批。",
)
def test_steps_of_batches_with_a_short_last_one(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for n, size, epochs in ((5, 2, 1), (7, 3, 2), (4, 1, 1), (6, 4, 3), (9, 3, 2)):
        d, C = draw.sizes(2, 2, 6)
        row, label, theta = points(draw, 1, d, C)
        X, y, lr = row.expand(n, d), label.expand(n), draw.random.uniform(0.1, 0.6)  # all alike: no order matters
        for _ in range(epochs * -(-n // size)):
            theta = step(theta, row, label, lr)
        _, got = trained(submission, X, y, C, epochs=epochs, lr=lr, batch=size, seed=draw.new_seed())
        compare.same(got, theta.float(), what="W and b", zh="W 和 b")


@check(
    "train_softmax.losses",
    hint="One Python float per epoch: the mean loss over its rows, not the sum, and not only that of the last batch.",
    zh="每轮一个 Python float：对所有行的平均损失，不是总和，也不只是最后一批的。",
)
def test_one_loss_for_each_epoch(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for n, batches, epochs in ((6, 1, 4), (9, 1, 1), (8, 4, 3), (6, 2, 2)):
        d, C = draw.sizes(2, 2, 6)
        X, y, theta = points(draw, n, d, C)
        if batches > 1:
            X, y = X[:1].expand(n, d), y[:1].expand(n)
        before, after = [], []
        for _ in range(epochs):
            running = []
            for _ in range(batches):
                running.append(loss_at(theta, X, y))
                theta = step(theta, X, y, 0.4)
            before.append(sum(running) / batches)
            after.append(loss_at(theta, X, y))
        (losses,), _ = trained(submission, X, y, C, epochs=epochs, lr=0.4, batch=n // batches, seed=draw.new_seed())
        gaps = [max(abs(a - b) for a, b in zip(losses, want, strict=True)) for want in (before, after)]
        compare.require(
            min(gaps) <= 1e-5,
            "the losses are neither the means over the batches of each epoch nor those of all rows after each epoch.",
            "这些损失既不是每轮各批损失的平均，也不是每轮结束后所有行的损失。",
            reason="value",
        )


TWO = """
one, other = student.SoftmaxRegression(2, 3), student.SoftmaxRegression(2, 3)
one.fit(X, y, epochs=2, lr=0.5, batch=2, generator=torch.Generator().manual_seed(0))
other.logits(X)
"""


@check(
    "train_softmax.separate_models",
    hint="Every model has a W and a b of its own: keep them in self, not in the class or at the top of the file.",
    zh="每个模型有自己的 W 和 b：把它们存在 self 里，不要放在类上，也不要放在文件的顶层。",
)
def test_two_models_do_not_share_their_weights(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    X, y, _ = points(draw, 5, 2, 3)
    untouched = submission.build(TWO, X=X, y=y)
    compare.same(
        untouched, torch.zeros(5, 3), what="the logits of another, untrained model", zh="另一个未训练模型的 logits"
    )


@check(
    "train_softmax.fit_goes_on",
    hint="The weights are born in __init__. fit moves them from where they are.",
    zh="权重在 __init__ 中建立。fit 从它们当前的值继续。",
)
def test_a_second_fit_goes_on_from_the_first(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    X, y, theta = points(draw, 6, 3, 4)
    for _ in range(6):
        theta = step(theta, X, y, 0.5)
    _, got = trained(submission, X, y, 4, fits=3, epochs=2, lr=0.5, batch=6, seed=draw.new_seed())
    compare.same(got, theta.float(), what="W and b after three fits", zh="三次 fit 之后的 W 和 b")


WATCHED = """
import torch.optim.optimizer as optimizer
from torch.nn.modules.module import register_module_forward_pre_hook
from torch.utils._python_dispatch import TorchDispatchMode

class Watch(TorchDispatchMode):
    ops = {}
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.ops[func._schema.name] = 1
        return func(*args, **(kwargs or {}))

layers, steps = [], []
hooks = [optimizer.register_optimizer_step_pre_hook(lambda *_: steps.append(1)),
         register_module_forward_pre_hook(lambda layer, _: layers.append(type(layer).__module__))]
with Watch():
    model = student.SoftmaxRegression(3, 4)
    model.fit(X, y, epochs=1, lr=0.1, batch=2, generator=torch.Generator().manual_seed(0))
    model.logits(X)
for hook in hooks:
    hook.remove()
[Watch.ops, any(name.startswith("torch.nn.") for name in layers), bool(steps)]
"""


@check(
    "train_softmax.no_nn",
    hint="X W + b is one line and the step is one line: write both, without a layer and without an optimiser.",
    zh="X W + b 是一行，更新也是一行：都请自己写，不用现成的层，也不用优化器。",
    needs=["train_softmax.example"],
)
def test_no_layer_and_no_optimiser_is_used(fresh_submission: Any, draw: Draw) -> None:
    submission = fresh_submission()
    X, y, _ = points(draw, 5, 3, 4)
    ops, layer, optimiser = compare.items(submission.build(WATCHED, X=X, y=y), 3, list)
    layers = {"nn.Linear", "nn.LazyLinear", "nn.Bilinear", "F.linear", "F.bilinear"}
    source_rules.forbid_imports(submission.source, {"torch.optim"})
    source_rules.forbid_names(submission.source, layers | READY_MADE, within="SoftmaxRegression")
    source_rules.forbid_ops(SimpleNamespace(ops=ops), OPERATIONS)
    if layer is not False or optimiser is not False:
        raise compare.CheckFailure(
            Text("a ready-made layer or optimiser of torch is used.", "用到了 torch 现成的层或优化器。"),
            reason="forbidden",
            outcome="forbidden",
        )


@check(
    "train_softmax.test_accuracy",
    hint="All the pieces are right, yet the digits are not read well enough. Does fit use all rows, all epochs, and b?",
    zh="各个部分都对，数字却识别得不够好。fit 是否用上了所有的行、所有的轮数，以及 b？",
    needs=[
        "softmax.value",
        "cross_entropy.value",
        "cross_entropy.grad_is_p_minus_y",
        "train_softmax.full_batch_steps",
        "train_softmax.short_batches",
    ],
    weight=3.0,
)
def test_digits_are_read(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    data = datasets.digits()
    source = """
model, g = student.SoftmaxRegression(64, 10), torch.Generator().manual_seed(seed)
model.fit(X, y, epochs=30, lr=0.5, batch=64, generator=g)
model
"""

    def run(seed: int) -> float:
        submission = fresh_submission()
        model = submission.build(source, X=data.train_x, y=data.train_y, seed=seed)
        logits = submission.build("model.logits(X)", model=model, X=data.test_x)
        share = training.accuracy(compare.tensor(logits, shape=(360, 10), dtype=F32, what="the logits"), data.test_y)
        record_property("accuracy", share)
        return training.tiers(share, {"simple": 0.8, "medium": 0.9, "strong": 0.94})

    training.two_of_three(run, draw)
