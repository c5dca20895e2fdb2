"""Hidden checks of topic 21, third part: who decays, and a training whose every step can be repeated."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from torch import Tensor
from weight_decay_reference import F32, ridge

from autograder.checks import compare, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

MODELS = {
    "mixed": "nn.Sequential(nn.Conv1d(2, 3, 2), nn.BatchNorm1d(3), nn.Linear(6, 4), nn.PReLU(), nn.LayerNorm(4))",
    "no biases": "nn.Sequential(nn.Linear(3, 5, bias=False), nn.Embedding(4, 2))",
    "no weights": "nn.Sequential(nn.LayerNorm(5), nn.PReLU(2))",
    "shared": "(lambda layer: nn.Sequential(layer, nn.ReLU(), layer, nn.Linear(3, 2)))(nn.Linear(3, 3))",
    "frozen": "nn.Sequential(nn.Linear(4, 3).requires_grad_(False), nn.Linear(3, 2))",
    "odd names": "nn.ParameterDict({'weight': nn.Parameter(torch.ones(3)), 'bias': nn.Parameter(torch.ones(2, 3)),"
    " 'scale': nn.Parameter(torch.ones(())), 'kernel': nn.Parameter(torch.ones(1, 2, 1))})",
    "empty": "nn.Sequential(nn.ReLU())",
}
GROUPS = """
groups = student.make_param_groups(model, wd)
lists = type(groups) is list and all(type(group) is dict and type(group.get("params")) is list for group in groups)
groups = groups if lists else []  # only lists are looped over: they end
"""
LISTED = f"""{GROUPS}
names = {{id(p): name for name, p in model.named_parameters()}}
shapes = {{name: tuple(p.shape) for name, p in model.named_parameters()}}
found = [[[names.get(id(p), "?") for p in group["params"]], group.get("weight_decay")] for group in groups]
[found, shapes, lists]
"""
STEPPED = f"""{GROUPS}
opt = torch.optim.SGD(groups, lr=lr)
before = {{name: p.detach().clone() for name, p in model.named_parameters()}}
for p in model.parameters():
    p.grad = torch.zeros_like(p)
