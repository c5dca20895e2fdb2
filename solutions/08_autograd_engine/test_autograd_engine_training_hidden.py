"""Hidden checks of the network and its training. The network runs on a stand-in for Value; the training runs on the
student's own engine, and what it reached is computed here, from the parameters it returns."""

from __future__ import annotations

from typing import Any

import torch
from autograd_engine_reference import STAND_IN, close
from torch import Tensor

from autograder.checks import compare, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

CORNERS = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
TARGETS = torch.tensor([0.0, 1.0, 1.0, 0.0], dtype=torch.float64)
ENGINE = ["Value.ops_vs_torch", "Value.diamond", "topo_order.parents_before_children", "train_xor_engine.value"]


def outputs(params: Tensor, x: Tensor) -> Tensor:
    """The network's outputs (n,) for inputs (n, 2)."""
    units = params[:24].reshape(8, 3)
    return torch.tanh(x @ units[:, :2].T + units[:, 2]) @ params[24:32] + params[32]


def loss_of(params: Tensor) -> float:
    return (outputs(params, CORNERS) - TARGETS).square().mean().item()


def trained(submission: Any, seed: int) -> tuple[Tensor, float]:
    """The parameters and the loss that train_xor returns, known to be numbers."""
    params, loss = compare.items(submission.train_xor(seed), 2, tuple, "what train_xor returns", "train_xor 的返回值")
    found = compare.items(params, 33, list, "the parameters", "参数")
    values = [compare.number(one, what="a parameter", zh="参数") for one in found]
    return torch.tensor(values, dtype=torch.float64), compare.number(loss, what="the loss", zh="损失")


NETWORK = """
def one(params, x):
    values = [student.Value(param) for param in params]
    output = student.mlp(values, x)
    output.backward()
    return [output.data, [value.grad for value in values]]

[one(*case) for case in cases]
"""


def networks(submission: Any, draw: Draw) -> list[tuple[Tensor, list[float], list[Any]]]:
    """Parameters, inputs, and what came back: the output and the gradients of the parameters."""
    drawn = [(1.2 * draw.randn(33), draw.uniform(-2, 2, 2).tolist()) for _ in range(8)]
    drawn += [(draw.randn(33), [0, 1]), (draw.randn(33), [1, 0])]
    got = submission.build(STAND_IN + NETWORK, cases=[(params.tolist(), x) for params, x in drawn])
    found = [compare.items(one, 2, list) for one in compare.items(got, len(drawn), list)]
    return [(params, x, one) for (params, x), one in zip(drawn, found, strict=True)]


@check(
    "train_xor_engine.value",
    hint="Three numbers in a row belong to a unit; the last nine belong to the output, which has no tanh.",
    zh="相邻三个数属于同一个单元；最后九个数属于输出，输出没有 tanh。",
)
def test_outputs_of_the_network(fresh_submission: Any, draw: Draw) -> None:
    for params, x, (output, _) in networks(fresh_submission(), draw):
        want = outputs(params, torch.tensor([x], dtype=torch.float64)).item()
        close([output], [want], "the output", "输出")


@check(
    "train_xor_engine.gradient",
    hint="Every one of the 33 parameters must be in the graph as the Value that was passed in, not as its number.",
    zh="33 个参数都要以传入的 Value 的身份进入计算图，而不是只取它的数。",
    needs=["train_xor_engine.value"],
)
def test_the_graph_reaches_every_parameter(fresh_submission: Any, draw: Draw) -> None:
    for params, x, (_, grads) in networks(fresh_submission(), draw):
        leaf = params.clone().requires_grad_()
        outputs(leaf, torch.tensor([x], dtype=torch.float64)).sum().backward()
        assert leaf.grad is not None
        close(grads, leaf.grad.tolist(), "the gradients of the parameters", "参数的梯度")


@check(
    "train_xor_engine.reproducible",
    hint="random.Random(seed) is the only source of chance: the same seed, the same result; another seed, another one.",
    zh="random.Random(seed) 是唯一的随机源：种子相同，结果相同；种子不同，结果不同。",
    needs=ENGINE,
    cpu_s=20.0,
)
def test_the_seed_decides(fresh_submission: Any, draw: Draw) -> None:
    submission = fresh_submission()
    state = "import random\nrandom.getstate()[1][-1]"
    before = submission.build(state)
    seed = draw.new_seed() % 10_000
    (first, _), (second, _) = (trained(submission, seed) for _ in range(2))
    compare.same(second, first, rtol=0, atol=0, what="the result of a second run", zh="第二次训练的结果")
    compare.require(
        before == submission.build(state),
        "the generator of the module `random` was used; make one of your own from the seed.",
        "用到了 random 模块的全局生成器；请用种子自己造一个。",
    )
    other, _ = trained(submission, seed + 1)
    compare.require(
        not torch.equal(first, other), "another seed gives exactly the same result.", "换了种子，结果却完全相同。"
    )


@check(
    "train_xor_engine.loss_of_params",
    hint="The loss belongs to the parameters that you return: after the last step, the mean over four rows.",
    zh="返回的损失属于返回的那组参数：最后一步之后，对四行取平均。",
    needs=ENGINE,
    cpu_s=20.0,
)
def test_the_loss_is_that_of_the_parameters(submission: Any, draw: Draw) -> None:
    params, loss = trained(submission, draw.new_seed() % 10_000)
    compare.number(loss, loss_of(params), 1e-6, 1e-12, what="the loss", zh="损失")


@check(
    "train_xor_engine.own_engine",
    hint="The gradients must come from backward() of your own Value, step by step.",
    zh="梯度要来自你自己的 Value 的 backward()，一步一步地算。",
    needs=ENGINE,
    cpu_s=20.0,
)
def test_the_engine_is_used(fresh_submission: Any, draw: Draw) -> None:
    source = """
calls, mine = [], student.Value.backward

def counted(self):
    calls.append(1)
    return mine(self)

student.Value.backward = counted
student.train_xor(seed)
len(calls)
"""
    calls = fresh_submission().build(source, seed=draw.new_seed() % 10_000)
    steps = compare.is_type(calls, int, "the number of steps", "步数")
    compare.require(steps >= 5, "train_xor hardly ever calls backward().", "train_xor 几乎没有调用 backward()。")


@check(
    "train_xor_engine.all_correct",
    hint="Outputs are still on the wrong side of 0.5. Are gradients cleared before each step, and does it go downhill?",
    zh="还有输出在 0.5 的另一侧。每一步之前清零梯度了吗？是沿下坡方向走的吗？",
    needs=ENGINE,
    cpu_s=20.0,
)
def test_all_four_rows_are_right(submission: Any, draw: Draw) -> None:
    def run(seed: int) -> float:
        params, _ = trained(submission, seed)
        right = int(((outputs(params, CORNERS) > 0.5) == (TARGETS > 0.5)).sum())
        return training.at_least(right, 4, "the number of right rows", "正确的行数")

    training.two_of_three(run, draw)


@check(
    "train_xor_engine.loss_drops",
    hint="The loss is still high. Units that start alike stay alike; too large steps jump, too small ones crawl.",
    zh="损失仍然偏高。起点相同的单元会一直相同；步子太大会跳来跳去，太小则爬不动。",
    needs=ENGINE,
    cpu_s=20.0,
)
def test_the_loss_is_below_a_twentieth(submission: Any, draw: Draw, record_property: Any) -> None:
    def run(seed: int) -> float:
        params, _ = trained(submission, seed)
        loss = loss_of(params)
        record_property("loss", loss)
        return training.at_most(loss, 0.05, "the loss", "损失")

    training.two_of_three(run, draw)
