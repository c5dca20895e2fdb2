"""Hidden checks of topic 23, fourth part: activations near 0 and predicted variances."""

from __future__ import annotations

import math
from typing import Any

import torch
from init_stability_reference import F32, F64
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# calibrated_act -----------------------------------------------------------------------------------------------------


@check(
    "calibrated_act.value",
    hint="Four times the sigmoid, minus 2: 0 at 0, close to 2 on the right, close to -2 on the left.",
    zh="sigmoid 的四倍减 2：在 0 处为 0，右边趋近 2，左边趋近 -2。",
)
def test_the_calibrated_sigmoid(submission: Any, draw: Draw) -> None:
    for number, shape in enumerate(((5,), (3, 4), (), (2, 0), (2, 3, 4))):
        x = draw.layout(3 * draw.randn(*shape, dtype=F32 if number == 1 else F64), number % 3)
        seen = submission.observe("calibrated_sigmoid", x)
        compare.same(seen.result, 4 * torch.sigmoid(x) - 2)
        compare.unchanged(x, seen.args[0], "x")
    far = torch.tensor([1000.0, -1000.0, 90.0, -90.0])
    compare.same(submission.calibrated_sigmoid(far), torch.tensor([2.0, -2.0, 2.0, -2.0]))


@check(
    "calibrated_act.gradient",
    hint="The slope at 0 must be 1, and far out it must be 0, not nan.",
    zh="在 0 处斜率必须是 1，在很远处必须是 0，而不是 nan。",
)
def test_slope_of_the_calibrated_sigmoid(submission: Any, draw: Draw) -> None:
    def reference(x: Tensor) -> Tensor:
        return 4 * torch.sigmoid(x) - 2

    gradients.match(submission.calibrated_sigmoid, reference, lambda d: 2 * d.randn(4, 3), draw)
    (slope,) = gradients.of(submission.calibrated_sigmoid, torch.tensor([0.0, 800.0, -800.0], dtype=F64))
    compare.same(slope, torch.tensor([1.0, 0.0, 0.0], dtype=F64), what="the slope", zh="斜率")


def coefficients(submission: Any, source: str, *order: int) -> list[float]:
    got = submission.taylor(submission.build(source), *order)
    found = compare.items(got, (order[0] if order else 1) + 1, what="the coefficients", zh="系数")
    for value in found:
        compare.is_type(value, float, "a coefficient", "系数")
    return found


@check(
    "calibrated_act.value_slope",
    hint="The first coefficient is the value at 0, the second the slope there.",
    zh="第一个系数是在 0 处的值，第二个是那里的斜率。",
)
def test_value_and_slope_of_activations(submission: Any, draw: Draw) -> None:
    c, k = draw.uniform(-2, 2, 2).tolist()
    known = {
        "torch.sigmoid": [0.5, 0.25],
        "torch.tanh": [0.0, 1.0],
        "lambda x: 4 * torch.sigmoid(x) - 2": [0.0, 1.0],
        f"lambda x: {c} + {k} * x": [c, k],
        f"lambda x: torch.exp({k} * x) * {c}": [c, c * k],
    }
    for source, want in known.items():
        compare.same(coefficients(submission, source), want, what="the coefficients", zh="系数")


@check(
    "calibrated_act.vs_tanh",
    hint="A coefficient is the derivative over a factorial: tanh and the calibrated sigmoid part at x^3.",
    zh="系数是导数除以阶乘：tanh 与校准后的 sigmoid 从 x^3 开始分道扬镳。",
)
def test_higher_coefficients(submission: Any, draw: Draw) -> None:
    c = draw.uniform(0.5, 2, 5).tolist()
    polynomial = "lambda x: " + " + ".join(f"{factor} * x**{power}" for power, factor in enumerate(c))
    known: dict[str, tuple[int, list[float]]] = {
        "torch.tanh": (5, [0.0, 1.0, 0.0, -1 / 3, 0.0, 2 / 15]),
        "lambda x: 4 * torch.sigmoid(x) - 2": (3, [0.0, 1.0, 0.0, -1 / 12]),
        "torch.exp": (6, [1 / math.factorial(n) for n in range(7)]),
        polynomial: (4, c),
        "torch.sin": (0, [0.0]),
        "torch.cos": (2, [1.0, 0.0, -0.5]),
    }
    for source, (order, want) in known.items():
        compare.same(coefficients(submission, source, order), want, what="the coefficients", zh="系数")