opt.step()
[before, {{name: p.detach().clone() for name, p in model.named_parameters()}}]
"""


def listed(submission: Any, source: str, wd: float) -> tuple[list[Any], dict[str, Any]]:
    """[[names, weight_decay], ...] of the student's groups, and the shapes of the model's parameters in order."""
    made = submission.build(LISTED, model=submission.build(source), wd=wd)
    groups, shapes, lists = compare.items(made, 3, list)
    compare.equal(
        lists, True, what="a list of groups with a list of parameters each", zh="由组构成的列表，每组有参数列表"
    )
    pairs = [
        compare.items(pair, 2, list, "a group", "参数组")
        for pair in compare.items(groups, 2, list, "the groups", "参数组")
    ]
    return pairs, compare.is_type(shapes, dict, "the shapes", "形状")


@check(
    "param_groups.no_decay_on_bias_and_norm",
    hint="What has fewer than two dimensions shifts or scales: biases, and the parameters of normalisation. Go by"
    " dimension; names may deceive.",
    zh="少于两维的参数只起平移或缩放作用：偏置，以及规范化层的参数。请按维数判断；名字可能骗人。",
)
@pytest.mark.parametrize("name", sorted(MODELS))
def test_two_groups_by_dimension(submission: Any, draw: Draw, name: str) -> None:
    wd = draw.random.uniform(0.01, 3.0)
    (decayed, others), shapes = listed(submission, MODELS[name], wd)
    want = [[key for key, shape in shapes.items() if (len(shape) > 1) is high] for high in (True, False)]
    compare.equal(decayed[0], want[0], what="what decays", zh="衰减的参数")
    compare.equal(others[0], want[1], what="what does not decay", zh="不衰减的参数")
    compare.number(decayed[1], wd, 1e-12, 1e-12, what="the first weight_decay", zh="第一组的 weight_decay")
    compare.number(others[1], 0.0, 0.0, 0.0, what="the second weight_decay", zh="第二组的 weight_decay")


@check(
    "param_groups.every_param_once",
    hint="Frozen ones, shared ones, those deep inside: each parameter of the model is in one group, and in one place.",
    zh="冻结的、共享的、藏在深处的：模型的每个参数都在且只在一个组里，并且只出现一次。",
)
@pytest.mark.parametrize("name", ["shared", "frozen", "mixed"])
def test_no_parameter_is_lost_or_doubled(submission: Any, draw: Draw, name: str) -> None:
    pairs, shapes = listed(submission, MODELS[name], 0.1)
    found = [key for names, _ in pairs for key in compare.items(names, None, list, "the names", "名字")]
    compare.require(
        all(type(key) is str for key in found) and sorted(found) == sorted(shapes),
        "the groups together do not hold every parameter of the model exactly once.",
        "两个组合在一起，没有恰好一次地包含模型的每个参数。",
    )


@check(
    "param_groups.step",
    hint="torch.optim.SGD with these groups shrinks the weights by 1 - lr * wd, and nothing else.",
    zh="torch.optim.SGD 用这些组，应使权重乘以 1 - lr * wd，其他一概不变。",
)
def test_an_optimiser_understands_the_groups(submission: Any, draw: Draw) -> None:
    for name in ("mixed", "no biases", "odd names"):
        lr, wd = draw.random.uniform(0.1, 0.5), draw.random.uniform(0.1, 1.0)
        made = submission.build(STEPPED, model=submission.build(MODELS[name]), lr=lr, wd=wd)
        before, after = (compare.is_type(one, dict) for one in compare.items(made, 2, list))
        want = {key: value * (1 - lr * wd if value.dim() > 1 else 1) for key, value in before.items()}
        compare.same(after, want, what="the parameters", zh="参数")


# the training ---------------------------------------------------------------------------------------------------------


def trained(
    submission: Any, X: Tensor, y: Tensor, wd: float, epochs: int, lr: float, seed: int
) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed % 2**31)
    pair = compare.items(submission.train_highdim(X, y, wd, epochs, lr, generator), 2, what="(w, b)", zh="(w, b)")
    w = compare.tensor(pair[0], shape=(X.shape[1], 1), dtype=F32, what="w", zh="w")
    b = compare.tensor(pair[1], shape=(1,), dtype=F32, what="b", zh="b")
    return compare.finite(w, "w", "w").detach(), compare.finite(b, "b", "b").detach()


def highdim(draw: Draw, n: int = 20, d: int = 200) -> tuple[Tensor, Tensor]:
    """Few rows, many columns: y = 0.01 (x_1 + ... + x_d) + 0.05 + noise of 0.01."""
    X = draw.randn(n, d)
    return X.float(), (0.01 * X.sum(1, keepdim=True) + 0.05 + 0.01 * draw.randn(n, 1)).float()


def error(w: Tensor, b: Tensor, X: Tensor, y: Tensor) -> float:
    """Half the mean squared error."""
    return float(((X.double() @ w.double() + b.double() - y.double()) ** 2).mean() / 2)


@check(
    "param_groups.start",
    hint="Every entry of w comes from the standard normal distribution, b is 0; epochs=0 shows them.",
    zh="w 的每个元素都取自标准正态分布，b 为 0；epochs=0 时返回的就是它们。",
)
def test_the_start_is_drawn_from_a_normal_distribution(submission: Any, draw: Draw) -> None:
    d = 20_000
    w, b = trained(submission, torch.zeros(1, d), torch.zeros(1, 1), 0.5, 0, 0.1, draw.new_seed())
    compare.same(b, torch.zeros(1), what="b at the start", zh="起始的 b")
    w = w.double()
    moments = (w.mean().item(), w.square().mean().item() - 1, w.pow(3).mean().item(), w.pow(4).mean().item() - 3)
    for moment, variance in zip(moments, (1, 2, 15, 96), strict=True):
        compare.require(
            abs(moment) <= 5.5 * math.sqrt(variance / d),
            "the entries of w do not start as those of a standard normal distribution.",
            "w 的各元素在起始时不服从标准正态分布。",
            reason="statistics",
        )


@check(
    "param_groups.exact_steps",
    hint="Each epoch is one step of all rows: the gradient of the mean of half squares, and wd * w for the weights.",
    zh="每一轮用所有行走一步：平方的一半取平均，求梯度；只有权重再加上 wd * w。",
)
def test_every_step_of_the_training(submission: Any, draw: Draw) -> None:
    for epochs in (1, 2, 5, 0, 9):
        n, d = draw.sizes(2, 2, 9)
        X, y = draw.randn(n, d, dtype=F32), draw.randn(n, 1, dtype=F32) + 4
        wd, lr, seed = draw.random.uniform(0.2, 2.0), draw.random.uniform(0.02, 0.1), draw.new_seed()
        got = trained(submission, X, y, wd, epochs, lr, seed)
        w, b = (one.double() for one in trained(submission, X, y, wd, 0, lr, seed))
        for _ in range(epochs):
            gap = X.double() @ w + b - y.double()
            w, b = w - lr * (X.double().T @ gap / n + wd * w), b - lr * gap.mean(0)
        compare.same(got[0], w.float(), rtol=1e-4, atol=1e-4, what="w", zh="w")
        compare.same(got[1], b.float(), rtol=1e-4, atol=1e-4, what="b", zh="b")


@check(
    "param_groups.ends_at_ridge",
    hint="After enough steps the training arrives at the exact minimum, whatever its start.",
    zh="步数足够多时，训练会到达精确的最小值，与起点无关。",
)
def test_the_training_ends_at_the_minimum(submission: Any, draw: Draw) -> None:
    X, y = draw.randn(9, 4, dtype=F32), draw.randn(9, 1, dtype=F32) + 3
    want = ridge(X, y, 0.7)
    for _ in range(2):
        got = trained(submission, X, y, 0.7, 400, 0.1, draw.new_seed())
        for one, other, name in zip(got, want, "wb", strict=True):
            compare.same(one, other.float(), rtol=1e-4, atol=1e-4, what=name, zh=name)


@check(
    "param_groups.generator_only",
    hint="Draw the start from the generator that was given: equal states, equal starts, and no other randomness.",
    zh="起点要从给定的 generator 抽取：状态相同则起点相同，不使用其他随机源。",
)
def test_equal_generators_give_equal_weights(submission: Any, draw: Draw) -> None:
    X, y, seed = draw.randn(5, 7, dtype=F32), draw.randn(5, 1, dtype=F32), draw.new_seed()
    runs = [torch.cat(trained(submission, X, y, 0.3, 3, 0.05, s)[:1]) for s in (seed, seed, draw.new_seed())]
    compare.same(runs[1], runs[0], rtol=0, atol=0, what="w of a second run", zh="第二次训练的 w")
    different = not torch.equal(runs[2], runs[0])
    compare.require(different, "another generator gives exactly the same w.", "换一个 generator，w 却完全相同。")


@check(
    "param_groups.inputs_unchanged",
    hint="X and y belong to the caller: scale copies, if at all.",
    zh="X 和 y 是调用者的：即使要缩放，也请用副本。",
)
def test_the_training_leaves_the_data_alone(submission: Any, draw: Draw) -> None:
    X, y = highdim(draw, 6, 4)
    seen = submission.observe("train_highdim", X, y, 0.5, 2, 0.05, draw.new_generator())
    compare.items(seen.result, 2)
    compare.unchanged(X, seen.args[0], "X")
    compare.unchanged(y, seen.args[1], "y")


@check(
    "param_groups.test_loss",
    hint="Twenty rows say nothing about most of 200 directions. What the start left there must decay.",
    zh="二十行数据对 200 个方向中的大多数一无所知。起点留在那里的东西必须衰减掉。",
    needs=["param_groups.exact_steps"],
)
def test_decay_helps_on_new_data(submission: Any, draw: Draw, record_property: Any) -> None:
    def loss(seed: int, wd: float) -> float:
        X, y = highdim(draw.child(str(seed)), 120)
        return error(*trained(submission, X[:20], y[:20], wd, 100, 0.05, seed), X[20:], y[20:])

    figures = []
    for _ in range(2):
        seed = draw.new_seed()
        training.at_least(loss(seed, 0.0), 20.0, "the test loss without decay", "不衰减时的测试损失")
        figures.append(training.at_most(loss(seed, 3.0), 0.1, "the test loss with wd = 3", "wd = 3 时的测试损失"))
    record_property("loss", sum(figures) / len(figures))


@check(
    "param_groups.weight_norm",
    hint="With wd = 3 and these steps hardly anything of the random start is left.",
    zh="取 wd = 3，走完这些步之后，随机起点应当所剩无几。",
    needs=["param_groups.exact_steps"],
)
def test_decay_makes_the_weights_small(submission: Any, draw: Draw, record_property: Any) -> None:
    X, y = highdim(draw)
    seed = draw.new_seed()
    w, _ = trained(submission, X, y, 3.0, 100, 0.05, seed)
    small = training.at_most(w.double().norm().item(), 0.2, "the norm of w with wd = 3", "wd = 3 时 w 的范数")
    large, _ = trained(submission, X, y, 0.0, 100, 0.05, seed)
    training.at_least(large.double().norm().item(), 5.0, "the norm of w without decay", "不衰减时 w 的范数")
    record_property("norm", small)
