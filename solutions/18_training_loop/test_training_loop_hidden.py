"""Hidden checks of training-loop. Models and optimisers live in the sandbox, made from tensors drawn here; what must
come out of them is computed here, by a training written out by hand on plain tensors."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from torch import Tensor

from autograder.checks import compare, training
from autograder.checks.datasets import digits
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

F32, F64 = torch.float32, torch.float64
Weights = dict[str, Tensor]
Batches = list[tuple[Tensor, Tensor]]
LossOf = Callable[[Tensor, Tensor], Tensor]

# The hand-written side ----------------------------------------------------------------------------------------------


def cross_entropy(z: Tensor, y: Tensor) -> Tensor:
    return (z.logsumexp(1) - z.gather(1, y[:, None])[:, 0]).mean()


def squares(z: Tensor, y: Tensor) -> Tensor:
    """A loss that nobody expects: the mean over samples of the squared distance from the one-hot label."""
    one_hot = torch.zeros_like(z).scatter(1, y[:, None], 1.0)
    return ((z - one_hot) ** 2).sum(1).mean()


class ByHand:
    """Two linear layers with something in between, trained with momentum: every formula in the open."""

    def __init__(
        self, weights: Weights, lr: float, momentum: float = 0.0, loss_of: LossOf = cross_entropy, frozen: str = "none"
    ) -> None:
        self.weights = {name: value.clone() for name, value in weights.items()}
        self.velocity = {name: torch.zeros_like(value) for name, value in weights.items()}
        self.lr, self.momentum, self.loss_of, self.frozen = lr, momentum, loss_of, frozen
        self.middle: Callable[[Tensor], Tensor] = torch.tanh

    def logits(self, weights: Weights, x: Tensor) -> Tensor:
        hidden = self.middle(x @ weights["0.weight"].T + weights["0.bias"])
        return hidden @ weights["2.weight"].T + weights["2.bias"]

    def gradients(self, x: Tensor, y: Tensor) -> tuple[float, Weights]:
        leaves = {name: value.clone().requires_grad_(self.frozen not in name) for name, value in self.weights.items()}
        loss = self.loss_of(self.logits(leaves, x), y)
        trained = {name: leaf for name, leaf in leaves.items() if leaf.requires_grad}
        found = torch.autograd.grad(loss, list(trained.values()), materialize_grads=True, allow_unused=True)
        return loss.item(), dict(zip(trained, found, strict=True))

    def epoch(self, batches: Batches, clip: float = math.inf) -> float:
        """Trains, and returns the mean loss per sample."""
        total = 0.0
        for x, y in batches:
            loss, slopes = self.gradients(x, y)
            length = math.sqrt(sum(float((slope.double() ** 2).sum()) for slope in slopes.values()))
            for name, slope in slopes.items():
                self.velocity[name] = self.momentum * self.velocity[name] + slope * min(1.0, clip / max(length, 1e-300))
                self.weights = {**self.weights, name: self.weights[name] - self.lr * self.velocity[name]}
            total += loss * len(y)
        return total / sum(len(y) for _, y in batches)

    def look(self, batches: Batches) -> tuple[float, float]:
        """Mean loss and accuracy over all samples."""
        x, y = torch.cat([x for x, _ in batches]), torch.cat([y for _, y in batches])
        z = self.logits(self.weights, x)
        return self.loss_of(z, y).item(), (z.argmax(1) == y).double().mean().item()


def some_weights(draw: Draw, dtype: torch.dtype = F64) -> Weights:
    """Of two linear layers: features, hidden units and classes all differ."""
    d, h, c = draw.sizes(3, 3, 7)
    shapes = {"0.weight": (h, d), "0.bias": (h,), "2.weight": (c, h), "2.bias": (c,)}
    return {name: draw.randn(*shape, dtype=dtype) for name, shape in shapes.items()}


def some_batches(draw: Draw, weights: Weights, sizes: tuple[int, ...] = (7, 4, 6, 5, 1)) -> Batches:
    """Batches of different sizes, some of them not contiguous."""
    (_, d), c = weights["0.weight"].shape, len(weights["2.bias"])
    dtype, batches = weights["0.weight"].dtype, []
    for size in sizes:
        x = draw.randn(size, d, dtype=dtype)
        batches.append((draw.noncontiguous(x) if size % 2 else x, draw.integers(0, c, size)))
    return batches


# What lives in the sandbox ------------------------------------------------------------------------------------------

TWO_LAYERS = """
(h, d), c = weights["0.weight"].shape, len(weights["2.bias"])
model = nn.Sequential(nn.Linear(d, h), MIDDLE, nn.Linear(h, c)).to(weights["0.weight"])
model.load_state_dict(weights, strict=False)
if frozen:
    model[0].requires_grad_(False)
model, torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr, momentum=momentum)
"""


def two_layers(  # two layers, an optimiser
    submission: Any,
    weights: Weights,
    middle: str = "nn.Tanh()",
    lr: float = 0.1,
    momentum: float = 0.0,
    frozen: bool = False,
) -> tuple[Any, Any]:
    """A model of two linear layers with something in between, and its optimiser."""
    source = TWO_LAYERS.replace("MIDDLE", middle)
    made = submission.build(source, weights=weights, lr=lr, momentum=momentum, frozen=frozen)
    model, opt = compare.items(made, 2, what="the model and its optimiser", zh="模型与优化器")
    return compare.is_type(model, torch.nn.Module, "the model", "模型"), opt


def one_epoch(submission: Any, *args: Any, **more: Any) -> Any:
    """train_epoch, on the device where the tensors of the sandbox lie."""
    return submission.train_epoch(*args, device=submission.device, **more)


def ce(submission: Any) -> Any:
    return submission.build("F.cross_entropy")


def same_weights(model: Any, want: Weights, what: str = "a parameter after the epoch", **tolerance: float) -> None:
    got = {name: value.detach() for name, value in model.params().items()}
    for name, value in want.items():
        compare.same(got.get(name), value, what=what, zh="训练之后的一个参数", **tolerance)


def close(got: Any, want: float, dtype: torch.dtype, what: str, zh: str) -> None:
    rtol = 1e-9 if dtype == F64 else 1e-4
    compare.number(got, want, rtol, rtol, what=what, zh=zh)


def alike(one: Any, other: Any) -> bool:
    """Exactly equal, whatever the two are."""
    try:
        compare.equal(one, other)
    except compare.CheckFailure:
        return False
    return True


# train_epoch --------------------------------------------------------------------------------------------------------


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


LOADERS = {
    "generator": "(pair for pair in batches)",
    "lists": "[list(pair) for pair in batches]",
    "DataLoader": "torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)",
}


@check(
    "train_epoch.any_loader",
    hint="A loader only promises to give batches. Count the samples as they come by.",
    zh="loader 只保证能逐批给出数据。样本数要边取边数。",
    weight=0.5,
)
@pytest.mark.parametrize("kind", LOADERS)
def test_every_kind_of_loader_will_do(submission: Any, draw: Draw, kind: str) -> None:
    weights = some_weights(draw)
    ((x, y),) = some_batches(draw, weights, (11,))
    batches = [(x[start : start + 4], y[start : start + 4]) for start in (0, 4, 8)]
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
    "train_epoch.empty_loader",
    hint="Nothing divided by nothing: say so with a ValueError.",
    zh="零除以零没有意义：请用 ValueError 说明。",
    weight=0.5,
)
def test_an_epoch_without_batches_is_refused(submission: Any, draw: Draw) -> None:
    model, opt = two_layers(submission, some_weights(draw))
    compare.raises(ValueError, submission.train_epoch, model, [], ce(submission), opt)


# evaluate -----------------------------------------------------------------------------------------------------------


def loss_and_accuracy(got: Any) -> list[Any]:
    return compare.items(got, 2)


def same_report(got: Any, want: tuple[float, float], dtype: torch.dtype = F64) -> None:
    loss, accuracy = loss_and_accuracy(got)
    close(loss, want[0], dtype, "the loss", "损失")
    close(accuracy, want[1], dtype, "the accuracy", "准确率")


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
    "evaluate.mode_eval",
    hint="A concert is no rehearsal: nobody is dropped, and batch norm uses what it has stored.",
    zh="音乐会不是排练：没有人缺席，批量归一化使用存好的统计量。",
)
def test_the_model_computes_in_evaluation_mode(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    h = len(weights["0.bias"])
    mean, var = draw.randn(h), draw.uniform(0.5, 2.0, h)
    batches = some_batches(draw, weights)
    stored = {**weights, "1.0.running_mean": mean, "1.0.running_var": var}
    model, _ = two_layers(submission, stored, "nn.Sequential(nn.BatchNorm1d(h, affine=False), nn.Dropout(0.7))")
    by_hand = ByHand(weights, 0.0)
    by_hand.middle = lambda a: (a - mean) / (var + 1e-5).sqrt()
    for mode in (True, False):
        model.train(mode)
        same_report(submission.evaluate(model, batches), by_hand.look(batches))


FLAGS = "[part.training for part in model.modules()]"


def same_flags(submission: Any, model: Any, batches: Batches, en: str, zh: str) -> None:
    before = submission.build(FLAGS, model=model)
    loss_and_accuracy(submission.evaluate(model, batches))
    compare.require(alike(submission.build(FLAGS, model=model), before), en, zh, reason="mode")


@check(
    "evaluate.restores_mode",
    hint="Look in which mode the model is before you change it. That is the one to go back to, not a fixed one.",
    zh="改变模式之前先看看模型原来处于哪种模式。结束后应回到原来的模式，而不是某个固定的模式。",
)
def test_the_mode_is_the_one_from_before(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    model, _ = two_layers(submission, weights, "nn.Sequential(nn.Tanh(), nn.Dropout(0.5))")
    for mode in (True, False, True):
        model.train(mode)
        name, zh = ("training", "训练") if mode else ("evaluation", "评估")
        same_flags(
            submission,
            model,
            some_batches(draw, weights),
            f"a model that was in {name} mode is no longer in it after evaluate.",
            f"模型原来处于{zh}模式，evaluate 之后却不是了。",
        )


@check(
    "evaluate.restores_parts",
    hint="model.train() switches all parts. One of them may have been in evaluation mode while the rest was training.",
    zh="model.train() 会切换所有部件；而其中某个部件可能本来就处于评估模式，其余的在训练。",
    needs=["evaluate.restores_mode"],
    weight=0.5,
)
def test_every_part_gets_its_own_mode_back(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    for source in ("model[1].eval()", "model[1][1].eval()", "model.eval()\nmodel[2].train()"):
        model, _ = two_layers(submission, weights, "nn.Sequential(nn.Tanh(), nn.BatchNorm1d(h))")
        submission.build(source + "\nNone", model=model)
        same_flags(
            submission,
            model,
            some_batches(draw, weights),
            "one part of the model was in another mode than the rest, and has lost it.",
            "模型的某个部件原来与其余部件模式不同，evaluate 之后它的模式丢了。",
        )


SNAPSHOT = """
state = {name: value.clone() for name, value in model.state_dict().items()}
grads = [None if p.grad is None else p.grad.clone() for p in model.parameters()]
state, grads
"""
SWITCH = "student.evaluate(model, batches)\ntorch.is_grad_enabled()"


@check(
    "evaluate.no_state_change",
    hint="Compare the state_dict, the gradients and torch.is_grad_enabled() before and after the call.",
    zh="比较调用前后的 state_dict、梯度以及 torch.is_grad_enabled()。",
)
def test_evaluating_changes_nothing(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    model, _ = two_layers(submission, weights, "nn.BatchNorm1d(h)")
    submission.build("for p in list(model.parameters())[1:]:\n    p.grad = torch.ones_like(p)", model=model)
    for mode in (True, False):
        model.train(mode)
        before = compare.items(submission.build(SNAPSHOT, model=model), 2)
        loss_and_accuracy(submission.evaluate(model, some_batches(draw, weights)))
        after = compare.items(submission.build(SNAPSHOT, model=model), 2)
        compare.same(after[0], before[0], rtol=0, atol=0, what="the model's state afterwards", zh="之后模型的状态")
        compare.same(after[1], before[1], rtol=0, atol=0, what="the gradients afterwards", zh="之后的梯度")
    switch = submission.build(SWITCH, model=model, batches=some_batches(draw, weights))
    compare.equal(switch, True, what="whether gradients are switched on afterwards", zh="之后求导是否开启")


@check(
    "evaluate.no_grad_graph",
    hint="Nobody will call backward here: tell torch before the model computes, not after.",
    zh="这里没有人会调用 backward：要在模型计算之前告诉 torch，而不是之后。",
)
def test_no_graph_is_built(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    batches = some_batches(draw, weights)
    model, _ = two_layers(submission, weights)
    seen = submission.observe("evaluate", model, batches)
    same_report(seen.result, ByHand(weights, 0.0).look(batches))
    compare.require(
        seen.saved == 0,
        f"{seen.saved} numbers were kept for a backward pass.",
        f"有 {seen.saved} 个数被留存下来，准备用于反向传播。",
        reason="memory",
    )


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
    ((x, y),) = some_batches(draw, weights, (10,))
    batches = [(x[start : start + 4], y[start : start + 4]) for start in (0, 4, 8)]
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


# EarlyStopping ------------------------------------------------------------------------------------------------------


def improvements(metrics: list[float], min_delta: float = 0.0, sign: int = -1) -> list[bool]:
    """Which of them improve on the best so far; sign is -1 for a loss, 1 for an accuracy."""
    best, found = -math.inf, []
    for metric in metrics:
        better = sign * metric > best + min_delta  # false for nan
        best = sign * metric if better else best
        found.append(better)
    return found


def answers(improved: list[bool], patience: int) -> list[bool]:
    """Whether the last `patience` ones are all bad."""
    return [end >= patience and not any(improved[end - patience : end]) for end in range(1, len(improved) + 1)]


def curve(draw: Draw, length: int = 16) -> list[float]:
    """A jumpy, falling curve with ties, in eighths, so that no rounding decides."""
    return [draw.size(0, 6) / 8 + max(0, 6 - step) / 4 for step in range(length)]


def stops_right(
    submission: Any, metrics: list[float], patience: int, min_delta: float = 0.0, mode: str = "min"
) -> None:
    stopper = submission.EarlyStopping(patience, min_delta=min_delta, mode=mode)
    got = [stopper.step(metric) for metric in metrics]
    want = answers(improvements(metrics, min_delta, -1 if mode == "min" else 1), patience)
    for number, (one, other) in enumerate(zip(got, want, strict=True), 1):
        compare.equal(one, other, what=f"the answer in epoch {number}", zh=f"第 {number} 轮的回答")


@check(
    "EarlyStopping.stops_after_patience",
    hint="Count bad epochs in a row: an improvement starts the count again, an equal metric does not.",
    zh="数的是连续的坏轮数：一有改善就从头数起；持平不算改善。",
)
def test_stops_in_exactly_the_right_epoch(submission: Any, draw: Draw) -> None:
    for patience in (1, 2, 3, 4, 5):
        stops_right(submission, curve(draw), patience)


@check(
    "EarlyStopping.min_delta",
    hint="Compare with the metric of the last improvement, not with yesterday's. Exactly min_delta is not enough.",
    zh="要与上一次改善时的成绩比较，而不是与上一轮比较。恰好等于 min_delta 还不够。",
)
def test_small_gains_do_not_count(submission: Any, draw: Draw) -> None:
    creeping = [3.0 - step / 8 for step in range(9)]  # each step too small, together enough
    for min_delta, metrics in ((0.25, creeping), (0.125, creeping), (0.25, curve(draw)), (0.5, curve(draw))):
        stops_right(submission, metrics, draw.size(2, 3), min_delta)


@check(
    "EarlyStopping.mode_max",
    hint="For an accuracy, more is better: the comparison and the sign of min_delta both turn round.",
    zh="准确率越高越好：比较的方向和 min_delta 的符号都要反过来。",
)
def test_an_accuracy_should_rise(submission: Any, draw: Draw) -> None:
    for patience, min_delta in ((1, 0.0), (2, 0.0), (3, 0.25), (2, 0.125)):
        metrics = [2.0 - metric for metric in curve(draw)]
        stops_right(submission, metrics, patience, min_delta, "max")


def new_model(submission: Any, draw: Draw) -> Any:
    """A small model with parameters and buffers."""
    model, _ = two_layers(submission, some_weights(draw), "nn.BatchNorm1d(h)")
    return model


CHANGE = """
with torch.no_grad():
    for value in model.state_dict().values():
        value += 1
