"""Hidden checks of convolution: a network that reads digits."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from convolution_reference import F32, OPERATIONS, READY_MADE, with_right_parts
from torch import Tensor

from autograder.checks import compare, datasets, gradients, source_rules, training
from autograder.checks.feedback import CheckFailure
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

SHAPES = {"w1": (8, 1, 3, 3), "b1": (8,), "w2": (16, 8, 3, 3), "b2": (16,), "w3": (10, 64), "b3": (10,)}
Parameters = dict[str, Tensor]

MODEL = "student.ScratchLeNet(torch.Generator().manual_seed(seed))"
WEIGHTS = f"""
model = {MODEL}
{{name: p.detach().clone() for name, p in model.named_parameters()}}
"""
LOGITS = """
model.load_state_dict(parameters)
model(x)
"""
SLOPES = """
(model(x) * slope).sum().backward()
{name: p.grad for name, p in model.named_parameters()}
"""


def parameters(submission: Any, seed: int) -> Parameters:
    found = compare.is_type(submission.build(WEIGHTS, seed=seed), dict, "the parameters", "参数")
    compare.equal(sorted(map(str, found)), sorted(SHAPES), what="the names of the parameters", zh="参数的名字")
    return {
        name: compare.tensor(found[name], shape=shape, dtype=F32, what=name, zh=name) for name, shape in SHAPES.items()
    }


def logits(given: Parameters, x: Tensor) -> Tensor:
    for w, b in (("w1", "b1"), ("w2", "b2")):
        x = F.max_pool2d(F.relu(F.conv2d(x, given[w], given[b], padding=1)), 2)
    return x.flatten(1) @ given["w3"].T + given["b3"]


def drawn(draw: Draw) -> Parameters:
    return {name: 0.3 * draw.randn(*shape) for name, shape in SHAPES.items()}


@check(
    "learn_kernel.lenet_value",
    hint="Convolution, ReLU, pooling, twice; then rows of 64 numbers and one matrix. No softmax.",
    zh="卷积、ReLU、汇聚，做两遍；然后是 64 个数一行，乘一个矩阵。没有 softmax。",
)
def test_the_network_calculates_as_described(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    parameters(submission, 0)
    model = submission.build(MODEL + ".double()", seed=1)
    for n in (4, 1, 0):
        given, x = drawn(draw), draw.randn(n, 1, 8, 8)
        got = submission.build(LOGITS, model=model, parameters=given, x=x)
        compare.same(got, logits(given, x), what="the logits", zh="logits")


@check(
    "learn_kernel.lenet_gradient",
    hint="All six parameters are nn.Parameter, and all of them take part in the logits.",
    zh="六个参数都是 nn.Parameter，并且都参与 logits 的计算。",
    needs=["learn_kernel.lenet_value"],
)
def test_every_parameter_gets_its_gradient(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    given, x, slope = drawn(draw), draw.randn(3, 1, 8, 8), draw.randn(3, 10)
    model = submission.build(MODEL + ".double()", seed=1)
    submission.build(LOGITS, model=model, parameters=given, x=x)
    got = compare.is_type(submission.build(SLOPES, model=model, x=x, slope=slope), dict, "the gradients", "梯度")
    names = list(SHAPES)
    want = gradients.of(lambda *values: logits(dict(zip(names, values, strict=True)), x), *given.values(),
                        grad_output=slope)  # fmt: skip
    for name, one in zip(names, want, strict=True):
        compare.same(got.get(name), one, what=f"the gradient of {name}", zh=f"{name} 的梯度", scale=10)


@check(
    "learn_kernel.lenet_start",
    hint="Biases at zero; weights with mean 0 and standard deviation sqrt(2 / inputs), all from the generator.",
    zh="偏置为零；权重均值为 0，标准差为 sqrt(2 / 输入数)，全部来自 generator。",
)
def test_the_start_is_scaled_to_the_inputs(submission: Any, draw: Draw) -> None:
    state, seeds = submission.build("torch.get_rng_state()"), [draw.new_seed() for _ in range(40)]
    starts = [parameters(submission, seed) for seed in seeds]
    for name in ("b1", "b2", "b3"):
        compare.same(starts[0][name], torch.zeros(SHAPES[name]), rtol=0, atol=0, what=name, zh=name)
    for name, inputs in (("w1", 9), ("w2", 72), ("w3", 64)):
        values = torch.stack([start[name] for start in starts]).double() * math.sqrt(inputs / 2)
        error = 5 / math.sqrt(values.numel())
        compare.require(
            abs(values.mean()) < error and abs(values.std() - 1) < error,
            f"over many models, {name} does not have mean 0 and standard deviation sqrt(2 / inputs).",
            f"在许多个模型上，{name} 的均值不是 0，或标准差不是 sqrt(2 / 输入数)。",
            reason="random",
        )
        compare.require(
            not torch.equal(starts[0][name], starts[1][name]) and not torch.equal(values[0, 0], values[0, 1]),
            f"{name} is the same for different generators, or for different kernels of one layer.",
            f"换了 generator，{name} 却相同，或者同一层的各个核相同。",
            reason="random",
        )
    again = parameters(submission, seeds[0])
    compare.same(again, starts[0], rtol=0, atol=0, what="a second model", zh="第二个模型")
    used = torch.equal(compare.tensor(state), compare.tensor(submission.build("torch.get_rng_state()")))
    compare.require(
        used,
        "the global random generator was used; only the one that is passed in may be.",
        "用到了全局随机数生成器；只能使用传入的 generator。",
    )


WATCHED = """
from torch.utils._python_dispatch import TorchDispatchMode