@check(
    "calibrated_act.derivatives_end",
    hint="From some order on the derivative of a polynomial is 0, and autograd has nothing left to go back through.",
    zh="多项式从某一阶起导数为 0，这时自动求导已无路可回。",
)
def test_polynomials_and_constants(submission: Any, draw: Draw) -> None:
    c, k = draw.uniform(0.5, 2, 2).tolist()
    known: dict[str, tuple[int, list[float]]] = {
        f"lambda x: {c} + {k} * x": (4, [c, k, 0.0, 0.0, 0.0]),
        f"lambda x: torch.full_like(x, {c})": (2, [c, 0.0, 0.0]),
        f"lambda x: {k} * x**2": (5, [0.0, 0.0, k, 0.0, 0.0, 0.0]),
    }
    for source, (order, want) in known.items():
        compare.same(coefficients(submission, source, order), want, what="the coefficients", zh="系数")


# variance_propagation -----------------------------------------------------------------------------------------------


def predicted(submission: Any, want: float, *args: Any) -> None:
    got = compare.is_type(submission.predict_variance(*args), float, "the prediction", "预测")
    compare.number(got, want, 1e-9, 0.0, what="the prediction", zh="预测")


@check(
    "variance_propagation.linear",
    hint="Each output is a sum of fan_in products; variances of independent terms add up. Then once more per layer.",
    zh="每个输出是 fan_in 个乘积之和；独立项的方差相加。然后每层再来一次。",
)
def test_linear_layers(submission: Any, draw: Draw) -> None:
    for number in range(10):
        depth, fan_in, var_w = draw.size(0, 12), draw.size(1, 300), draw.random.uniform(0.001, 0.05)
        act = () if number % 2 else ("linear",)
        predicted(submission, (fan_in * var_w) ** depth, depth, fan_in, var_w, *act)
    predicted(submission, 0.0, 3, 5, 0.0)


@check(
    "variance_propagation.relu",
    hint="A relu keeps half of the mean square of a symmetric number, in every layer.",
    zh="对称分布的数经过 relu，均方剩下一半，每一层都如此。",
)
def test_relu_layers(submission: Any, draw: Draw) -> None:
    for _ in range(8):
        depth, fan_in, var_w = draw.size(0, 12), draw.size(1, 300), draw.random.uniform(0.001, 0.05)
        predicted(submission, (fan_in * var_w / 2) ** depth, depth, fan_in, var_w, "relu")


@check(
    "variance_propagation.mc",
    hint="A prediction must come true: compare it with a network of random weights.",
    zh="预测必须应验：拿随机权重的网络来对照。",
)
def test_simulated_networks_agree(submission: Any, draw: Draw) -> None:
    for act, var_w in (("linear", 0.06), ("relu", 0.13)):
        width, h = 20, draw.randn(1500, 4, 20)  # many small networks: their mean varies least for what it costs
        for _ in range(3):
            h = h @ (draw.randn(1500, width, width) * math.sqrt(var_w))
            h = h.clamp(min=0) if act == "relu" else h
        found = h.square().mean().item()
        got = compare.number(submission.predict_variance(3, width, var_w, act), what="the prediction", zh="预测")
        compare.require(
            abs(got - found) <= 0.1 * found, "a simulation gives another mean square.", "模拟得到的均方与此不同。"
        )


@check(
    "variance_propagation.odd_cases",
    hint="An activation you have no rule for is refused. What is too large for a float is inf, not an OverflowError.",
    zh="没有规则的激活函数应当拒绝。大到 float 装不下的数是 inf，而不是 OverflowError。",
)
def test_unknown_activations_and_huge_numbers(submission: Any) -> None:
    for act in ("sigmoid", "ReLU", ""):
        compare.raises(ValueError, submission.predict_variance, 3, 10, 0.1, act)
    compare.raises(ValueError, submission.predict_variance, 0, 10, 0.1, "tanh")
    for act in ("linear", "relu"):
        predicted(submission, math.inf, 400, 64, 1.0, act)
        predicted(submission, 0.0, 2000, 64, 1e-3, act)