"""
COPY = "{name: value.clone() for name, value in model.state_dict().items()}"


def state_after(stopper: Any) -> Any:
    return compare.is_type(stopper.best_state, dict, "best_state", "best_state")


@check(
    "EarlyStopping.nan_is_not_improvement",
    hint="Every comparison with nan is false. Let false mean: not better. In the very first epoch, too.",
    zh="与 nan 的任何比较都是假。要让“假”意味着“没有变好”，第一轮也不例外。",
)
def test_nan_is_a_bad_epoch(submission: Any, draw: Draw) -> None:
    nan = math.nan
    for mode in ("min", "max"):
        for metrics in ([1.0, nan, nan, 0.5, 1.5], [nan, nan, 1.0, 2.0, 0.5, nan, nan], [nan, nan, nan, nan]):
            stops_right(submission, metrics, 2, mode=mode)
        stopper, models = submission.EarlyStopping(3, mode=mode), [new_model(submission, draw) for _ in range(3)]
        stopper.step(nan, models[0])
        compare.equal(stopper.best_state, None, what="best_state after nothing but nan", zh="只有 nan 时的 best_state")
        stopper.step(1.0, models[1])
        want = submission.build(COPY, model=models[1])
        stopper.step(nan, models[2])
        compare.same(state_after(stopper), want, what="best_state after a nan", zh="出现 nan 之后的 best_state")


@check(
    "EarlyStopping.restores_best",
    hint="The tensors in state_dict() are the model's own, and training goes on changing them.",
    zh="state_dict() 里的张量就是模型自己的张量，训练会继续改动它们。",
)
def test_best_state_is_a_copy_of_the_best_epoch(submission: Any, draw: Draw) -> None:
    for source in ("stopper.step(metric, model)", "stopper.step(metric, model.state_dict())"):
        model, stopper, want = new_model(submission, draw), submission.EarlyStopping(9), None
        compare.equal(stopper.best_state, None, what="best_state before the first epoch", zh="第一轮之前的 best_state")
        metrics = [1.0, *(step / 8 for step in draw.permutation(7).tolist())]
        for metric, better in zip(metrics, improvements(metrics), strict=True):
            submission.build(source, stopper=stopper, metric=metric, model=model)
            want = submission.build(COPY, model=model) if better else want
            submission.build(CHANGE, model=model)
            compare.same(state_after(stopper), want, rtol=0, atol=0, what="best_state", zh="best_state")


@check(
    "EarlyStopping.loads_back",
    hint="best_state is data, not history: names and tensors that load_state_dict takes as they are.",
    zh="best_state 是数据，不是计算历史：名字与张量，load_state_dict 可以直接使用。",
    needs=["EarlyStopping.restores_best"],
    weight=0.5,
)
def test_best_state_can_be_loaded(submission: Any, draw: Draw) -> None:
    model, stopper = new_model(submission, draw), submission.EarlyStopping(2)
    want = submission.build(COPY, model=model)
    stopper.step(0.5, model)
    submission.build(CHANGE, model=model)
    source = "model.load_state_dict(stopper.best_state)\nany(v.requires_grad for v in stopper.best_state.values())"
    needs_gradient = submission.build(source, model=model, stopper=stopper)
    compare.same(submission.build(COPY, model=model), want, what="the model after loading", zh="载入之后的模型")
    compare.equal(needs_gradient, False, what="whether best_state requires a gradient", zh="best_state 是否要求梯度")


@check(
    "EarlyStopping.bad_arguments",
    hint="A patience below 1 and a mode nobody knows are refused when the object is made.",
    zh="patience 小于 1，或者 mode 不认识，都应在创建对象时拒绝。",
    weight=0.5,
)
def test_impossible_settings_are_refused(submission: Any) -> None:
    for patience, mode in ((0, "min"), (-2, "max"), (3, "best"), (1, "MIN")):
        compare.raises(ValueError, submission.EarlyStopping, patience, mode=mode)


# diagnose -----------------------------------------------------------------------------------------------------------

Case = tuple[list[float], list[float], list[float] | None]


def label(train: list[float], val: list[float], bigger: list[float] | None) -> str:
    """The rules of the docstring."""
    smooth = {name: _medians(c) for name, c in (("train", train), ("val", val), ("bigger", bigger or [0.0] * 3))}
    end = {name: values[-1] for name, values in smooth.items()}
    if end["train"] > 0.10:
        return "optimization" if bigger is not None and end["bigger"] - end["train"] >= -0.02 else "model_bias"
    if end["val"] - end["train"] <= 0.05:
        return "ok"
    return "overfitting" if end["val"] - min(smooth["val"]) > 0.02 else "mismatch"


def _medians(curve: list[float]) -> list[float]:
    return [statistics.median(curve[i : i + 3]) for i in range(len(curve) - 2)]


def falling(draw: Draw, end: float, start: float = 0.8, rise: float = 0.0) -> list[float]:
    """From start down to end - rise, then up to end if it rises at all; flat in the last four epochs."""
    down, low = draw.size(5, 8), end - rise
    steps = [low + (start - low) * 0.45**step for step in range(down)] + [low] * 4
    return [*steps, *(low + rise * step / 4 for step in range(1, 5)), *[end] * 4] if rise else steps


def shaped(draw: Draw, wanted: str) -> Case:
    """A drawn case far from every threshold."""
    u = draw.random.uniform
    if wanted == "model_bias":
        end = u(0.2, 0.4)
        bigger = None if draw.random.random() < 0.5 else falling(draw, end - u(0.08, 0.15))
        return falling(draw, end), falling(draw, end + u(0.0, 0.2)), bigger
    if wanted == "optimization":
        end = u(0.15, 0.3)
        return falling(draw, end), falling(draw, end + u(0.0, 0.2)), falling(draw, end + u(0.03, 0.2))
    end = u(0.0, 0.05)
    gap = u(0.0, 0.02) if wanted == "ok" else u(0.2, 0.4)
    val = falling(draw, end + gap, rise=u(0.07, 0.15) if wanted == "overfitting" else 0.0)
    return falling(draw, end), val, None


def diagnosed(submission: Any, case: Case, wanted: str) -> None:
    got = submission.diagnose(*case) if case[2] else submission.diagnose(*case[:2])
    compare.equal(got, wanted, what="the diagnosis", zh="诊断")


LABELS = ("model_bias", "overfitting", "mismatch", "ok")


@check(
    "diagnose.four_cases",
    hint="First ask whether the training data are learned at all. Only then does the validation curve say anything.",
    zh="先问训练数据到底学会了没有。学会了，验证曲线才说明问题。",
)
def test_four_clear_cases(submission: Any, draw: Draw) -> None:
    for wanted in LABELS:
        for _ in range(3):
            diagnosed(submission, shaped(draw, wanted), wanted)


@check(
    "diagnose.bigger_model_worse_on_train",
    hint="A bigger model could copy the smaller one. If it does no better on the training data, size is not missing.",
    zh="更大的模型本可以照搬小模型。如果它在训练数据上仍不见好，缺的就不是规模。",
)
def test_fifty_six_layers_against_twenty(submission: Any, draw: Draw) -> None:
    twenty, fifty_six = falling(draw, 0.13), falling(draw, 0.2)
    val = falling(draw, 0.18)
    same, better, hardly = falling(draw, 0.13), falling(draw, 0.05), falling(draw, 0.12)
    for bigger in (fifty_six, same, hardly):
        diagnosed(submission, (twenty, val, bigger), "optimization")
    for bigger in (better, None):
        diagnosed(submission, (twenty, val, bigger), "model_bias")
    learned = falling(draw, 0.02)
    diagnosed(submission, (learned, falling(draw, 0.04), fifty_six), "ok")
    diagnosed(submission, (learned, val, fifty_six), "mismatch")


def jittered(draw: Draw, curve: list[float]) -> list[float]:
    """Small noise everywhere, and one epoch in each half that went quite wrong or quite lucky."""
    noisy = [max(0.0, value + draw.random.uniform(-0.004, 0.004)) for value in curve]
    for place in (draw.size(0, len(curve) // 2 - 2), -draw.size(1, 3)):
        noisy[place] = max(0.0, noisy[place] + draw.random.choice((-0.2, 0.3)))
    return noisy


@check(
    "diagnose.noise_robust",
    hint="One lucky or unlucky epoch says nothing. The median of three neighbours doesn't even notice it.",
    zh="一轮走运或倒霉说明不了什么。三个相邻值的中位数根本不会理会它。",
)
def test_jitter_does_not_change_the_label(submission: Any, draw: Draw) -> None:
    for wanted in (*LABELS, "optimization") * 3:
        train, val, bigger = shaped(draw, wanted)
        diagnosed(submission, (jittered(draw, train), jittered(draw, val), bigger and jittered(draw, bigger)), wanted)


@check(
    "diagnose.rules",
    hint="Go through the rules in their order, with exactly the thresholds of the docstring.",
    zh="严格按文档字符串中的次序和阈值逐条判断。",
)
def test_any_curves_get_the_label_of_the_rules(submission: Any, draw: Draw) -> None:
    for case in (*beside_thresholds(), *narrow_dips(), *(random_curves(draw) for _ in range(30))):
        if not _close_call(case):
            diagnosed(submission, case, label(*case))


def beside_thresholds() -> Iterator[Case]:
    """One step to both sides of every threshold, in all combinations."""
    for end, gap, rise, more in itertools.product(
        (0.092, 0.108), (0.042, 0.058), (0.013, 0.027), (None, -0.027, -0.013)
    ):
        val = [end + gap - rise] * 4 + [end + gap] * 3
        yield [0.5, end, 0.7, end], val, None if more is None else [end + more] * 5


def narrow_dips() -> Iterator[Case]:
    """Validation dips by one, two, or two epochs with one between, at every place: only windows of three see which."""
    for pattern, place in itertools.product(([0.17], [0.17, 0.17], [0.17, 0.2, 0.17]), range(9)):
        val = [0.2] * 11
        val[place : place + len(pattern)] = pattern
        yield [0.02] * 4, val[:11], None


def random_curves(draw: Draw) -> Case:
    grid = [0.0045 + 0.01 * step for step in range(24)]
    size = draw.random.choice((8, 24))
    train, val, bigger = ([draw.random.choice(grid[:top]) for _ in range(draw.size(3, 9))] for top in (size, 24, 24))
    return train, val, draw.random.choice((bigger, None))


def _close_call(case: Case) -> bool:
    """Rounding could decide."""
    train, val, bigger = (_medians(c) if c is not None else [9.0] for c in case)
    distances = (train[-1] - 0.1, val[-1] - train[-1] - 0.05, val[-1] - min(val) - 0.02, bigger[-1] - train[-1] + 0.02)
    return min(map(abs, distances)) < 1e-6


@check(
    "diagnose.too_short",
    hint="Two epochs have no median of three. Refuse them with a ValueError, whichever curve it is.",
    zh="只有两轮就没有三个值的中位数。不管是哪条曲线，都用 ValueError 拒绝。",
    weight=0.5,
)
def test_two_epochs_are_too_few(submission: Any, draw: Draw) -> None:
    fine, short = falling(draw, 0.3), [0.5, 0.4]
    for curves in ((short, fine), (fine, short), (fine, fine, short), ([], [])):
        compare.raises(ValueError, submission.diagnose, *curves)


# seed_everything ----------------------------------------------------------------------------------------------------

DRAWS = {
    "random": "import random\nstudent.seed_everything(seed)\n[random.random() for _ in range(3)]",
    "NumPy": "student.seed_everything(seed)\nnp.random.rand(3).tolist()",
    "torch": "student.seed_everything(seed)\ntorch.randn(3).tolist()",
}
ORDER = """
student.seed_everything(seed)
[number for batch in torch.utils.data.DataLoader(range(50), batch_size=7, shuffle=True) for number in batch.tolist()]
"""
DISTURB = "import random\nrandom.random(), np.random.rand(), torch.rand(5).sum().item()"


def repeats(submission: Any, source: str, seed: int, what: str) -> None:
    """The same after the same seed, even if something was drawn in between; something else after another seed."""
    first = submission.build(source, seed=seed)
    submission.build(DISTURB)
    same = alike(submission.build(source, seed=seed), first)
    compare.require(same, f"{what}: the same seed gave something else.", f"{what}：同一个种子给出了不同的结果。")
    differ = not alike(submission.build(source, seed=seed + 1), first)
    compare.require(differ, f"{what}: another seed changed nothing.", f"{what}：换了种子却没有变化。")


@check(
    "seed_everything.three_generators",
    hint="Python, NumPy and torch: each has a generator of its own, and each wants its seed.",
    zh="Python、NumPy 和 torch 各有自己的随机数发生器，都需要播种。",
)
@pytest.mark.parametrize("library", DRAWS)
def test_each_generator_is_seeded(submission: Any, draw: Draw, library: str) -> None:
    compare.equal(submission.seed_everything(3), None, what="what it returns", zh="返回值")
    repeats(submission, DRAWS[library], draw.size(0, 10**9), library)


@check(
    "seed_everything.loader_order_seeded",
    hint="A shuffling DataLoader draws its order from torch's generator each time it is looped over.",
    zh="会打乱次序的 DataLoader 每次循环都从 torch 的发生器抽取次序。",
)
def test_the_order_of_a_shuffling_loader_is_seeded(submission: Any, draw: Draw) -> None:
    repeats(submission, ORDER, draw.size(0, 10**9), "DataLoader")


def fifteen(got: Any) -> Tensor:
    weights = compare.tensor(got, shape=(15,), dtype=F32, what="the weights", zh="权重")
    return compare.finite(weights, "the weights", "权重").detach()


@check(
    "seed_everything.same_seed_same_weights",
    hint="Seed first, then draw: the data, the start of the weights and the order of the batches all count.",
    zh="先播种，再抽取：数据、权重初值和批次次序都算在内。",
)
def test_the_same_seed_gives_the_same_bits(submission: Any, fresh_submission: Any, draw: Draw) -> None:
    seed = draw.size(0, 10**9)
    first = fifteen(submission.run(seed))
    submission.build(DISTURB)
    again, elsewhere = fifteen(submission.run(seed)), fifteen(fresh_submission().run(seed))
    for other, where, zh in ((again, "in the same process", "同一进程中"), (elsewhere, "in a new process", "新进程中")):
        same = torch.equal(first, other)
        compare.require(same, f"a second run {where} gave other weights.", f"在{zh}再跑一次，得到了不同的权重。")


@check(
    "seed_everything.different_seed_differs",
    hint="The seed that run is given decides about all of it: no fixed seed, no fixed weights.",
    zh="一切都由传给 run 的种子决定：不要固定的种子，也不要固定的权重。",
)
def test_another_seed_gives_other_weights(submission: Any, draw: Draw) -> None:
    found = [fifteen(submission.run(seed)) for seed in draw.sizes(3, 0, 10**6)]
    differ = all(not torch.equal(one, other) for one, other in ((found[0], found[1]), (found[1], found[2])))
    compare.require(differ, "two different seeds gave the same weights.", "两个不同的种子给出了相同的权重。")


@check(
    "seed_everything.run_trains",
    hint="Weights that come straight from the generator are a start, not the end of a training.",
    zh="直接由随机数发生器给出的权重只是起点，不是训练的结果。",
    weight=0.5,
)
def test_run_really_trains(submission: Any, draw: Draw) -> None:
    seen = submission.observe("run", draw.size(0, 10**6))
    fifteen(seen.result)
    compare.require(seen.saved > 0, "nothing was kept for a backward pass.", "没有为反向传播留存任何数。")
    compare.equal(seen.grad_graph, False, what="whether the weights require a gradient", zh="权重是否要求梯度")


STEPS = """
steps = []

