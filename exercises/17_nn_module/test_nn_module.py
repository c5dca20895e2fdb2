"""The checks you can see: the worked examples of the README. Hidden ones build other modules, other networks and other
checkpoints, and try the odd cases that the docstrings decide.

submission.build(...) runs a few lines beside your code: they write small subclasses and make optimisers.
"""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check

WAGONS = """
class Wagon(student.MiniModule):
    def forward(self, x):
        return x * self.w.data

class Train(student.MiniModule):
    def __init__(self):
        super().__init__()
        self.front = Wagon()
        self.front.w = student.Param(torch.tensor(2.0))
        self.bell = student.Param(torch.tensor(1.0))
        self.speed = 80
    def forward(self, x):
        return self.front(x) + self.bell.data

train = Train()
"""


@check(
    "MiniModule.example",
    hint="Each module lists its own parameters first. Then it asks its children, and puts name and dot in front.",
    zh="每个模块先列出自己的参数，再去问子模块，并在前面加上子模块的名字和一个点。",
    weight=0.5,
)
def test_the_list_of_a_train_with_one_wagon(submission: Any) -> None:
    names = submission.build(WAGONS + "[name for name, _ in train.named_parameters()]")
    compare.equal(names, ["bell", "front.w"], what="the list of names", zh="名字的清单")
    compare.same(submission.build(WAGONS + "train(torch.tensor(3.0))"), torch.tensor(7.0))


@check(
    "mlp_module.example",
    hint="Two layers: only between them stands a relu; the result is multiplied by the buffer.",
    zh="两层：只有两层之间才有 relu；结果要乘以缓冲区 sc。",
    weight=0.5,
)
def test_a_network_of_one_two_and_one_unit(submission: Any) -> None:
    model = compare.is_type(submission.MLP([1, 2, 1]), torch.nn.Module, "MLP([1, 2, 1])", "MLP([1, 2, 1])")
    numbers = {
        (2, 1): torch.tensor([[1.0], [-1.0]]),
        (2,): torch.tensor([0.0, 1.0]),
        (1, 2): torch.tensor([[-2.0, 1.0]]),
        (1,): torch.tensor([0.5]),
    }
    given = {name: numbers.get(tuple(value.shape), value) for name, value in model.params().items()}
    got = model.functional(given, torch.tensor([[3.0], [-1.0]]))
    compare.same(got, torch.tensor([[-2.75], [1.25]]), what="the two results", zh="两个结果")


@check(
    "MySequential.example",
    hint="The first module gets x, and every other one what its neighbour before it returned.",
    zh="第一个模块得到 x，其余每个模块得到前一个邻居的返回值。",
    weight=0.5,
)
def test_relu_comes_after_the_minus(submission: Any) -> None:
    made = "minus = nn.Linear(1, 1, bias=False)\nnn.init.constant_(minus.weight, -1.0)\nminus, nn.ReLU()"
    minus, relu = compare.items(submission.build(made), 2)
    x = torch.tensor([[2.0], [-3.0]])
    compare.same(submission.MySequential(minus, relu)(x), torch.tensor([[0.0], [3.0]]))
    compare.same(submission.MySequential(relu, minus)(x), torch.tensor([[-2.0], [0.0]]))


@check(
    "FixedMLP.example",
    hint="Go through the example: linear, the constant, the same linear again, then halve while the sum is above 1.",
    zh="把例题一行一行地走一遍：线性层、常数、同一个线性层，然后只要和大于 1 就减半。",
    weight=0.5,
)
def test_the_loop_halves_four_times(submission: Any) -> None:
    numbers = {
        "linear.weight": torch.tensor([[2.0]]),
        "linear.bias": torch.tensor([-1.0]),
        "fixed": torch.tensor([[0.5]]),
    }
    fill = "model = student.FixedMLP(1)\nmodel.load_state_dict(numbers)\nmodel"
    model = submission.build(fill, numbers=numbers)
    compare.same(model(torch.tensor([[3.0], [2.0]])), torch.tensor([[0.375], [0.25]]))


SAVED = """
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "night.pt")
model = nn.Linear(1, 1)
nn.init.constant_(model.weight, 4.0)
opt = torch.optim.SGD(model.parameters(), lr=0.25, momentum=0.5)
student.save_ckpt(path, model, opt, 12)
other = nn.Linear(1, 1)
epoch = student.load_ckpt(path, other, torch.optim.SGD(other.parameters(), lr=9.0))
keys = sorted(torch.load(path, weights_only=True))
[keys, epoch, other.weight.detach().clone()]
"""


@check(
    "checkpoint.example",
    hint="A dict with four entries goes into the file; three of them are put back, and the fourth is returned.",
    zh="写进文件的是一个有四项的字典；读回时三项放回原处，第四项作为返回值。",
    weight=0.5,
)
def test_a_linear_layer_survives_the_night(submission: Any) -> None:
    keys, epoch, weight = compare.items(submission.build(SAVED), 3, list)
    compare.equal(keys, ["epoch", "model", "opt", "rng"], what="the keys in the file", zh="文件中的键")
    compare.equal(epoch, 12, what="the epoch", zh="轮次")
    compare.same(weight, torch.tensor([[4.0]]), what="the loaded weight", zh="读回的权重")
