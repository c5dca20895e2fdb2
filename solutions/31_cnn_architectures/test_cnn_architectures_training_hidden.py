"""Hidden checks of topic 31, third part: many layers in a row, and the training. A linear layer notes the images it
sees, and its steps are repeated here; only the last three checks train the student's own networks."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from cnn_architectures_reference import F32, F64, Values, by_name, filled, made, same_or_told, state
from torch import Tensor, nn

from autograder.checks import compare, gradients, training
from autograder.checks.datasets import digits
from autograder.checks.marks import check
from autograder.checks.seeding import Draw
from autograder.model.text import Text

# DeepMLP ------------------------------------------------------------------------------------------------------------

BEND_LAST = Text(" It would be right if ReLU stood behind each layer instead of in front.",
                 "如果 ReLU 放在每层之后而不是之前，它就是对的。")  # fmt: skip


def deep(x: Tensor, values: Values, skips: bool) -> Tensor:
    layers = [(values[f"layers.{i}.weight"], values[f"layers.{i}.bias"]) for i in range(len(values) // 2)]
    h = F.linear(x.flatten(1), *layers[0])
    for layer in layers[1:-1]:
        step = F.linear(F.relu(h), *layer)
        h = h + step if skips else step
    return F.linear(F.relu(h), *layers[-1])


def deep_bent_last(x: Tensor, values: Values, skips: bool) -> Tensor:
    layers = [(values[f"layers.{i}.weight"], values[f"layers.{i}.bias"]) for i in range(len(values) // 2)]
    h = F.relu(F.linear(x.flatten(1), *layers[0]))
    for layer in layers[1:-1]:
        step = F.relu(F.linear(h, *layer))
        h = h + step if skips else step
    return F.linear(h, *layers[-1])


def deep_of(submission: Any, draw: Draw, depth: int, skips: bool, dtype: torch.dtype = F64) -> tuple[Any, Values]:
    width = draw.size(5, 9)
    sizes = [64, *[width] * (depth - 1), 10]
    shapes: dict[str, tuple[int, ...]] = {}
    for i in range(depth):
        shapes |= {f"layers.{i}.weight": (sizes[i + 1], sizes[i]), f"layers.{i}.bias": (sizes[i + 1],)}
    model = made(submission, "DeepMLP", depth, width, skips)
    by_name(state(submission, model), shapes)
    return model, filled(draw, shapes, dtype)


@check(
    "train_cnn.deep_value",
    hint="ReLU in front of every layer but the first one; a skip goes from before the ReLU to behind the layer.",
    zh="除第一层外，每层之前有 ReLU；跳跃连接从 ReLU 之前通到该层之后。",
)
def test_many_layers_with_known_weights(submission: Any, draw: Draw) -> None:
    for number, (depth, skips) in enumerate(((2, True), (3, True), (3, False), (5, True), (6, False), (2, False))):
        dtype = F32 if number == 4 else F64
        model, values = deep_of(submission, draw, depth, skips, dtype)
        x = draw.layout(draw.randn(draw.size(2, 5), 1, 8, 8, dtype=dtype), number % 3)
        idea = (BEND_LAST, deep_bent_last(x, values, skips))
        same_or_told(model.functional(values, x), deep(x, values, skips), idea, scale=20)


@check(
    "train_cnn.deep_gradients",
    hint="With skips, the gradient must reach the first layer both ways: through the layers and past them.",
    zh="有跳跃连接时，梯度要从两条路到达第一层：穿过各层，以及绕过各层。",
    needs=["train_cnn.deep_value"],
)
def test_gradients_of_many_layers(submission: Any, draw: Draw) -> None:
    for skips in (True, False):
        model, values = deep_of(submission, draw, 4, skips)
        names = list(values)

        def student(x: Tensor, *given: Tensor, m: Any = model, n: list[str] = names) -> Any:
            return m.functional(dict(zip(n, given, strict=True)), x)

        def by_hand(x: Tensor, *given: Tensor, n: list[str] = names, s: bool = skips) -> Tensor:
            return deep(x, dict(zip(n, given, strict=True)), s)

        def point(d: Draw, v: Values = values) -> tuple[Tensor, ...]:
            return d.randn(3, 64), *v.values()

        gradients.match(student, by_hand, point, draw, draws=2)


# The training loop --------------------------------------------------------------------------------------------------

SPY = """
class Spy(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(64, 3).double()
        self.rows = []

    def forward(self, x):
        if self.training:
            self.rows.append(x[:, 0, 0, 0].detach().round().to(torch.int64))
        return self.linear(x.flatten(1))

spy = Spy()
spy.train(before)
with torch.no_grad():
    spy.linear.weight.copy_(W)
    spy.linear.bias.copy_(b)
torch.manual_seed(other)
more = [] if lr is None else [lr]
done = student.train_cnn(spy, X, y, epochs, torch.Generator().manual_seed(seed), *more)
[list(spy.rows), spy.linear.weight.detach(), spy.linear.bias.detach(), bool(done is spy), bool(spy.training)]
"""


class Run:
    """One training of a linear layer whose first pixel is the number of the image: what it saw, where it ended."""

    def __init__(  # what a training depends on
        self, submission: Any, draw: Draw, n: int, epochs: int, lr: float | None = None, seed: int | None = None
    ) -> None:
        self.X, self.y = draw.randn(n, 1, 8, 8), draw.integers(0, 3, n)
        self.X[:, 0, 0, 0] = torch.arange(n)
        self.start = (draw.randn(3, 64) / 8, draw.randn(3))
        self.start[0][:, 0] = 0.0
        self.lr, self.n, self.epochs = 0.005 if lr is None else lr, n, epochs
        seed = draw.new_seed() % 2**31 if seed is None else seed
        got = submission.build(
            SPY, X=self.X, y=self.y, W=self.start[0], b=self.start[1], lr=lr, epochs=epochs, seed=seed,
            other=draw.new_seed() % 2**31, before=False,
        )  # fmt: skip
        rows, weight, bias, self.same, self.mode = compare.items(got, 5, list)
        self.end = compare.tensor(weight, shape=(3, 64), dtype=F64), compare.tensor(bias, shape=(3,), dtype=F64)
        self.rows = [compare.tensor(row, shape=(None,), dtype=torch.int64) for row in compare.items(rows, None, list)]

    def replay(self, batches: list[Tensor]) -> None:
        """The weights are where Adam's steps on these batches lead."""
        weight, bias = (value.clone().requires_grad_() for value in self.start)
        optimizer = torch.optim.Adam([weight, bias], lr=self.lr)
        for rows in batches:
            optimizer.zero_grad()
            F.cross_entropy(self.X[rows].flatten(1) @ weight.T + bias, self.y[rows]).backward()
            optimizer.step()
        compare.same(self.end[0], weight.detach(), atol=1e-6, what="the weights after training", zh="训练之后的权重")
        compare.same(self.end[1], bias.detach(), atol=1e-6, what="the biases after training", zh="训练之后的偏置")


@check(
    "train_cnn.steps",
    hint="Up to 32 images are one batch: one step of Adam per epoch on their mean cross-entropy, with fresh gradients.",
    zh="不超过 32 幅图像就是一批：每轮用 Adam 按平均交叉熵走一步，每步的梯度都要重新算。",
)
def test_steps_of_one_batch(submission: Any, draw: Draw) -> None:
    for n, epochs, lr in ((draw.size(5, 30), 4, 0.02), (32, 3, None), (1, 2, 0.1), (7, 0, None)):
        run = Run(submission, draw, n, epochs, lr)
        run.replay([torch.arange(n)] * epochs)


@check(
    "train_cnn.batches",
    hint="A new random order in every epoch, cut into batches of 32; a smaller last one counts as well.",
    zh="每一轮重新随机排列，切成 32 幅一批；较小的最后一批也算。",
    needs=["train_cnn.steps"],
)
def test_every_epoch_cuts_a_new_order_into_batches(submission: Any, draw: Draw) -> None:
    for n, sizes in ((75, [32, 32, 11]), (65, [32, 32, 1]), (96, [32, 32, 32])):
        run = Run(submission, draw, n, 3, 0.02)
        found = [len(rows) for rows in run.rows]
        compare.equal(found, sizes * 3, what="the sizes of the batches in training mode", zh="训练模式下各批的大小")
        rows = torch.cat(run.rows)
        compare.require(bool(((rows >= 0) & (rows < n)).all()), "some images are not from X.", "有些图像不是 X 中的。")
        epochs = rows.view(3, -1)
        once = all(len(epoch.unique()) == len(epoch) for epoch in epochs)
        compare.require(once, "in an epoch some images come twice.", "某一轮中有些图像出现了两次。")
        compare.require(
            not torch.equal(epochs[0], epochs[1]) and not torch.equal(epochs[1], epochs[2]),
            "the images come in the same order in every epoch.", "每一轮的图像顺序都相同。",
        )  # fmt: skip
        compare.require(
            all(int(epoch[:32].max() - epoch[:32].min()) >= 32 for epoch in epochs),
            "images that are neighbours in X come in the same batch.", "X 中相邻的图像总在同一批里。",
        )  # fmt: skip
        run.replay(run.rows)


@check(
    "train_cnn.generator_only",
    hint="The order of the images comes from `generator`, and from nothing else.",
    zh="图像的次序来自 generator，而不来自别处。",
)
def test_equal_generators_give_equal_orders(submission: Any, draw: Draw) -> None:
    orders = []
    for seed in (5, 5, 6):
        rows = Run(submission, draw, 70, 2, seed=seed).rows
        compare.require(len(rows) > 0, "no batch came in training mode.", "没有任何一批是在训练模式下处理的。")
        orders.append(torch.cat(rows))
    compare.require(
        torch.equal(orders[0], orders[1]),
        "equal generators give different orders of the images.",
        "相同的 generator 得到了不同的次序。",
    )
    compare.require(
        not torch.equal(orders[0], orders[2]),
        "another generator gives exactly the same order.",
        "换一个 generator，次序却完全相同。",
    )


@check(
    "train_cnn.eval_mode",
    hint="Hand the same model back, switched to evaluation mode, also after no epoch at all.",
    zh="交回同一个模型，并切换到评估模式；一轮都没有训练时也一样。",
)
def test_the_model_comes_back_ready(submission: Any, draw: Draw) -> None:
    for n, epochs in ((12, 2), (40, 0)):
        run = Run(submission, draw, n, epochs)
        compare.equal(run.same, True, what="that the result is the model that was given", zh="返回的就是传入的模型")
        compare.equal(run.mode, False, what="model.training", zh="model.training")
        compare.equal(len(run.rows) > 0, epochs > 0, what="that it was trained in training mode", zh="在训练模式下训练")


@check("train_cnn.inputs_unchanged", hint="X and y belong to the caller.", zh="X 和 y 是调用者的，不可改动。")
def test_the_data_are_left_alone(submission: Any, draw: Draw) -> None:
    X, y = draw.randn(40, 1, 8, 8, dtype=F32), draw.integers(0, 10, 40)
    model = submission.build("nn.Sequential(nn.Flatten(), nn.Linear(64, 10))")
    seen = submission.observe("train_cnn", model, X, y, 1, draw.new_generator())
    compare.is_type(seen.result, nn.Module, "the trained model", "训练好的模型")
    compare.unchanged(X, seen.args[1], "X")
    compare.unchanged(y, seen.args[2], "y")


# Real networks ------------------------------------------------------------------------------------------------------

INCEPTION = """nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), student.Inception(8, 4, (4, 8), (2, 4), 4),
    nn.MaxPool2d(2), nn.Flatten(), nn.Linear(320, 10))"""
READY = ["train_cnn.steps", "train_cnn.batches", "train_cnn.eval_mode"]


def accuracy(submission: Any, source: str, seed: int, rows: int, epochs: int, lr: float) -> float:
    """Test accuracy of the network that this expression makes, after the student's training on so many digits."""
    data = digits()
    lines = f"torch.manual_seed(seed)\nmodel = {source}\n"
    lines += "student.train_cnn(model, X, y, epochs, torch.Generator().manual_seed(seed), lr)"
    X, y = data.train_x[:rows].view(-1, 1, 8, 8), data.train_y[:rows]
    model = submission.build(lines, seed=seed, X=X, y=y, epochs=epochs, lr=lr)
    model = compare.is_type(model, nn.Module, "the trained model", "训练好的模型")
    x = data.test_x.view(-1, 1, 8, 8)
    logits = compare.tensor(model(x), shape=(len(x), 10), dtype=F32, what="the logits", zh="logits")
    return training.accuracy(compare.finite(logits, "the logits", "logits").detach(), data.test_y)


def reaches(submission: Any, draw: Draw, threshold: float, *how: Any) -> float:
    def run(seed: int) -> float:
        return training.at_least(
            accuracy(submission, how[0], seed, *how[1:]), threshold, "the test accuracy", "测试准确率"
        )

    return training.two_of_three(run, draw, what="the test accuracy")[0]


@check(
    "train_cnn.resnet_accuracy",
    hint="Every step is right, yet the small ResNet does not learn. Do its blocks do what they should?",
    zh="每一步都对，小 ResNet 却学不会。它的各个块做的是该做的事吗？",
    needs=[*READY, "residual_block.value", "resnet_mini.value"],
    cpu_s=10,
    wall_s=60,
)
def test_the_small_resnet_reads_digits(submission: Any, draw: Draw, record_property: Any) -> None:
    record_property("accuracy", reaches(submission, draw, 0.8, "student.ResNetMini()", 400, 3, 0.005))


@check(
    "train_cnn.inception_accuracy",
    hint="Every step is right, yet a network with an Inception block does not learn. Does the block do what it should?",
    zh="每一步都对，带 Inception 块的网络却学不会。这个块做的是该做的事吗？",
    needs=[*READY, "inception.value"],
    cpu_s=10,
    wall_s=60,
)
def test_a_network_with_an_inception_block_reads_digits(submission: Any, draw: Draw, record_property: Any) -> None:
    record_property("accuracy", reaches(submission, draw, 0.65, INCEPTION, 400, 5, 0.01))


@check(
    "train_cnn.residual_vs_plain",
    hint="Thirty layers learn with skips and do not without. What carries the gradient past the layers?",
    zh="三十层，有跳跃连接就学得动，没有就学不动。是什么把梯度带过各层？",
    needs=[*READY, "train_cnn.deep_value"],
    cpu_s=10,
    wall_s=60,
)
def test_thirty_layers_with_and_without_skips(submission: Any, draw: Draw, record_property: Any) -> None:
    record_property("residual", reaches(submission, draw, 0.5, "student.DeepMLP(30, 32, True)", 500, 6, 0.002))
    plain = accuracy(submission, "student.DeepMLP(30, 32, False)", draw.new_seed() % 2**31, 320, 3, 0.002)
    record_property("plain", plain)
    training.at_most(plain, 0.3, what="the test accuracy without skips", zh="没有跳跃连接时的测试准确率")
