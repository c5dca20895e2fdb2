"""Hidden checks of topic 22, second part: the network. Its parameters are known, so in evaluation mode its logits can
be worked out by hand, and in training mode they are those of one of a few subnetworks, which are all worked out."""

from __future__ import annotations

import itertools
from typing import Any

import torch
from dropout_reference import F32, F64, READY_MADE, close_to, forward, logits, network, parameters, right_dropout
from torch import Tensor, nn

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

SHAPES = (([0.3], 3), ([0.5, 0.2], 4), ([], 2), ([0.4, 0.0, 0.7], 5))  # rates, number of sizes


@check(
    "DropoutMLP.parameters",
    hint="One nn.Linear per layer, registered with the module: it does not look inside a plain Python list.",
    zh="每层一个 nn.Linear，并且注册到模块中：模块不会查看普通 Python 列表里面的层。",
)
def test_the_module_knows_its_layers(submission: Any, draw: Draw) -> None:
    for rates, count in SHAPES:
        dims = draw.sizes(count, 2, 9)
        parameters(network(submission, dims, rates), dims)


@check(
    "DropoutMLP.eval_not_scaled",
    hint="In evaluation mode this is an ordinary network: linear, relu, linear, with the weights as they are.",
    zh="评估模式下，它就是普通的网络：线性、relu、线性，权重原样使用。",
    needs=["DropoutMLP.parameters"],
)
@right_dropout
def test_in_evaluation_mode_it_is_the_plain_network(submission: Any, draw: Draw) -> None:
    for number, (rates, count) in enumerate((*SHAPES, ([1.0, 0.9], 4))):
        dims, dtype = draw.sizes(count, 2, 9), F32 if number == 1 else F64
        model = network(submission, dims, rates, dtype)
        theta, _ = parameters(model, dims)
        model.eval()
        x = 2 * draw.randn(draw.size(3, 8), dims[0], dtype=dtype)
        x = draw.noncontiguous(x) if number % 2 else x
        compare.same(logits(model, x, dims[-1]), forward(theta, x), what="the logits", zh="logits")


@check(
    "DropoutMLP.eval_deterministic",
    hint="In evaluation mode nothing is drawn by lot: the same input has the same logits, every time.",
    zh="评估模式下不抽签：同样的输入每次都得到同样的 logits。",
)
@right_dropout
def test_in_evaluation_mode_nothing_is_drawn(submission: Any, draw: Draw) -> None:
    dims = draw.sizes(4, 5, 12)
    model, x = network(submission, dims, [0.6, 0.5]), draw.randn(6, dims[0])
    model.eval()
    first = logits(model, x, dims[-1])
    for _ in range(3):
        compare.same(logits(model, x, dims[-1]), first, rtol=0, atol=0, what="the same logits", zh="同样的 logits")


@check(
    "DropoutMLP.train_stochastic",
    hint="A new module is in training mode: it draws anew for every call, and for every row of the batch.",
    zh="新建的模块处于训练模式：每次调用、每一行样本都要重新抽签。",
)
@right_dropout
def test_in_training_mode_every_row_and_call_differ(submission: Any, draw: Draw) -> None:
    dims = (draw.size(3, 9), 60, 50, 2)
    model, x = network(submission, dims, [0.5, 0.3]), draw.randn(1, dims[0]).expand(8, -1)
    one, two = (logits(model, x, 2) for _ in range(2))
    rows = torch.cat([one, two])
    compare.require(
        len(rows[:, 0].unique()) == len(rows),
        "in training mode equal rows, or equal calls, gave equal logits.",
        "训练模式下，相同的行或相同的调用得到了相同的 logits。",
    )
    seeded = "torch.manual_seed(5)\na = model(x)\nb = model(x)\ntorch.manual_seed(5)\n[a.detach(), model(x).detach()]"
    again = compare.items(submission.build(seeded, model=model, x=x), 2, list)
    first = compare.tensor(again[0], shape=(8, 2), what="the logits", zh="logits")
    compare.same(
        again[1], first, rtol=0, atol=0,
        what="the logits under the same global seed", zh="同样的全局种子下的 logits",
    )  # fmt: skip


