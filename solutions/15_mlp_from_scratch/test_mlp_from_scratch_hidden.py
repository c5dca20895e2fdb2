"""Hidden checks of topic 15: the activations and the way forward. The reference is torch's own, on this side."""

from __future__ import annotations

from typing import Any

import torch
from mlp_from_scratch_reference import ACTS, AUTOGRAD, F32, F64, LAYERS, forward, network, with_right_activations
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

READY_MADE = {
    "torch.relu", "torch.relu_", "torch.sigmoid", "torch.sigmoid_", "torch.tanh", "torch.tanh_", "torch.threshold",
    "torch.special.expit", "torch.nn.functional.*", "nn.*", "numpy.*", "scipy.*", "torch.ops.*", "torch.rrelu",
    "torch.prelu", "torch.celu", "torch.selu",
}  # fmt: skip
OPERATIONS = {
    "aten::relu", "aten::sigmoid", "aten::tanh", "aten::threshold", "aten::silu", "aten::softplus", "aten::hardtanh",
    "aten::leaky_relu", "aten::log_sigmoid_forward", "aten::elu", "aten::gelu", "aten::logit",
}  # fmt: skip
SLOPES = {"drelu": "relu", "dsigmoid": "sigmoid", "dtanh": "tanh"}
SHAPES = ((), (1,), (7,), (0,), (4, 3), (2, 5, 3), (6, 1), (3, 0), (5, 5), (2, 3, 4, 5))


def slope(act: str, x: Tensor) -> Tensor:
    leaf = x.detach().clone().requires_grad_()
    (grad,) = torch.autograd.grad(ACTS[act](leaf), leaf, torch.ones_like(leaf))
    return grad


# activations --------------------------------------------------------------------------------------------------------


@check(
    "activations.value",
    hint="Each element for itself: max(0, x), 1 / (1 + e^-x), and (e^x - e^-x) / (e^x + e^-x).",
    zh="逐元素计算：max(0, x)、1 / (1 + e^-x)，以及 (e^x - e^-x) / (e^x + e^-x)。",
)
def test_three_functions_of_every_element(submission: Any, draw: Draw) -> None:
    for number, shape in enumerate(SHAPES * 2):
        x = draw.layout(3 * draw.randn(*shape, dtype=float_type(number)), number)
        for name, function in ACTS.items():
            compare.same(getattr(submission, name)(x), function(x), what=name, zh=name)


@check(
    "activations.derivative",
    hint="All three take what goes INTO the activation. If your formula wants the output, calculate it first.",
    zh="三个导数的自变量都是激活函数的*输入*。如果你的公式要用输出，就先把输出算出来。",
)
def test_slopes_at_the_pre_activation(submission: Any, draw: Draw) -> None:
    for number, shape in enumerate(SHAPES * 2):
        x = 3 * draw.randn(*shape, dtype=float_type(number))
        x = draw.layout(torch.where(x.abs() < 1e-3, torch.ones_like(x), x), number)
        for name, act in SLOPES.items():
            compare.same(getattr(submission, name)(x), slope(act, x), what=name, zh=name)


@check(
    "activations.relu_zero",
    hint="At 0 the left slope is 0 and the right slope is 1. Anything between them will do, but nan will not.",
    zh="在 0 处，左导数是 0，右导数是 1。取两者之间的任何数都可以，但不能是 nan。",
)
def test_a_slope_at_the_kink(submission: Any, draw: Draw) -> None:
    for number in range(4):
        dtype, places = float_type(2 * number), draw.randn(6)
        x = torch.where(places > 0, 0.0, places.sign()).to(dtype)
        got = compare.tensor(submission.drelu(x), shape=(6,), dtype=dtype, what="drelu", zh="drelu")
        compare.require(
            bool(((got >= 0) & (got <= 1)).all()),
            "drelu at 0 is not in [0, 1].",
            "drelu 在 0 处的值不在 [0, 1] 内。",
            reason="value",
        )
        compare.same(got[x < 0], torch.zeros_like(x[x < 0]), what="drelu below 0", zh="0 以下的 drelu")
        compare.same(submission.relu(x), torch.relu(x), what="relu", zh="relu")


@check(
    "activations.extreme",
    hint="e^1000 is inf, and inf / inf is nan. Let only powers with a negative exponent meet in one fraction.",
    zh="e^1000 是 inf，而 inf / inf 是 nan。同一个分式里，只让负指数的幂相遇。",
)
def test_a_thousand_on_both_sides(submission: Any, draw: Draw) -> None:
    for number in range(4):
        x = torch.tensor([1e3, -1e3, 750.0, -750.0, 95.0, -95.0, 20.0, -20.0], dtype=F32 if number % 2 else F64)
        x = x[draw.permutation(8)]
        for name, function in ACTS.items():
            compare.same(getattr(submission, name)(x), function(x), what=name, zh=name)
        for name, act in SLOPES.items():
            compare.same(getattr(submission, name)(x), slope(act, x), what=name, zh=name)


@check(
    "activations.input_unchanged",
    hint="A method with an underscore at its end, and x[x < 0] = 0, write into the tensor you were given.",
    zh="以下划线结尾的方法，以及 x[x < 0] = 0，都会写进传入的张量。",
)
def test_activations_leave_x_alone(submission: Any, draw: Draw) -> None:
    x = draw.randn(4, 5)
    for name in (*ACTS, *SLOPES):
        seen = submission.observe(name, x)
        compare.tensor(seen.result, shape=(4, 5), dtype=F64, what=name, zh=name)
        compare.unchanged(x, seen.args[0], "x")


