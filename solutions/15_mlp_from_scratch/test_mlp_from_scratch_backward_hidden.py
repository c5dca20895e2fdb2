"""Hidden checks of topic 15: the way back, judged by autograd on this side of the wall, and the collapse of a network
that has no activation. The cache always comes from the right forward pass."""

from __future__ import annotations

from typing import Any

import torch
from mlp_from_scratch_reference import (
    ACTS,
    AUTOGRAD,
    F64,
    LAYERS,
    forward,
    gradients_of,
    network,
    with_right_activations,
)
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

GRADIENTS = {"what": "the gradients", "zh": "梯度"}


class Case:
    """A network, a batch, and a gradient that comes in from above."""

    def __init__(self, draw: Draw, rows: int, widths: tuple[int, ...], act: str, number: int = 0) -> None:
        dtype = float_type(number)
        Ws, self.bs = network(draw, widths, dtype)
        self.Ws = [draw.layout(W, number) for W in Ws]
        self.x = draw.layout(draw.randn(rows, widths[0], dtype=dtype), number + 1)
        self.above = draw.layout(draw.randn(rows, widths[-1], dtype=dtype), number + 2)
        self.act = act
        self.cache = [draw.layout(z, 2 * (number % 2)) for z in forward(self.x, self.Ws, self.bs, act)[1]]
        if any(bool((z.abs() < 1e-4).any()) for z in self.cache[1:]):  # a kink of relu, where any slope is right
            self.__init__(draw, rows, widths, act, number)  # type: ignore[misc]

    @property
    def arguments(self) -> tuple[Any, ...]:
        return self.above, self.Ws, self.cache, self.act

    def want(self) -> tuple[list[Tensor], list[Tensor], Tensor]:
        return gradients_of(self.above, self.x, self.Ws, self.bs, self.act)

    def got(self, submission: Any) -> list[Any]:
        return compare.items(submission.mlp_backward(*self.arguments), 3, **GRADIENTS)


def acts(number: int) -> str:
    return [*ACTS][number % 3]


