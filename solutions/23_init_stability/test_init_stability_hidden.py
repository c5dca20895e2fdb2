"""Hidden checks of topic 23, first part: the chain of layers, compared with the same chain on this side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from init_stability_reference import F64
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# the same source here and there
ACTS = {
    "sigmoid": "torch.sigmoid",
    "tanh": "torch.tanh",
    "relu": "torch.relu",
    "calibrated": "lambda x: 4 * torch.sigmoid(x) - 2",
    "cube": "lambda x: x + x**3 / 20",
}
INITS = {
    "normal01": "lambda shape, generator: torch.randn(*shape, generator=generator)",
    "he": "lambda shape, generator: torch.randn(*shape, generator=generator) * (2 / shape[1]) ** 0.5",
    "xavier": "lambda s, generator: (torch.rand(*s, generator=generator) * 2 - 1) * (6 / (s[0] + s[1])) ** 0.5",
    "double": "lambda s, generator: torch.randn(*s, generator=generator, dtype=torch.float64) / s[1] ** 0.5",
}


def chain(depth: int, width: int, act: str, init: str, seed: int) -> Tensor:
    scope = {"torch": torch}
    activate: Callable[[Tensor], Tensor] = eval(ACTS[act], scope)
    start: Callable[..., Tensor] = eval(INITS[init], scope)
    generator = torch.Generator().manual_seed(seed)
    h = torch.randn(32, width, generator=generator, dtype=F64)
    weights = [start((width, width), generator).detach().double().requires_grad_() for _ in range(depth)]
    for weight in weights:
        h = activate(h @ weight.T)
    return torch.stack([slope.norm() for slope in torch.autograd.grad(h.sum(), weights)])


def norms(submission: Any, depth: int, width: int, act: str, init: str, seed: int) -> Tensor:
    functions = submission.build(f"[{ACTS[act]}, {INITS[init]}]")
    got = submission.layer_gradient_norms(depth, width, functions[0], functions[1], seed)
    return compare.tensor(got, shape=(depth,), dtype=F64, what="the norms", zh="梯度范数")


@check(
    "layer_gradient_norms.value",
    hint="Input first, then the weights from the first layer to the last, all from one generator; then act(h W^T).",
    zh="先抽输入，再从第一层到最后一层抽权重，都来自同一个生成器；然后计算 act(h W^T)。",
)
def test_norms_of_every_kind_of_chain(submission: Any, draw: Draw) -> None:
    kinds = [(act, init) for act in ACTS for init in INITS if (act, init) != ("cube", "normal01")]
    for number, (act, init) in enumerate(draw.random.sample(kinds, 10)):
        depth, width, seed = draw.size(2, 6), draw.size(3, 12), draw.new_seed() % 2**31
        want = chain(depth, width, act, init, seed)
        got = norms(submission, depth, width, act, init, seed)
        compare.same(got, want, rtol=1e-6, what="the norms", zh="梯度范数")
        compare.require(number > 0 or not got.requires_grad, "the norms require a gradient.", "范数不应需要梯度。")


@check(
    "layer_gradient_norms.shape",
    hint="One number per layer, also for a single layer, and for layers of width 1.",
    zh="每层一个数；只有一层、或宽度为 1 时也一样。",
)
def test_one_entry_per_layer(submission: Any, draw: Draw) -> None:
    for depth, width in ((1, 5), (4, 1), (1, 1), (9, 3)):
        seed = draw.new_seed() % 2**31
        got = norms(submission, depth, width, "tanh", "double", seed)
        compare.same(got, chain(depth, width, "tanh", "double", seed), what="the norms", zh="梯度范数")


@check(
    "layer_gradient_norms.sigmoid_vanishes",
    hint="The slope of a sigmoid is at most 1/4: through thirty of them next to nothing reaches the first layer.",
    zh="sigmoid 的斜率至多 1/4：穿过三十层之后，到达第一层的几乎为零。",
)
def test_thirty_sigmoids_let_nothing_through(submission: Any, draw: Draw) -> None:
    got = compare.finite(norms(submission, 30, 64, "sigmoid", "xavier", draw.new_seed() % 2**31)).tolist()
    compare.require(
        0 < got[0] < 1e-10 * got[-1],
        "the first layer's gradient should be at least ten powers of ten smaller than the last one's.",
        "第一层的梯度应当比最后一层小至少十个数量级。",
    )


@check(
    "layer_gradient_norms.he_balanced",
    hint="With a variance of 2 / width the gradients of all relu layers are of about the same size.",
    zh="方差为 2 / 宽度时，各个 relu 层的梯度大小相近。",
)
def test_thirty_relus_with_he_are_balanced(submission: Any, draw: Draw) -> None:
    for act, init in (("relu", "he"), ("calibrated", "xavier"), ("tanh", "xavier")):
        got = compare.finite(norms(submission, 30, 64, act, init, draw.new_seed() % 2**31)).tolist()
        compare.require(
            0 < 0.01 * got[-1] <= got[0] <= 100 * got[-1],
            "with a fitting start the first and the last layer should have gradients of similar size.",
            "初始化合适时，第一层与最后一层的梯度应当大小相近。",
        )


@check(
    "layer_gradient_norms.normal01_explodes",
    hint="With a variance of 1 each layer multiplies by the root of its width. Report what comes, however large.",
    zh="方差为 1 时，每层都乘以宽度的平方根。不论多大，如实返回。",
)
def test_thirty_layers_of_variance_one_explode(submission: Any, draw: Draw) -> None:
    got = norms(submission, 30, 64, "relu", "normal01", draw.new_seed() % 2**31)
    compare.require(
        bool((got > 1e15).all()), "some gradients are not as huge as they should be.", "有些梯度没有应有的那么大。"
    )
    compare.same(got.isnan(), torch.zeros(30, dtype=torch.bool), what="the nan among them", zh="其中的 nan")
