"""Hidden checks of topic 22, fourth part: the training. With p = 0 and with p = 1 it leaves nothing to chance but the
first weights and the order of the rows, so its steps can be repeated by hand; in between only statistics can tell."""

from __future__ import annotations

import itertools
from typing import Any

import torch
import torch.nn.functional as F
from dropout_reference import F32, F64, Theta, close_to, forward, logits, parameters, right_dropout
from torch import Tensor

from autograder.checks import compare, training
from autograder.checks.datasets import digits
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

SIZES = (64, 128, 96, 10)
RATE, MOMENTUM, BATCH = 0.1, 0.9, 50
NETWORK = [
    "DropoutMLP.parameters", "DropoutMLP.eval_not_scaled", "DropoutMLP.eval_deterministic",
    "DropoutMLP.train_is_a_subnetwork", "DropoutMLP.rate_of_each_layer", "DropoutMLP.mode_follows_module",
    "DropoutMLP.train_stochastic",
]  # fmt: skip
TRAIN = "student.train_dropout(X, y, p, epochs, torch.Generator().manual_seed(seed))"


def trained(submission: Any, X: Tensor, y: Tensor, p: float, epochs: int, seed: int) -> Any:
    """The student's model."""
    model = submission.build(TRAIN, X=X, y=y, p=p, epochs=epochs, seed=seed % 2**31)
    return compare.is_type(model, torch.nn.Module, "the trained model", "训练好的模型")


def start(submission: Any, X: Tensor, y: Tensor, p: float, seed: int) -> Theta:
    """The weights before the first epoch, in float64."""
    theta, _ = parameters(trained(submission, X, y, p, 0, seed), SIZES)
    return [(weight.double(), bias.double()) for weight, bias in theta]


class Walk:
    """SGD with momentum by hand; a copy can go another way."""

    def __init__(self, theta: Theta, velocity: list[Tensor] | None = None) -> None:
        self.flat = [value for layer in theta for value in layer]
        self.velocity = [torch.zeros_like(value) for value in self.flat] if velocity is None else velocity

    def theta(self) -> Theta:
        return list(zip(self.flat[::2], self.flat[1::2], strict=True))

    def step(self, X: Tensor, y: Tensor, weights: Tensor, keep: float) -> Walk:
        """One step on the weighted mean of the losses; `keep` multiplies every hidden layer."""
        leaves = [value.clone().requires_grad_() for value in self.flat]
        theta = list(zip(leaves[::2], leaves[1::2], strict=True))
        out = forward(theta, X, [torch.tensor(keep, dtype=F64)] * 2)
        loss = (F.cross_entropy(out, y, reduction="none") * weights).sum() / weights.sum()
        slopes = torch.autograd.grad(loss, leaves)
        speed = [MOMENTUM * v + slope for v, slope in zip(self.velocity, slopes, strict=True)]
        moved = [value - RATE * v for value, v in zip(self.flat, speed, strict=True)]
        return Walk(list(zip(moved[::2], moved[1::2], strict=True)), speed)


def same_logits(model: Any, walk: Walk, X: Tensor, what: str, zh: str) -> None:
    got = logits(model, X, 10)
    compare.same(got, forward(walk.theta(), X.double()).float(), rtol=1e-3, atol=2e-4, what=what, zh=zh)


@check(
    "train_gain.full_batch_steps",
    hint="A small set is one batch: one step of SGD with momentum per epoch, on the mean cross-entropy of its rows.",
    zh="小数据集就是一批：每轮用带动量的 SGD 走一步，损失是各行交叉熵的平均。",
    needs=NETWORK,
)
@right_dropout
def test_steps_of_one_batch(submission: Any, draw: Draw) -> None:
    for n, p, epochs in ((draw.size(5, 20), 0.0, 4), (50, 0.0, 2), (draw.size(21, 40), 1.0, 5), (3, 0.0, 0)):
        X, y, seed = draw.uniform(0, 1, n, 64, dtype=F32), draw.integers(0, 10, n), draw.new_seed()
        walk = Walk(start(submission, X, y, p, seed))
        for _ in range(epochs):
            walk = walk.step(X.double(), y, torch.ones(n, dtype=F64), 1.0 - p)
        model = trained(submission, X, y, p, epochs, seed)
        same_logits(model, walk, X, "the logits after training", "训练之后的 logits")