def subnetworks(theta: Any, x: Tensor, rates: list[float]) -> Tensor:
    """The logits of x (1, d) in every subnetwork there is, (subnetworks, classes)."""
    ways = []
    for rate, (weight, _) in zip(rates, theta, strict=False):
        bits = itertools.product((0.0, 1.0), repeat=len(weight))
        ways.append([torch.tensor(row, dtype=F64) / (1 - rate) for row in bits])
    return torch.cat([forward(theta, x, list(keep)) for keep in itertools.product(*ways)])


@check(
    "DropoutMLP.train_is_a_subnetwork",
    hint="Linear, relu, then dropout; each hidden layer with its own rate, the input and the output with none.",
    zh="线性、relu、再 dropout；每个隐藏层用自己的比率，输入和输出不用。",
    needs=["DropoutMLP.eval_not_scaled"],
)
@right_dropout
def test_in_training_mode_each_row_is_a_subnetwork(submission: Any, draw: Draw) -> None:
    for rates, dims in (([0.3], (4, 3, 5)), ([0.2, 0.6], (5, 2, 3, 4))):
        model = network(submission, dims, rates)
        theta, _ = parameters(model, dims)
        x = 2 * draw.randn(1, dims[0])
        got = logits(model, x.expand(40, -1), dims[-1])
        gaps = (got.unsqueeze(1) - subnetworks(theta, x, rates)).abs().amax(2).amin(1)
        compare.require(
            gaps.max().item() <= 1e-7,
            "in training mode a row of logits does not belong to any subnetwork of this network.",
            "训练模式下，有一行 logits 不属于这个网络的任何一个子网络。",
            reason="value",
        )


@check(
    "DropoutMLP.rate_of_each_layer",
    hint="p[0] belongs to the first hidden layer, p[1] to the second, and so on: each to its own.",
    zh="p[0] 属于第一个隐藏层，p[1] 属于第二个，以此类推，各用各的。",
    needs=["DropoutMLP.eval_not_scaled"],
)
@right_dropout
def test_a_layer_with_rate_one_is_silent(submission: Any, draw: Draw) -> None:
    for silent in range(3):
        dims, rates = draw.sizes(5, 3, 9), [float(number == silent) for number in range(3)]
        model = network(submission, dims, rates)
        theta, _ = parameters(model, dims)
        x = 2 * draw.randn(4, dims[0])
        keep = [torch.tensor(1.0 - rate, dtype=F64) for rate in rates]
        compare.same(logits(model, x, dims[-1]), forward(theta, x, keep), what="the logits", zh="logits")
    dims = (3, 400, 5)
    model = network(submission, dims, [0.3])
    x = torch.ones(100, 3, dtype=F64)
    theta = [(torch.zeros(400, 3), torch.ones(400)), (torch.ones(5, 400) / 400, torch.zeros(5))]
    _, names = parameters(model, dims)
    given = {name: value.double() for pair, layer in zip(names, theta, strict=True)
             for name, value in zip(pair, layer, strict=True)}  # fmt: skip
    out = compare.tensor(model.functional(given, x), shape=(100, 5), dtype=F64, what="the logits", zh="logits")
    mean = out.detach()[:, 0].mean().item()
    close_to(
        mean, 1.0, 0.3 / 0.7 / 40_000, "a hidden layer does not keep its mean.", "隐藏层的均值没有保持。",
    )  # fmt: skip