@check(
    "mlp_backward.vs_autograd",
    hint="From the top: dW = a^T dz, the sum of dz over the rows, da = dz W^T, and dz below is da times act'(z).",
    zh="从最上层开始：dW = a^T dz，dz 按行求和，da = dz W^T，再往下一层 dz 等于 da 乘以 act'(z)。",
    weight=3.0,
)
def test_all_gradients_of_networks_of_any_depth(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for number in range(18):
        depth = 1 + number % 4
        rows, *widths = draw.sizes(depth + 2, 2, 9) if number % 3 else [4] * (depth + 2)
        case = Case(draw, rows, tuple(widths), acts(number // 2), number)
        dWs, dbs, dx = case.want()
        got = case.got(submission)
        compare.same(got[0], dWs, what="dWs", zh="dWs", scale=3)
        compare.same(got[1], dbs, what="dbs", zh="dbs", scale=3)
        compare.same(got[2], dx, what="dx", zh="dx", scale=3)


@check(
    "mlp_backward.bias_sums_over_batch",
    hint="The same bias is added to every row, so each row has a say: its gradient is a sum over rows, of shape (d,).",
    zh="同一个偏置加到了每一行上，所以每一行都有贡献：它的梯度按行求和，形状是 (d,)。",
)
def test_the_gradient_of_a_bias(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for number in range(4):
        case = Case(draw, (7, 1, 5, 12)[number], draw.sizes(2 + number % 2, 1, 6), acts(number))
        dbs = compare.items(case.got(submission)[1], len(case.Ws), list, "dbs", "dbs")
        compare.same(dbs[-1], case.above.sum(0), what="the gradient of the last bias", zh="最后一个偏置的梯度")
        compare.same(dbs, case.want()[1], what="dbs", zh="dbs")


@check(
    "mlp_backward.dx",
    hint="The inputs are no activation: below the first layer there is only dz W^T, without a slope.",
    zh="输入不是激活函数的输出：第一层之下只有 dz W^T，不再乘导数。",
)
def test_the_gradient_of_the_inputs(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for number in range(6):
        rows, *widths = draw.sizes(3 + number % 3, 2, 8)
        case = Case(draw, rows, tuple(widths), acts(number))
        compare.same(case.got(submission)[2], case.want()[2], what="dx", zh="dx")


@check(
    "mlp_backward.one_row_or_none",
    hint="A batch of one row, or of none, is a matrix like any other; a sum over no rows is 0.",
    zh="只有一行或没有行的批也是普通的矩阵；对零行求和得 0。",
)
def test_the_smallest_batches(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for rows in (1, 0):
        for number, act in enumerate(ACTS):
            case = Case(draw, rows, draw.sizes(2 + number, 1, 6), act)
            compare.same(tuple(case.got(submission)), case.want(), **GRADIENTS)


@check(
    "mlp_backward.unknown_raises",
    hint="The way back knows the same three activations as the way forward; anything else is a ValueError.",
    zh="反向与前向认识同样的三种激活函数；其他名称抛出 ValueError。",
)
def test_an_unknown_activation_is_an_error_on_the_way_back(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for word in ("Tanh", "softsign", ""):
        above, Ws, cache, _ = Case(draw, 4, (3, 5, 2), "tanh").arguments
        compare.raises(ValueError, submission.mlp_backward, above, Ws, cache, word)


@check(
    "mlp_backward.input_unchanged",
    hint="The cache may be needed a second time. dz *= ... and list.pop() write into what you were given.",
    zh="cache 可能还要再用一次。dz *= ... 和 list.pop() 会改动传入的东西。",
)
def test_the_way_back_changes_nothing(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_activations(fresh_submission)
    for act in ACTS:
        case = Case(draw, 6, (3, 5, 4, 2), act)
        seen = submission.observe("mlp_backward", *case.arguments)
        compare.same(tuple(compare.items(seen.result, 3)), case.want(), **GRADIENTS)
        for name, before, after in zip(("dlogits", "Ws", "cache"), case.arguments, seen.args, strict=False):
            compare.unchanged(before, after, name)


WITHOUT_GRAD = "with torch.no_grad():\n    found = student.mlp_backward(above, Ws, cache, act)\nfound"


@check(
    "mlp_backward.no_autograd",
    hint="Two matrix products and a sum per layer: with autograd switched off it must work as well.",
    zh="每层只需两次矩阵乘法和一次求和：关掉 autograd 也必须能算。",
    needs=["mlp_backward.vs_autograd"],
    weight=2.0,
)
def test_the_way_back_is_walked_by_hand(submission: Any, fresh_submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, AUTOGRAD | LAYERS, within="mlp_backward")
    inside = with_right_activations(fresh_submission)
    case = Case(draw, 5, (4, 3, 2), "tanh")
    above, Ws, cache, act = case.arguments
    found = inside.build(WITHOUT_GRAD, above=above, Ws=Ws, cache=cache, act=act)
    compare.same(tuple(compare.items(found, 3)), case.want(), **GRADIENTS)


# collapse_linear ----------------------------------------------------------------------------------------------------


@check(
    "collapse_linear.equal_outputs",
    hint="(x W_0 + b_0) W_1 + b_1: multiply out, and keep the order of the matrices. Then the third layer comes.",
    zh="(x W_0 + b_0) W_1 + b_1：展开括号，矩阵的次序不变；然后轮到第三层。",
)
def test_one_layer_does_what_many_do(submission: Any, draw: Draw) -> None:
    for number, depth in enumerate((2, 3, 1, 4, 2, 5, 3, 2, 6, 1)):
        widths = draw.sizes(depth + 1, 1, 9) if number % 3 else (4,) * (depth + 1)
        Ws, bs = network(draw, widths, float_type(number))
        Ws = [draw.layout(W, number) for W in Ws]
        W, b = compare.items(submission.collapse(Ws, bs), 2)
        W = compare.tensor(W, shape=(widths[0], widths[-1]), dtype=float_type(number), what="W", zh="W")
        b = compare.tensor(b, shape=(widths[-1],), dtype=float_type(number), what="b", zh="b")
        want = x = draw.randn(6, widths[0], dtype=float_type(number))
        for next_W, next_b in zip(Ws, bs, strict=True):
            want = want @ next_W + next_b
        compare.same(x @ W + b, want, what="x W + b", zh="x W + b", scale=3)


@check(
    "collapse_linear.biases_included",
    hint="Send x = 0 through all layers. An early bias is carried on by every later weight.",
    zh="让 x = 0 穿过所有层。前面的偏置会被后面的每个权重带着走。",
)
def test_every_bias_counts(submission: Any, draw: Draw) -> None:
    for depth in (2, 3, 4):
        widths = draw.sizes(depth + 1, 2, 8)
        for place in range(depth):
            Ws, bs = network(draw, widths)
            bs = [b if number == place else torch.zeros_like(b) for number, b in enumerate(bs)]
            want = bs[place]
            for W in Ws[place + 1 :]:
                want = want @ W
            _, b = compare.items(submission.collapse(Ws, bs), 2)
            compare.same(b, want, what="b", zh="b")


@check(
    "collapse_linear.input_unchanged",
    hint="The network that was given must still be there: no += on its biases, no pop from its lists.",
    zh="传入的网络必须原样保留：不要对它的偏置用 +=，也不要从列表里 pop。",
)
def test_the_network_is_still_there(submission: Any, draw: Draw) -> None:
    for depth in (1, 2, 3):
        Ws, bs = network(draw, draw.sizes(depth + 1, 2, 7))
        seen = submission.observe("collapse", Ws, bs)
        for part in compare.items(seen.result, 2):
            compare.tensor(part, dtype=F64, what="W and b", zh="W 与 b")
        compare.unchanged(Ws, seen.args[0], "Ws")
        compare.unchanged(bs, seen.args[1], "bs")
