"""The checks you can see: the worked examples of the README. Hidden ones use other numbers, other sizes and the odd
cases that the docstrings decide. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare, training
from autograder.checks.made.points import spirals
from autograder.checks.marks import check

F64 = torch.float64


def numbers(*rows: Any) -> torch.Tensor:
    return torch.tensor(rows, dtype=F64)


def small_net() -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """The network of the examples: two inputs, three hidden units, two outputs."""
    Ws = [numbers([1, 0, -1], [1, 1, 1]), numbers([1, 0], [-1, 2], [4, 4])]
    return Ws, [numbers(0, -1, -2), numbers(0.5, -0.5)]


@check(
    "activations.example",
    hint="e^x = 3 and e^-x = 1/3: put them into the formulas.",
    zh="e^x = 3，e^-x = 1/3：代入公式即可。",
    weight=0.5,
)
def test_six_numbers_at_ln_3_and_at_0(submission: Any) -> None:
    x = numbers(3, 1).log()
    wanted = {
        "relu": (x[0], 0),
        "sigmoid": (0.75, 0.5),
        "tanh": (0.8, 0),
        "dsigmoid": (0.1875, 0.25),
        "dtanh": (0.36, 1),
    }
    for name, want in wanted.items():
        compare.same(getattr(submission, name)(x), numbers(*want), what=name, zh=name)
    compare.same(submission.drelu(numbers(-2, 3)), numbers(0, 1), what="drelu", zh="drelu")


@check(
    "mlp_forward.example",
    hint="z = (1, 2) W_0 + b_0 = (3, 1, -1). The cache keeps it as it is; only then comes relu.",
    zh="z = (1, 2) W_0 + b_0 = (3, 1, -1)。cache 存的就是它；之后才轮到 relu。",
    weight=0.5,
)
def test_forward_through_three_hidden_units(submission: Any) -> None:
    Ws, bs = small_net()
    logits, cache = compare.items(submission.mlp_forward(numbers([1, 2]), Ws, bs, "relu"), 2)
    compare.same(logits, numbers([2.5, 1.5]), what="the logits", zh="logits")
    compare.same(cache, [numbers([1, 2]), numbers([3, 1, -1])], what="the cache", zh="cache")


@check(
    "mlp_backward.example",
    hint="dlogits W_1^T = (1, -5, -4); the third unit was off, so dz = (1, -5, 0).",
    zh="dlogits W_1^T = (1, -5, -4)；第三个单元没有激活，所以 dz = (1, -5, 0)。",
    weight=0.5,
)
def test_back_through_the_same_network(submission: Any) -> None:
    cache = [numbers([1, 2]), numbers([3, 1, -1])]
    dWs, dbs, dx = compare.items(submission.mlp_backward(numbers([1, -2]), small_net()[0], cache, "relu"), 3)
    compare.same(dWs, [numbers([1, -5, 0], [2, -10, 0]), numbers([3, -6], [1, -2], [0, 0])], what="dWs", zh="dWs")
    compare.same(dbs, [numbers(1, -5, 0), numbers(1, -2)], what="dbs", zh="dbs")
    compare.same(dx, numbers([1, -4]), what="dx", zh="dx")


@check(
    "collapse_linear.example",
    hint="W = W_0 W_1, and b_0 goes through W_1 before b_1 is added.",
    zh="W = W_0 W_1；b_0 要先经过 W_1，再加上 b_1。",
    weight=0.5,
)
def test_the_same_network_without_its_activation(submission: Any) -> None:
    want = (numbers([-3, -4], [4, 6]), numbers(-6.5, -10.5))
    compare.same(submission.collapse(*small_net()), want, what="W and b", zh="W 与 b")


@check(
    "hat_network.example",
    hint="The slopes are 0, 2, -2, 0 from left to right: they change by 2, -4 and 2.",
    zh="从左到右斜率依次是 0、2、-2、0：改变量是 2、-4、2。",
    weight=0.5,
)
def test_up_and_down_through_three_points(submission: Any, picture: Any) -> None:
    knots, values = numbers(0, 1, 3), numbers(1, 3, -1)
    W1, b1, W2, b2 = compare.items(submission.piecewise_linear_net(knots, values), 4)
    for name, part in {"W1": W1, "b1": b1, "W2": W2, "b2": b2}.items():
        compare.tensor(part, dtype=F64, what=name, zh=name)
    compare.equal(W1.shape[:1] + W2.shape, (1, b1.numel(), 1), what="the sizes", zh="各部分的大小")
    compare.tensor(W1, shape=(1, b1.numel()), what="W1", zh="W1")
    x = torch.linspace(-1, 5, 121, dtype=F64)
    y = ((x[:, None] * W1 + b1).relu() @ W2 + b2)[:, 0]
    picture.lines(
        "hat", {"f": (x, y)}, en="Your network through three points", zh="你的网络穿过三个点", x="x", y="f(x)"
    )
    at = numbers(-1, 0, 0.5, 1, 2, 3, 5)
    got = ((at[:, None] * W1 + b1).relu() @ W2 + b2)[:, 0]
    compare.same(got, numbers(1, 1, 2, 3, 1, -1, -1), what="the output of the network", zh="网络的输出")


@check(
    "hat_network.sawtooth_example",
    hint="One tent is 2 relu(x) - 4 relu(x - 1/2). The second layer gets the tent instead of x.",
    zh="一顶帐篷是 2 relu(x) - 4 relu(x - 1/2)。第二层得到的不是 x，而是这顶帐篷。",
    weight=0.5,
)
def test_one_tent_and_two(submission: Any, picture: Any) -> None:
    x = torch.arange(17, dtype=F64) / 16
    curves = []
    for k in (1, 2):
        Ws, bs = compare.items(submission.sawtooth_net(k), 2)
        Ws, bs = (
            compare.items(Ws, k + 1, list, "the weights", "权重"),
            compare.items(bs, k + 1, list, "the biases", "偏置"),
        )
        y, wide = x[:, None], 1
        for number, (W, b) in enumerate(zip(Ws, bs, strict=True)):
            y = y @ compare.tensor(W, shape=(wide, None), dtype=F64, what="a weight", zh="权重")
            wide = y.shape[1]
            z = y + compare.tensor(b, shape=(wide,), dtype=F64, what="a bias", zh="偏置")
            y = z if number == k else z.relu()
        curves.append(compare.tensor(y, shape=(17, 1), what="the output of the network", zh="网络的输出")[:, 0])
    picture.lines(
        "tents", {"k = 1": (x, curves[0]), "k = 2": (x, curves[1])}, en="Tents on tents", zh="帐篷上的帐篷", x="x"
    )
    for curve in curves:
        x = torch.minimum(2 * x, 2 - 2 * x)
        compare.same(curve, x, what="the output of the network", zh="网络的输出")


SPIRAL = """
Ws, bs = student.train_mlp(X, y, [32], 150, 0.5, torch.Generator().manual_seed(0))
[student.mlp_forward(X, Ws, bs, "tanh")[0], student.mlp_forward(grid, Ws, bs, "tanh")[0]]
"""


@check(
    "train_mlp.example",
    hint="Do the first weights differ? Then look at the step: minus lr times the mean gradient, batch by batch.",
    zh="初始权重是否各不相同？然后检查更新：每一批都减去 lr 乘以平均梯度。",
    needs=["activations.example", "mlp_forward.example", "mlp_backward.example"],
    weight=0.5,
)
def test_a_small_spiral_is_unrolled(submission: Any, picture: Any) -> None:
    data = spirals(80, 3, torch.Generator().manual_seed(1), turns=0.5)
    axis = torch.linspace(-1.2, 1.2, 60)
    grid = torch.cartesian_prod(axis, axis).flip(1)
    logits, region = compare.items(submission.build(SPIRAL, X=data.x, y=data.y, grid=grid), 2, list)
    region = compare.tensor(region, shape=(3600, 3), what="the logits", zh="logits").argmax(1).reshape(60, 60)
    said = {"en": "Which arm does your network see where?", "zh": "你的网络在哪里看到哪条臂？"}
    picture.points("spiral", data.x, data.y, region=region, extent=(-1.2, 1.2, -1.2, 1.2), **said)
    logits = compare.tensor(logits, shape=(240, 3), dtype=torch.float32, what="the logits", zh="logits")
    training.at_least(training.accuracy(logits, data.y), 0.9)