class Watch(TorchDispatchMode):
    ops = {}
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.ops[func._schema.name] = 1
        return func(*args, **(kwargs or {}))

model = student.ScratchLeNet(torch.Generator().manual_seed(0))
with Watch():
    model(x).sum().backward()
Watch.ops
"""


class Seen:
    """What `source_rules.forbid_ops` reads of an observation."""

    def __init__(self, ops: Any) -> None:
        self.ops = ops


@check(
    "learn_kernel.lenet_no_builtin",
    hint="The network stands on your own conv2d.",
    zh="这个网络要建立在你自己的 conv2d 之上。",
    needs=["learn_kernel.example_logits"],
)
def test_the_network_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="ScratchLeNet")
    source_rules.forbid_ops(Seen(submission.build(WATCHED, x=draw.randn(2, 1, 8, 8, dtype=F32))), OPERATIONS)


TRAINED = """
g = torch.Generator().manual_seed(seed)
model, epochs, batch = student.ScratchLeNet(g), 8, 64
steps = epochs * -(-len(X) // batch)
optimizer = torch.optim.Adam(model.parameters(), lr=0.015)
schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, steps)
for _ in range(epochs):
    for rows in torch.randperm(len(X), generator=g).split(batch):
        optimizer.zero_grad()  # public
        F.cross_entropy(model(X[rows]), y[rows]).backward()
        optimizer.step()  # public
        schedule.step()
with torch.no_grad():
    found = model(test)
found
"""


@check(
    "learn_kernel.digits_accuracy",
    hint="The pieces are right, yet the digits are not read well. Do the gradients reach all six parameters?",
    zh="各个部分都对，数字却认得不好。梯度是否传到了全部六个参数？",
    needs=[
        "conv2d.value",
        "conv2d.gradcheck",
        "learn_kernel.lenet_value",
        "learn_kernel.lenet_gradient",
        "learn_kernel.lenet_start",
        "learn_kernel.lenet_no_builtin",
    ],
    weight=2.0,
    cpu_s=10.0,
    wall_s=60.0,
)
def test_digits_are_read(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    data = datasets.digits()
    images, test = data.train_x.view(-1, 1, 8, 8), data.test_x.view(-1, 1, 8, 8)

    def run(seed: int) -> None:
        found = fresh_submission().build(TRAINED, X=images, y=data.train_y, test=test, seed=seed)
        share = training.accuracy(compare.tensor(found, shape=(360, 10), dtype=F32, what="the logits"), data.test_y)
        record_property("accuracy", share)
        training.tiers(share, {"simple": 0.8, "medium": 0.88, "strong": 0.92})

    try:
        run(draw.new_seed() % 2**31)
    except CheckFailure:  # bad luck is possible once
        run(draw.new_seed() % 2**31)