def note(opt, args, kwargs):
    groups = opt.param_groups
    numbers = [number for group in groups for p in group["params"] for number in p.detach().flatten().tolist()]
    steps.append((type(opt).__name__, [float(group["lr"]) for group in groups], numbers))

from torch.optim.optimizer import register_optimizer_step_post_hook
hook = register_optimizer_step_post_hook(note)
try:
    result = student.run(seed)
finally:
    hook.remove()
(result, steps)
"""


@check(
    "seed_everything.eight_steps",
    hint="32 samples in batches of 8, twice: how many steps is that? And each goes a tenth of the gradient.",
    zh="32 个样本、每批 8 个、两轮：一共多少步？每一步走梯度的十分之一。",
    needs=["seed_everything.run_trains", "train_epoch.zero_grad", "train_epoch.sample_weighted_loss"],
    weight=0.5,
)
def test_run_takes_eight_steps_of_sgd(submission: Any, draw: Draw) -> None:
    result, steps = compare.items(submission.build(STEPS, seed=draw.size(0, 10**6)), 2, tuple)
    compare.equal(len(compare.items(steps, None, list)), 8, what="the number of steps", zh="步数")
    for step in steps:
        name, rates, numbers = compare.items(step, 3, tuple)
        compare.equal((name, rates), ("SGD", [0.1]), what="the optimiser and its rates", zh="优化器及其学习率")
    last = [compare.is_type(number, float) for number in compare.items(numbers, 15, list)]
    got, want = fifteen(result).sort().values, torch.tensor(last, dtype=F32).sort().values
    compare.same(got, want, what="the weights after the last step", zh="最后一步之后的权重")


# fit ----------------------------------------------------------------------------------------------------------------

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
