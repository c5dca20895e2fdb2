"""Hidden checks of topic 15: training. What train_mlp does is judged by the weights it returns: after 0 epochs they are
the start, and from there each later end is followed step by step on this side. Where the order of the rows is random,
all orders are tried at once."""

from __future__ import annotations

from typing import Any

import torch
from mlp_from_scratch_reference import AUTOGRAD, F32, F64, LAYERS, Net, chain, forward, gradients_of, with_right_passes
from torch import Tensor

from autograder.checks import compare, source_rules, training
from autograder.checks.made.points import spirals
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

TRAIN = """
found = student.train_mlp(X, y, hidden, epochs, lr, torch.Generator().manual_seed(seed))
[found, X, y, hidden]
"""
STACK = [
    "activations.value",
    "activations.derivative",
    "mlp_forward.value",
    "mlp_forward.cache",
    "mlp_backward.vs_autograd",
]
ENDS = {"what": "the weights and biases", "zh": "权重与偏置"}


def labels(draw: Draw, n: int, C: int) -> Tensor:
    """With the largest class among them, so that C can be seen."""
    y = draw.integers(0, C, n)
    y[draw.size(0, n - 1)] = C - 1
    return y


def trained(submission: Any, X: Tensor, y: Tensor, hidden: list[int], epochs: int, **how: Any) -> Net:
    found = submission.build(TRAIN, X=X, y=y, hidden=hidden, epochs=epochs, **how)
    got, *_ = compare.items(found, 4, list)
    return chain(got, (X.shape[1], *hidden, int(y.max()) + 1), X.dtype)


def step(net: Net, X: Tensor, y: Tensor, lr: float) -> Net:
    Ws, bs = net
    logits = forward(X, Ws, bs, "tanh")[0]
    above = (torch.softmax(logits, 1) - torch.nn.functional.one_hot(y, logits.shape[1])) / len(X)
    dWs, dbs, _ = gradients_of(above.to(X.dtype), X, Ws, bs, "tanh")
    return [W - lr * d for W, d in zip(Ws, dWs, strict=True)], [b - lr * d for b, d in zip(bs, dbs, strict=True)]


