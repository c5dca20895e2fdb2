"""Hidden checks of topic 28, fifth part: the training. A linear layer notes the rows it sees, and its steps are
repeated by hand; only the last two checks train the student's own network."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from normalization_reference import F32, F64, right_batch_norm
from torch import Tensor, nn

from autograder.checks import compare, training
from autograder.checks.datasets import digits
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

BATCH, RATE, EPOCHS = 50, 0.5, 10
WIDTHS = [64, 60, 50, 40, 30, 10]
NORM = [
    "batch_norm.init_gamma1_beta0", "batch_norm.train_value", "batch_norm.running_stats_small_batch",
    "batch_norm.eval_uses_running", "batch_norm.running_detached", "batch_norm.gradcheck_train",
]  # fmt: skip

SPY = """
class Spy(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(64, 3).double()
        self.rows = []

    def forward(self, x):
        if self.training:
            self.rows.append(x[:, 0].detach().round().to(torch.int64))
        return self.linear(x)

spy = Spy()
spy.train(before)
with torch.no_grad():
    spy.linear.weight.copy_(W)
    spy.linear.bias.copy_(b)
torch.manual_seed(other)
done = student.fit_deep(spy, X, y, lr, epochs, torch.Generator().manual_seed(seed))
[list(spy.rows), spy.linear.weight.detach(), spy.linear.bias.detach(), bool(done is spy), bool(spy.training)]
"""


class Run:
    """One training of a linear layer whose first feature is the number of the row: what it saw and where it ended."""

    def __init__(self, submission: Any, draw: Draw, n: int, epochs: int, seed: int | None = None) -> None:
        self.X, self.y = draw.randn(n, 64), draw.integers(0, 3, n)
        self.X[:, 0] = torch.arange(n)
        self.start = (draw.randn(3, 64) / 8, draw.randn(3))
        self.lr, self.n = 0.02 / n, n
        self.seed = draw.new_seed() % 2**31 if seed is None else seed
        got = submission.build(
            SPY, X=self.X, y=self.y, W=self.start[0], b=self.start[1], lr=self.lr, epochs=epochs, seed=self.seed,
            other=draw.new_seed() % 2**31, before=False,
        )  # fmt: skip
        rows, weight, bias, same, mode = compare.items(got, 5, list)
        self.same, self.mode = same, mode
        self.end = compare.tensor(weight, shape=(3, 64), dtype=F64), compare.tensor(bias, shape=(3,), dtype=F64)
        self.rows = [compare.tensor(row, shape=(None,), dtype=torch.int64) for row in compare.items(rows, None, list)]

    def replay(self, batches: list[Tensor]) -> None:
        """The weights are where steps on these batches lead."""
        weight, bias = self.start
        for rows in batches:
            x, y = self.X[rows], self.y[rows]
            off = (torch.softmax(x @ weight.T + bias, 1) - F.one_hot(y, 3)) / len(rows)
            weight, bias = weight - self.lr * off.T @ x, bias - self.lr * off.sum(0)
        compare.same(self.end[0], weight, what="the weights after training", zh="训练之后的权重")
        compare.same(self.end[1], bias, what="the biases after training", zh="训练之后的偏置")


@check(
    "train_bn.full_batch_steps",
    hint="Up to fifty rows are one batch: one step per epoch, minus lr times the gradient of the mean cross-entropy.",
    zh="不超过五十行就是一批：每轮走一步，减去 lr 乘以平均交叉熵的梯度。",
)
def test_steps_of_one_batch(submission: Any, draw: Draw) -> None:
    for n, epochs in ((draw.size(5, 30), 4), (50, 2), (2, 1), (7, 0), (1, 2)):
        run = Run(submission, draw, n, epochs)
        run.replay([torch.arange(n)] * (epochs if n > 1 else 0))


@check(
    "train_bn.batches",
    hint="A new order of rows in every epoch, cut into batches of 50. A small last one counts, a lone row does not.",
    zh="每一轮重新打乱各行，切成 50 行一批。较小的最后一批也算，只有一行的不算。",
    needs=["train_bn.full_batch_steps"],
)
def test_every_epoch_cuts_a_new_order_into_batches(submission: Any, draw: Draw) -> None:
    for n, sizes in ((120, [50, 50, 20]), (101, [50, 50]), (102, [50, 50, 2]), (100, [50, 50])):
        run = Run(submission, draw, n, 3)
        found = [len(rows) for rows in run.rows]
        compare.equal(found, sizes * 3, what="the sizes of the batches in training mode", zh="训练模式下各批的大小")
        rows = torch.cat(run.rows)
        compare.require(bool(((rows >= 0) & (rows < n)).all()), "some rows are not from X.", "有些行不是 X 中的行。")
        epochs = rows.view(3, -1)
        once = all(len(epoch.unique()) == len(epoch) for epoch in epochs)
        compare.require(once, "in an epoch some rows come twice.", "某一轮中有些行出现了两次。")
        compare.require(
            not torch.equal(epochs[0], epochs[1]) and not torch.equal(epochs[1], epochs[2]),
            "the rows come in the same order in every epoch.", "每一轮的行顺序都相同。",
        )  # fmt: skip
        compare.require(
            all(int(epoch[:BATCH].max() - epoch[:BATCH].min()) >= BATCH for epoch in epochs),
            "rows that are neighbours in X come in the same batch.", "X 中相邻的行总在同一批里。",
        )  # fmt: skip
        run.replay(run.rows)


@check(
    "train_bn.generator_only",
    hint="The order of the rows comes from `generator`, and from nothing else.",
    zh="各行的次序来自 generator，而不来自别处。",
)
def test_equal_generators_give_equal_orders(submission: Any, draw: Draw) -> None:
    orders = []
    for seed in (5, 5, 6):
        rows = Run(submission, draw, 110, 2, seed).rows
        compare.require(len(rows) > 0, "no batch came in training mode.", "没有任何一批是在训练模式下处理的。")
        orders.append(torch.cat(rows))
    compare.require(
        torch.equal(orders[0], orders[1]),
        "equal generators give different orders of the rows.",
        "相同的 generator 得到了不同的行序。",
    )
    compare.require(
        not torch.equal(orders[0], orders[2]),
        "another generator gives exactly the same order.",
        "换一个 generator，行序却完全相同。",
    )


@check(
    "train_bn.eval_mode",
    hint="Hand the same model back, switched to evaluation mode: who predicts with it may not think of it.",
    zh="交回同一个模型，并切换到评估模式：用它预测的人可能想不到这一点。",
)
def test_the_model_comes_back_ready(submission: Any, draw: Draw) -> None:
    for n, epochs in ((12, 2), (60, 0), (1, 1)):
        run = Run(submission, draw, n, epochs)
        compare.equal(run.same, True, what="that the result is the model that was given", zh="返回的就是传入的模型")
        compare.equal(run.mode, False, what="model.training", zh="model.training")


@check(
    "train_bn.inputs_unchanged",
    hint="X and y belong to the caller: shuffle or scale a copy, if at all.",
    zh="X 和 y 是调用者的：即使要打乱或缩放，也请用副本。",
)
def test_the_data_are_left_alone(submission: Any, draw: Draw) -> None:
    X, y = draw.randn(55, 64, dtype=F32), draw.integers(0, 10, 55)
    model = submission.build("nn.Linear(64, 10)")
    seen = submission.observe("fit_deep", model, X, y, 0.1, 1, draw.new_generator())
    compare.is_type(seen.result, nn.Module, "the trained model", "训练好的模型")
    compare.unchanged(X, seen.args[1], "X")
    compare.unchanged(y, seen.args[2], "y")


TRAIN = """
torch.manual_seed(seed)
model = student.DeepSigmoid(widths, bn)
student.fit_deep(model, X, y, lr, epochs, torch.Generator().manual_seed(seed))
"""


def trained(submission: Any, bn: bool, seed: int, epochs: int = EPOCHS) -> Any:
    data = digits()
    model = submission.build(
        TRAIN, seed=seed % 2**31, widths=WIDTHS, bn=bn, X=data.train_x, y=data.train_y, lr=RATE, epochs=epochs
    )
    return compare.is_type(model, nn.Module, "the trained model", "训练好的模型")


def logits(model: Any, x: Tensor) -> Tensor:
    got: Tensor = compare.tensor(model(x), shape=(len(x), 10), dtype=F32, what="the logits", zh="logits")
    return compare.finite(got, "the logits", "logits").detach()


@check(
    "train_bn.eval_batch_independent",
    hint="The answer for one row must not depend on its neighbours in the batch: is the model in evaluation mode?",
    zh="一行的答案不应取决于同一批里的其他行：模型处于评估模式吗？",
    needs=["train_bn.full_batch_steps"],
    cpu_s=10,
    wall_s=60,
)
@right_batch_norm
def test_one_by_one_is_the_same_as_all_at_once(submission: Any, draw: Draw) -> None:
    model, x = trained(submission, True, draw.new_seed(), 1), digits().test_x[:12]
    alone = torch.cat([logits(model, row) for row in x.split(1)])
    compare.same(alone, logits(model, x), what="the logits one by one", zh="逐行得到的 logits")
    compare.same(logits(model, x.flip(0)).flip(0), alone, what="the logits in another order", zh="换序后的 logits")


@check(
    "train_bn.bn_trains",
    hint="Every step is right, yet the network does not learn. Is each hidden layer normalised before its sigmoid?",
    zh="每一步都对，网络却学不会。每个隐藏层在 sigmoid 之前都规范化了吗？",
    needs=[*NORM, "train_bn.full_batch_steps", "train_bn.batches", "train_bn.eval_mode"],
    cpu_s=10,
    wall_s=60,
)
def test_with_batch_norm_four_sigmoid_layers_learn(submission: Any, draw: Draw, record_property: Any) -> None:
    data = digits()

    def run(seed: int) -> float:
        accuracy = training.accuracy(logits(trained(submission, True, seed), data.test_x), data.test_y)
        return training.at_least(accuracy, 0.8, what="the test accuracy", zh="测试准确率")

    record_property("accuracy", training.two_of_three(run, draw, what="the test accuracy")[0])


@check(
    "train_bn.without_fails",
    hint="Without normalisation four sigmoids in a row let hardly any gradient through. What lets yours learn?",
    zh="没有规范化时，连续四个 sigmoid 几乎不让梯度通过。你的网络为什么学得动？",
    needs=["train_bn.example", "train_bn.full_batch_steps"],
    cpu_s=10,
    wall_s=60,
)
def test_without_batch_norm_they_do_not(submission: Any, draw: Draw, record_property: Any) -> None:
    data = digits()
    model = trained(submission, False, draw.new_seed())
    accuracy = training.accuracy(logits(model, data.test_x), data.test_y)
    record_property("accuracy", accuracy)
    training.at_most(accuracy, 0.3, what="the test accuracy without norm", zh="没有规范化时的测试准确率")