@check(
    "DropoutMLP.not_on_output",
    hint="A logit that is exactly 0 was dropped. After the last layer there is nobody left to make up for it.",
    zh="恰好为 0 的 logit 是被丢弃的。最后一层之后，再没有谁能补偿它。",
)
@right_dropout
def test_no_logit_is_dropped(submission: Any, draw: Draw) -> None:
    for rates in ([0.5], [0.5, 0.6]):
        dims = draw.sizes(len(rates) + 2, 4, 12)
        model = network(submission, dims, rates)
        out = logits(model, draw.randn(40, dims[0]), dims[-1])
        compare.require(
            bool((out != 0).all()),
            "in training mode some logits are exactly 0.",
            "训练模式下有些 logits 恰好是 0。",
        )


PARENT = """
parent = nn.Sequential(student.DropoutMLP(dims, p), nn.Identity())
model = parent[0]
parent.train(before)
with torch.no_grad():
    model(x)
parent.train(after)
[model, parent]
"""


@check(
    "DropoutMLP.mode_follows_module",
    hint="Whoever calls parent.eval() has never heard of a flag of yours. nn.Module keeps one for you, in every part.",
    zh="调用 parent.eval() 的人不知道你自设的标志。nn.Module 已经在每个部件里为你保存了一个。",
)
@right_dropout
def test_the_mode_of_the_parent_is_enough(submission: Any, draw: Draw) -> None:
    for before, after in ((True, False), (False, True)):
        dims = draw.sizes(3, 6, 12)
        x = draw.randn(9, dims[0], dtype=F32)
        made = submission.build(PARENT, dims=list(dims), p=[0.5], x=x, before=before, after=after)
        model, parent = compare.items(made, 2, list)
        theta, _ = parameters(compare.is_type(model, nn.Module, "the module", "模块"), dims)
        plain = forward(theta, x)
        got = logits(parent, x, dims[-1])
        if after:
            compare.require(
                (got - plain).abs().max().item() > 1e-3,
                "after parent.train() nothing is dropped.",
                "调用 parent.train() 之后什么都没有丢弃。",
            )
        else:
            compare.same(got, plain, what="the logits after parent.eval()", zh="parent.eval() 之后的 logits")


@check(
    "DropoutMLP.gradients",
    hint="Gradients reach the input and every weight: nothing on the way may leave autograd.",
    zh="梯度要传到输入和每一个权重：途中任何一步都不能离开自动求导。",
    needs=["DropoutMLP.eval_not_scaled"],
)
@right_dropout
def test_gradients_reach_every_parameter(submission: Any, draw: Draw) -> None:
    dims = draw.sizes(4, 3, 8)
    model = network(submission, dims, [0.4, 0.5])
    theta, names = parameters(model, dims)
    model.eval()
    flat = [value for layer in theta for value in layer]
    keys = [name for pair in names for name in pair]

    def student(x: Tensor, *values: Tensor) -> Any:
        return model.functional(dict(zip(keys, values, strict=True)), x)

    def by_hand(x: Tensor, *values: Tensor) -> Tensor:
        return forward(list(zip(values[::2], values[1::2], strict=True)), x)

    def point(d: Draw) -> tuple[Tensor, ...]:
        return (d.randn(5, dims[0]), *(d.randn(*value.shape) for value in flat))

    gradients.match(student, by_hand, point, draw)


@check(
    "DropoutMLP.wrong_number_of_rates",
    hint="zip stops quietly at the shorter list. Count first.",
    zh="zip 会在较短的列表处悄悄停下。请先数一数。",
)
def test_too_many_or_too_few_rates_are_refused(submission: Any, draw: Draw) -> None:
    for dims, rates in (([4, 3, 2], []), ([4, 3, 2], [0.1, 0.2]), ([4, 5, 3, 2], [0.5]), ([4, 2], [0.5])):
        compare.raises(ValueError, submission.DropoutMLP, dims, rates)


@check(
    "DropoutMLP.no_builtin",
    hint="Your own dropout does it all; self.training tells it the mode.",
    zh="用你自己的 dropout 就够了；self.training 告诉它处于哪种模式。",
    needs=["DropoutMLP.example", "dropout.no_builtin"],
)
def test_the_network_uses_no_ready_made_dropout(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="DropoutMLP")