@check(
    "train_mlp.start",
    hint="Weights around 0 with standard deviation 1 / sqrt(rows), all different; biases 0. 0 epochs change nothing.",
    zh="权重以 0 为中心，标准差为 1 / sqrt(行数)，各不相同；偏置为 0。0 轮训练不改变任何东西。",
)
def test_the_network_it_starts_with(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_passes(fresh_submission)
    X, y = draw.randn(9, 150), labels(draw, 9, 60)
    Ws, bs = trained(submission, X, y, [250, 130], 0, lr=0.1, seed=draw.new_seed())
    for W, b in zip(Ws, bs, strict=True):
        compare.same(b, torch.zeros_like(b), what="a bias at the start", zh="初始的偏置")
        count, wanted = W.numel(), len(W) ** -0.5
        compare.require(
            abs(W.std().item() / wanted - 1) <= 5 * (0.5 / count) ** 0.5,
            "the standard deviation of the first weights is not 1 / sqrt(rows).",
            "初始权重的标准差不是 1 / sqrt(行数)。",
        )
        compare.require(
            abs(W.mean().item()) <= 5 * wanted / count**0.5,
            "the mean of the first weights is not 0.",
            "初始权重的均值不是 0。",
        )


@check(
    "train_mlp.full_batch_steps",
    hint="Up to 32 rows are one batch: one step per epoch along the gradient of the mean loss, with tanh inside.",
    zh="不超过 32 行就是一个批：每轮沿平均损失的梯度走一步，隐藏层用 tanh。",
    weight=2.0,
)
def test_one_step_for_each_epoch(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_passes(fresh_submission)
    for number, (n, hidden, epochs) in enumerate(
        ((5, [4], 1), (32, [3, 6], 2), (11, [], 3), (7, [5, 4, 3], 1), (1, [3], 2))
    ):
        dtype = F32 if number == 3 else F64
        X, y = draw.randn(n, draw.size(2, 5), dtype=dtype), labels(draw, n, draw.size(2, 4))
        how = {"lr": draw.random.uniform(0.3, 1.5), "seed": draw.new_seed()}
        net = trained(submission, X, y, hidden, 0, **how)
        for _ in range(epochs):
            net = step(net, X, y, how["lr"])
        compare.same(trained(submission, X, y, hidden, epochs, **how), net, **ENDS)


@check(
    "train_mlp.short_batches",
    hint="97 rows are batches of 32, 32, 32 and 1, and every one of them makes a step with its own mean.",
    zh="97 行切成 32、32、32 和 1 行的批，每一批都用自己的平均值更新一步。",
)
def test_the_last_rows_count_too(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_passes(fresh_submission)
    for n in (97, 96, 33):  # all rows equal, so that no order matters
        X = draw.randn(1, 3).repeat(n, 1)
        y = torch.full((n,), 1)
        how = {"lr": 0.7, "seed": draw.new_seed()}
        net = trained(submission, X, y, [4], 0, **how)
        for rows in X.split(32):
            net = step(net, rows, y[: len(rows)], 0.7)
        compare.same(trained(submission, X, y, [4], 1, **how), net, **ENDS)


def left_over(net: Net, end: Net, X: Tensor, y: Tensor, lr: float) -> int:
    """Which of 33 rows came alone in the second batch, if the epoch went from `net` to `end`."""
    everyone = torch.arange(len(X))
    for row in range(len(X)):
        rest = everyone != row
        Ws, bs = step(step(net, X[rest], y[rest], lr), X[row : row + 1], y[row : row + 1], lr)
        if all(
            torch.allclose(got, want, rtol=1e-8, atol=1e-10)
            for got, want in zip((*end[0], *end[1]), (*Ws, *bs), strict=True)
        ):
            return row
    compare.require(
        False,
        "no order of the rows leads to these weights: in an epoch each row comes once, with its own label.",
        "任何行序都得不到这样的权重：每轮每行只用一次，并配自己的标签。",
        reason="value",
    )
    return -1


@check(
    "train_mlp.order",
    hint="A new random order at the beginning of every epoch, the same for rows and labels.",
    zh="每轮开始时重新随机排序，样本与标签用同一个次序。",
    needs=["train_mlp.short_batches"],
)
def test_every_epoch_has_an_order_of_its_own(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_passes(fresh_submission)
    X, y = draw.randn(33, 2), labels(draw, 33, 3)
    alone = []
    for _ in range(4):
        how = {"lr": 1.0, "seed": draw.new_seed()}
        start, first, second = (trained(submission, X, y, [3], epochs, **how) for epochs in range(3))
        alone.append((left_over(start, first, X, y, 1.0), left_over(first, second, X, y, 1.0)))
    compare.require(
        any(one != other for one, other in alone) and len(set(alone)) > 1,
        "the rows come in the same order in every epoch, or in every run.",
        "每一轮（或每次训练）的行序都相同。",
    )


@check(
    "train_mlp.generator_only",
    hint="All chance is in the generator: the same state gives the same network, and nothing else is drawn from.",
    zh="所有随机性都来自 generator：相同的状态得到相同的网络，不使用其他随机源。",
)
def test_training_can_be_repeated(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_passes(fresh_submission)
    X, y = draw.randn(40, 3), labels(draw, 40, 3)
    state, seed = submission.build("torch.get_rng_state()"), draw.new_seed()
    runs = [trained(submission, X, y, [5], 2, lr=0.5, seed=s) for s in (seed, seed, draw.new_seed())]
    compare.same(runs[1], runs[0], rtol=0, atol=0, what="the network of a second run", zh="第二次训练的网络")
    compare.require(
        not torch.equal(runs[2][0][0], runs[0][0][0]),
        "another generator gives exactly the same network.",
        "换一个 generator 得到了完全相同的网络。",
    )
    compare.require(
        torch.equal(compare.tensor(state), compare.tensor(submission.build("torch.get_rng_state()"))),
        "the global random generator was used; only the one that is passed in may be.",
        "用到了全局随机数生成器；只能使用传入的 generator。",
    )


@check(
    "train_mlp.input_unchanged",
    hint="Shuffle by an index, not the rows themselves, and build the list of widths anew.",
    zh="用下标来打乱，不要打乱数据本身；各层宽度的列表请另建。",
)
def test_the_data_are_left_alone(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_passes(fresh_submission)
    X, y, hidden = draw.randn(35, 3), labels(draw, 35, 2), [4, 5]
    found = submission.build(TRAIN, X=X, y=y, hidden=hidden, epochs=1, lr=0.3, seed=draw.new_seed())
    got, *after = compare.items(found, 4, list)
    chain(got, (3, 4, 5, 2), F64)
    for name, before, now in zip(("X", "y", "hidden"), (X, y, hidden), after, strict=True):
        compare.unchanged(before, now, name)


@check(
    "train_mlp.no_autograd",
    hint="You have the way forward and the way back. Softmax minus the truth, divided by the rows, goes between them.",
    zh="前向和反向你都有了，中间只差 softmax 减去真值再除以行数。",
    needs=["train_mlp.full_batch_steps"],
    weight=2.0,
)
def test_training_is_made_by_hand(submission: Any) -> None:
    source_rules.forbid_names(submission.source, AUTOGRAD | LAYERS, within="train_mlp")


CORNERS = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
OWN_STACK = """
Ws, bs = student.train_mlp(X, y, hidden, epochs, lr, torch.Generator().manual_seed(seed))
student.mlp_forward(test, Ws, bs, "tanh")[0]
"""


@check(
    "train_mlp.xor",
    hint="No straight line does it. Every hidden unit needs a start of its own, a bias, and an activation.",
    zh="一条直线做不到。每个隐藏单元都要有自己的起点、偏置和激活函数。",
    needs=STACK,
)
def test_eight_units_learn_xor(submission: Any, draw: Draw) -> None:
    y = torch.tensor([0, 1, 1, 0])

    def run(seed: int) -> float:
        logits = submission.build(OWN_STACK, X=CORNERS, y=y, test=CORNERS, hidden=[8], epochs=200, lr=1.0, seed=seed)
        return training.at_least(training.accuracy(compare.tensor(logits, shape=(4, 2), dtype=F32), y), 1.0)

    training.two_of_three(run, draw)


@check(
    "train_mlp.spiral_accuracy",
    hint="Each piece is right, yet the arms are not told apart. Are all rows used, in every epoch, by all layers?",
    zh="各个部分都对，螺旋臂却分不开。是不是每一轮都用上了所有的行和所有的层？",
    needs=[*STACK, "mlp_forward.three_layers", "train_mlp.full_batch_steps", "train_mlp.short_batches"],
    weight=3.0,
)
def test_three_arms_are_told_apart(submission: Any, draw: Draw, record_property: Any) -> None:
    def run(seed: int) -> float:
        seen, fresh = spirals(300, 3, draw.new_generator()), spirals(200, 3, draw.new_generator())
        how = {"hidden": [64, 32], "epochs": 40, "lr": 0.5, "seed": seed}
        logits = submission.build(OWN_STACK, X=seen.x, y=seen.y, test=fresh.x, **how)
        logits = compare.tensor(logits, shape=(600, 3), dtype=F32, what="the logits", zh="logits")
        share = training.accuracy(logits, fresh.y)
        record_property("accuracy", share)
        return training.tiers(share, {"simple": 0.75, "medium": 0.9, "strong": 0.97})

    training.two_of_three(run, draw)