@check(
    "activations.no_builtin",
    hint="exp, abs, clamp, where and arithmetic are enough, and a derivative is a formula here.",
    zh="用 exp、abs、clamp、where 和四则运算就够了；这里的导数要写成公式。",
    needs=["activations.value"],
    weight=2.0,
)
def test_activations_are_made_by_hand(submission: Any, draw: Draw) -> None:
    for name in (*ACTS, *SLOPES):
        source_rules.forbid_names(submission.source, READY_MADE | AUTOGRAD, within=name)
        source_rules.forbid_ops(submission.observe(name, draw.randn(3, 4)), OPERATIONS)


# mlp_forward --------------------------------------------------------------------------------------------------------


def passes(submission: Any, draw: Draw, widths: tuple[int, ...], number: int, act: str, rows: int) -> None:
    Ws, bs = network(draw, widths, float_type(number))
    Ws = [draw.layout(W, number) for W in Ws]
    x = draw.layout(2 * draw.randn(rows, widths[0], dtype=float_type(number)), number + 1)
    logits, _ = compare.items(submission.mlp_forward(x, Ws, bs, act), 2)
    compare.same(logits, forward(x, Ws, bs, act)[0], what="the logits", zh="logits")


@check(
    "mlp_forward.value",
    hint="z = a W + b with the rows of a as examples, then the activation that was asked for, layer by layer.",
    zh="z = a W + b，a 的每一行是一个样本；然后用指定的激活函数；一层一层地算。",
)
def test_two_layers_of_any_size(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for number in range(15):
        rows, *widths = draw.sizes(4, 1, 8) if number % 4 else [4] * 4
        passes(submission, draw, tuple(widths), number, [*ACTS][number % 3], rows)


@check(
    "mlp_forward.three_layers",
    hint="The number of layers is the length of Ws: one, two, or many.",
    zh="层数就是 Ws 的长度：一层、两层，或许多层。",
)
def test_one_layer_and_many(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for number, depth in enumerate((1, 3, 4, 1, 5, 3, 6)):
        rows, *widths = draw.sizes(depth + 2, 1, 12)
        passes(submission, draw, tuple(widths), number, [*ACTS][number % 3], rows)
    for depth in (1, 3):
        passes(submission, draw, draw.sizes(depth + 1, 2, 9), 0, "tanh", 0)


@check(
    "mlp_forward.last_layer_linear",
    hint="The last layer gives scores, and scores may be negative or larger than 1: nothing bends them.",
    zh="最后一层给出得分；得分可以是负数，也可以大于 1：后面不再有激活函数。",
)
def test_no_activation_on_the_output(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for act in ACTS:
        Ws, bs = network(draw, draw.sizes(3, 2, 7))
        bs[-1] = bs[-1] - 50.0
        x = draw.randn(4, len(Ws[0]))
        logits, _ = compare.items(submission.mlp_forward(x, Ws, bs, act), 2)
        compare.same(logits, forward(x, Ws, bs, act)[0], what="the logits", zh="logits")


@check(
    "mlp_forward.cache",
    hint="The cache is [x, z_1, ..., z_{L-1}]: what goes INTO the activations. No bent values, no logits.",
    zh="cache 是 [x, z_1, ..., z_{L-1}]：各激活函数的*输入*；不含激活后的值，也不含 logits。",
)
def test_the_cache_holds_pre_activations(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for number, depth in enumerate((1, 2, 3, 4, 2, 3)):
        rows, *widths = draw.sizes(depth + 2, 1, 9)
        Ws, bs = network(draw, widths, float_type(number))
        x = draw.randn(rows, widths[0], dtype=float_type(number))
        _, cache = compare.items(submission.mlp_forward(x, Ws, bs, [*ACTS][number % 3]), 2)
        compare.items(cache, depth, list, "the cache", "cache")
        compare.same(cache, forward(x, Ws, bs, [*ACTS][number % 3])[1], what="the cache", zh="cache")


@check(
    "mlp_forward.unknown_raises",
    hint="A typing error in the name of the activation should be heard: ValueError.",
    zh="激活函数的名字写错了，应当报错：ValueError。",
)
def test_an_unknown_activation_is_an_error(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    Ws, bs = network(draw, (3, 4, 2))
    x = draw.randn(5, 3)
    for word in ("Tanh", "softsign", ""):
        compare.raises(ValueError, submission.mlp_forward, x, Ws, bs, word)


@check(
    "mlp_forward.input_unchanged",
    hint="x, the weights, the biases and the two lists belong to the caller: make new tensors, pop nothing.",
    zh="x、权重、偏置和两个列表都属于调用者：请新建张量，不要 pop。",
)
def test_the_way_forward_changes_nothing(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for act in ACTS:
        Ws, bs = network(draw, (3, 5, 4, 2))
        x = draw.randn(6, 3)
        seen = submission.observe("mlp_forward", x, Ws, bs, act)
        logits, cache = compare.items(seen.result, 2)
        want = forward(x, Ws, bs, act)
        compare.same((logits, cache), want, what="the logits and the cache", zh="logits 与 cache")
        for name, before, after in zip(("x", "Ws", "bs"), (x, Ws, bs), seen.args, strict=False):
            compare.unchanged(before, after, name)


@check(
    "mlp_forward.no_layers",
    hint="A layer is one line here: a matrix product and a sum.",
    zh="这里一层只有一行：一次矩阵乘法和一次加法。",
    needs=["mlp_forward.value"],
)
def test_no_ready_made_layer(submission: Any) -> None:
    source_rules.forbid_names(submission.source, LAYERS, within="mlp_forward")