@check(
    "train_gain.short_batches",
    hint="Fifty rows make a step, and so does what is left at the end of an epoch.",
    zh="每五十行走一步；一轮末尾剩下的行也走一步。",
    needs=NETWORK,
)
@right_dropout
def test_steps_of_several_batches(submission: Any, draw: Draw) -> None:
    for n, epochs in ((101, 2), (100, 1), (120, 1), (51, 3)):
        row, label, seed = draw.uniform(0, 1, 1, 64, dtype=F32), draw.integers(0, 10, 1), draw.new_seed()
        X, y = row.expand(n, 64), label.expand(n)  # all rows alike: no order matters
        walk = Walk(start(submission, X, y, 0.0, seed))
        for _ in range(epochs * -(-n // BATCH)):
            walk = walk.step(row.double(), label, torch.ones(1, dtype=F64), 1.0)
        model = trained(submission, X, y, 0.0, epochs, seed)
        same_logits(model, walk, row, "the logits after training", "训练之后的 logits")


def ends(theta: Theta, rows: Tensor, labels: Tensor) -> dict[tuple[Any, ...], Walk]:
    """Where two epochs can end. Of 100 rows 98 are alike (rows[0]) and two are not (rows[1] and rows[2]): which batches
    these two fall into, in each epoch, is all that matters."""
    walks: dict[tuple[Any, ...], Walk] = {(): Walk(theta)}
    for _ in range(2):
        following = {}
        for way, walk in walks.items():
            for places in itertools.product((0, 1), repeat=2):
                moved = walk
                for batch in (0, 1):
                    odd = [float(place == batch) for place in places]
                    weights = torch.tensor([BATCH - sum(odd), *odd], dtype=F64)
                    moved = moved.step(rows.double(), labels, weights, 1.0)
                following[*way, places] = moved
        walks = following
    return walks


def taken(submission: Any, draw: Draw) -> tuple[Any, ...]:
    """In which batches the two odd rows came, in both epochs of a fresh training."""
    rows, labels, seed = draw.uniform(0, 1, 3, 64, dtype=F32), torch.tensor([1, 4, 7]), draw.new_seed()
    X, y = torch.cat([rows[:1].expand(98, 64), rows[1:]]), torch.cat([labels[:1].expand(98), labels[1:]])
    ways = ends(start(submission, X, y, 0.0, seed), rows, labels)
    got = logits(trained(submission, X, y, 0.0, 2, seed), rows, 10).double()
    gaps = {way: (forward(walk.theta(), rows.double()) - got).abs().max().item() for way, walk in ways.items()}
    best = min(gaps, key=lambda way: gaps[way])
    compare.require(
        gaps[best] <= 1e-3,
        "no order of the rows leads to this model: in each epoch every row comes once, in one of the batches of 50.",
        "任何行序都得不到这个模型：每一轮每行出现一次，在某个 50 行的小批量中。",
        reason="value",
    )
    return best


@check(
    "train_gain.reshuffles",
    hint="Draw a new order of the rows at the beginning of every epoch, and cut it into batches afterwards.",
    zh="每一轮开始时重新打乱各行，然后再切成小批量。",
    needs=["train_gain.full_batch_steps", "train_gain.short_batches"],
)
@right_dropout
def test_every_epoch_mixes_the_rows_anew(submission: Any, draw: Draw) -> None:
    anew = apart = False
    for _ in range(14):  # one or two are enough, as a rule; 14 bad ones in a row are a chance of 4^-14
        first, second = taken(submission, draw)
        anew = anew or first != second
        apart = apart or first[0] != first[1] or second[0] != second[1]
        if anew and apart:
            return
    compare.require(anew, "the rows come in the same order in every epoch.", "每一轮的行顺序都相同。")
    compare.require(apart, "rows that are neighbours in X always come in the same batch.", "相邻的行总在同一批里。")


@check(
    "train_gain.eval_mode",
    hint="Switch the model to evaluation mode before you hand it over: who predicts with it may not think of it.",
    zh="交出模型之前，先切换到评估模式：用它预测的人可能想不到这一点。",
    needs=NETWORK,
)
@right_dropout
def test_the_model_is_handed_over_ready(submission: Any, draw: Draw) -> None:
    X, y = draw.uniform(0, 1, 60, 64, dtype=F32), draw.integers(0, 10, 60)
    for epochs in (0, 2):
        model = trained(submission, X, y, 0.5, epochs, draw.new_seed())
        compare.equal(model.training, False, what="model.training", zh="model.training")
        first = logits(model, X, 10)
        compare.same(logits(model, X, 10), first, rtol=0, atol=0, what="the same logits", zh="同样的 logits")


@check(
    "train_gain.rate_of_both_layers",
    hint="The model has two hidden layers, and p is the rate of both.",
    zh="模型有两个隐藏层，p 是两层共同的比率。",
    needs=NETWORK,
)
@right_dropout
def test_both_layers_are_dropped_at_this_rate(submission: Any, draw: Draw) -> None:
    p, n = draw.random.uniform(0.25, 0.6), 3000
    X = draw.uniform(0, 1, 5, 64, dtype=F32)
    model = trained(submission, X, draw.integers(0, 10, 5), p, 1, draw.new_seed())
    _, names = parameters(model, SIZES)
    given = {}
    for (weight, bias), size, before in zip(names, SIZES[1:], SIZES, strict=False):
        given[weight], given[bias] = torch.zeros(size, before), torch.zeros(size)
        given[weight][0, 0] = 1.0  # a chain of first units, fed by the first input
    model.train()
    out = model.functional(given, torch.ones(n, 64))
    out = compare.tensor(out, shape=(n, 10), dtype=F32, what="the logits", zh="logits").detach()[:, 0]
    stays = (1 - p) ** 2
    compare.same(out, torch.where(out == 0, 0.0, 1 / stays), what="what passes both layers", zh="通过两层的值")
    close_to(
        (out != 0).double().mean().item(), stays, stays * (1 - stays) / n,
        "the share of what passes both hidden layers is not (1 - p)^2.", "通过两个隐藏层的比例不是 (1 - p)^2。",
    )  # fmt: skip


@check(
    "train_gain.generator_only",
    hint="Seed torch's global generator from `generator` before you make the model: equal states, equal models.",
    zh="在建立模型之前，用 generator 给 torch 的全局生成器播种：这样相同的状态就得到相同的模型。",
    needs=NETWORK,
)
@right_dropout
def test_equal_generators_give_equal_models(submission: Any, draw: Draw) -> None:
    X, y, seed = draw.uniform(0, 1, 70, 64, dtype=F32), draw.integers(0, 10, 70), draw.new_seed()
    one, same, other = (logits(trained(submission, X, y, 0.5, 2, s), X, 10) for s in (seed, seed, draw.new_seed()))
    compare.same(same, one, rtol=0, atol=0, what="the model of a second run", zh="第二次训练的模型")
    different = not torch.equal(one, other)
    compare.require(different, "another generator gives exactly the same model.", "换一个 generator，模型却完全相同。")


@check(
    "train_gain.inputs_unchanged",
    hint="X and y belong to the caller: scale or shuffle a copy, if at all.",
    zh="X 和 y 是调用者的：即使要缩放或打乱，也请用副本。",
    needs=NETWORK,
)
@right_dropout
def test_the_data_are_left_alone(submission: Any, draw: Draw) -> None:
    X, y = draw.uniform(0, 1, 55, 64, dtype=F32), draw.integers(0, 10, 55)
    seen = submission.observe("train_dropout", X, y, 0.5, 1, draw.new_generator())
    compare.is_type(seen.result, torch.nn.Module, "the trained model", "训练好的模型")
    compare.unchanged(X, seen.args[0], "X")
    compare.unchanged(y, seen.args[1], "y")


def noisy_digits(draw: Draw) -> tuple[Tensor, Tensor]:
    """200 of the training digits; 40 of their labels are wrong."""
    data, rows = digits(), draw.permutation(1437)[:200]
    y = data.train_y[rows].clone()
    y[:40] = (y[:40] + draw.integers(1, 10, 40)) % 10
    return data.train_x[rows], y


ALL_RIGHT = [
    *NETWORK, "dropout.eval_identity", "dropout.two_values_only", "dropout.zero_fraction_p03", "dropout.grad_mask",
    "dropout.p0_p1", "dropout.elementwise_independent", "dropout.fresh_mask", "dropout.any_shape",
    "train_gain.full_batch_steps", "train_gain.short_batches", "train_gain.rate_of_both_layers",
]  # fmt: skip


@check(
    "train_gain.paired_gain",
    hint="All steps are right, yet dropout does not help on new digits. Is the model in training mode at every step?",
    zh="每一步都对，dropout 却没有改善对新数字的识别。训练的每一步，模型都处于训练模式吗？",
    needs=ALL_RIGHT,
    weight=2.0,
    cpu_s=20,
    wall_s=120,
)
def test_dropout_helps_on_new_digits(submission: Any, draw: Draw, record_property: Any) -> None:
    data = digits()

    def accuracy(seed: int, p: float) -> float:
        X, y = noisy_digits(draw.child(str(seed)))
        model = trained(submission, X, y, p, 40, seed)
        return training.accuracy(logits(model, data.test_x, 10), data.test_y)

    gain = training.paired_gain(
        lambda seed: accuracy(seed, 0.5), lambda seed: accuracy(seed, 0.0), draw,
        at_least=0.03, what="the gain in test accuracy", zh="测试准确率的提升",
    )  # fmt: skip
    record_property("gain", gain)


@check(
    "train_gain.train_acc_lower",
    hint="Forty labels are wrong. Who knows nearly all of them by heart has not been disturbed enough.",
    zh="有四十个标签是错的。几乎能把它们全背下来，说明受到的干扰还不够。",
    needs=ALL_RIGHT,
    cpu_s=20,
    wall_s=120,
)
def test_wrong_labels_are_not_learned_by_heart(submission: Any, draw: Draw, record_property: Any) -> None:
    shares = []
    for _ in range(2):
        X, y = noisy_digits(draw.child(str(draw.new_seed())))
        model = trained(submission, X, y, 0.5, 40, draw.new_seed())
        shares.append(training.accuracy(logits(model, X, 10), y))
    share = sum(shares) / len(shares)
    record_property("train_accuracy", share)
    training.at_most(share, 0.9, what="the accuracy on the noisy training set", zh="在带噪训练集上的准确率")
