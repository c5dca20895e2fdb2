"""Visible checks of topic 23: small examples, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check

PICTURE = {
    "sigmoid, Xavier": ("torch.sigmoid", "xavier"),
    "4 sigmoid - 2, Xavier": ("lambda x: 4 * torch.sigmoid(x) - 2", "xavier"),
    "relu, Kaiming": ("torch.relu", "he"),
    "relu, variance 1": ("torch.relu", "one"),
}
INITS = {
    "xavier": "lambda s, generator: (torch.rand(*s, generator=generator) * 2 - 1) * (6 / (s[0] + s[1])) ** 0.5",
    "he": "lambda s, generator: torch.randn(*s, generator=generator) * (2 / s[1]) ** 0.5",
    "one": "lambda s, generator: torch.randn(*s, generator=generator)",
}


@check(
    "layer_gradient_norms.example",
    hint="Factors of 2: l - 1 of them before layer l, the rest behind it, so all weights have the same gradient.",
    zh="一串因子 2：第 l 层之前有 l - 1 个，其余的在后面，所以每个权重的梯度都一样大。",
    weight=0.5,
)
def test_three_layers_of_factor_two(submission: Any, picture: Any) -> None:
    curves = {}
    for label, (act, init) in PICTURE.items():
        functions = submission.build(f"[{act}, {INITS[init]}]")
        got = submission.layer_gradient_norms(30, 64, functions[0], functions[1], 0)
        norms = compare.tensor(got, shape=(30,), dtype=torch.float64, what="the norms", zh="梯度范数").detach()
        curves[label] = (list(range(1, 31)), norms.clamp(min=1e-300).log10())
    picture.lines(
        "thirty-layers", curves, x="layer", y="log10 of the gradient norm",
        en="The gradients of thirty layers: sigmoids let them vanish, a variance of 1 lets them explode.",
        zh="三十层中各层梯度的大小：sigmoid 让它消失，方差为 1 的权重让它爆炸。",
    )  # fmt: skip
    same, double = submission.build("[lambda x: x, lambda s, generator: 2 * torch.eye(s[0])]")
    got = submission.layer_gradient_norms(3, 4, same, double, 0)
    h = torch.randn(32, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    want = 4 * math.sqrt(4) * h.sum(0).norm().item()
    compare.same(got, torch.full((3,), want, dtype=torch.float64), what="the norms", zh="梯度范数")


@check(
    "xavier_uniform.example",
    hint="in + out = 6: a = sqrt(6 / 6) = 1. in + out = 600: a = 0.1, and so many entries come close to both ends.",
    zh="in + out = 6 时 a = sqrt(6 / 6) = 1；in + out = 600 时 a = 0.1，元素这么多，两端都会几乎取到。",
    weight=0.5,
)
def test_a_bound_of_one(submission: Any) -> None:
    for shape, a in (((2, 4), 1.0), ((200, 400), 0.1)):
        weight = submission.xavier_uniform(shape, torch.Generator().manual_seed(0))
        weight = compare.tensor(weight, shape=shape, dtype=torch.float32, what="the weight", zh="权重")
        largest = weight.abs().max().item()
        compare.require(largest <= a * 1.000001, f"an entry is larger than {a}.", f"有一个元素大于 {a}。")
    compare.require(largest > 0.099, "no entry comes close to 0.1.", "没有一个元素接近 0.1。")


@check(
    "kaiming_normal.example",
    hint="Each output is a sum over 50 * 2 * 2 inputs: the variance is 2 / 200 = 0.01, the standard deviation 0.1.",
    zh="每个输出是 50 * 2 * 2 个输入之和：方差是 2 / 200 = 0.01，标准差是 0.1。",
    weight=0.5,
)
def test_a_standard_deviation_of_a_tenth(submission: Any) -> None:
    weight = submission.kaiming_normal((30, 50, 2, 2), torch.Generator().manual_seed(0))
    weight = compare.tensor(weight, shape=(30, 50, 2, 2), dtype=torch.float32, what="the weight", zh="权重")
    compare.number(weight.double().std().item(), 0.1, 0.05, what="the standard deviation", zh="标准差")


@check(
    "calibrated_act.example",
    hint="4 * 0.75 - 2 = 1; and the coefficients of a polynomial are its own.",
    zh="4 * 0.75 - 2 = 1；多项式的系数就是它自己的系数。",
    weight=0.5,
)
def test_one_value_and_three_coefficients(submission: Any) -> None:
    x = torch.tensor([0.0, math.log(3.0)], dtype=torch.float64)
    compare.same(submission.calibrated_sigmoid(x), torch.tensor([0.0, 1.0], dtype=torch.float64))
    act = submission.build("lambda x: 5 - 3 * x + x**3")
    compare.same(submission.taylor(act, 3), (5.0, -3.0, 0.0, 1.0), what="the coefficients", zh="系数")


@check(
    "stable_ops.example",
    hint="logsumexp: take the largest entry out before exp, put it back behind the logarithm. safe_div: a divisor that"
    " is large enough stays, with its sign. l2_normalize: each row by its own norm.",
    zh="logsumexp：在 exp 之前提出最大的元素，在取对数之后再加回去。safe_div：足够大的除数连同符号原样保留。"
    "l2_normalize：每一行除以它自己的范数。",
    weight=0.5,
)
def test_four_numbers_by_hand(submission: Any) -> None:
    x = torch.tensor([1000.0, 1000.0 + math.log(3.0)], dtype=torch.float64)
    compare.same(submission.logsumexp(x, 0), torch.tensor(1000 + math.log(4.0), dtype=torch.float64))
    half = torch.tensor([-math.log(2.0)], dtype=torch.float64)
    compare.same(submission.log1mexp(half), half, what="log1mexp", zh="log1mexp")
    a, b = torch.tensor([1.0, 0.0, 6.0]), torch.tensor([0.5, 0.0, -2.0])
    compare.same(submission.safe_div(a, b), torch.tensor([2.0, 0.0, -3.0]), what="safe_div", zh="safe_div")
    rows = torch.tensor([[3.0, 4.0], [0.0, 0.0]])
    want = torch.tensor([[0.6, 0.8], [0.0, 0.0]])
    compare.same(submission.l2_normalize(rows), want, what="l2_normalize", zh="l2_normalize")


@check(
    "variance_propagation.example",
    hint="100 * 0.02 = 2 per layer; a relu takes half of it.",
    zh="每层 100 * 0.02 = 2；relu 取走一半。",
    weight=0.5,
)
def test_three_layers(submission: Any) -> None:
    compare.number(submission.predict_variance(3, 100, 0.02), 8.0, what="the linear one", zh="线性网络")
    compare.number(submission.predict_variance(3, 100, 0.02, "relu"), 1.0, what="the one with relu", zh="relu 网络")
