"""Hidden checks of LSTM: layers over time with weights drawn here."""

from __future__ import annotations

from typing import Any

import torch
from lstm_reference import (
    F32,
    F64,
    OUT,
    named,
    net_of,
    over_time,
    parts,
    some_layers,
    torch_lstm,
)
from lstm_reference import with_right_cell as right
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

H_N, C_N = {"what": "h", "zh": "h"}, {"what": "c", "zh": "c"}
PARAMETERS = ["lstm.parameters"]


def same(got: Any, want: Any) -> None:
    out, h, c = parts(got)
    compare.same(out, want[0], **OUT)
    compare.same(h, want[1][0], **H_N)
    compare.same(c, want[1][1], **C_N)


# lstm ---------------------------------------------------------------------------------------------------------------


@check(
    "lstm.parameters",
    hint="Four parameters for each layer, by the names and shapes of the docstring, registered in the module.",
    zh="每层四个参数，名字和形状见文档字符串，都要注册到模块上。",
)
def test_parameters_by_their_names(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for D, H, layers in ((3, 5, 1), (4, 2, 2), (2, 3, 3)):
        net = net_of(submission, D, H, layers, F32)
        shapes = {name: tuple(value.shape) for name, value in net.params().items()}
        want = {name: tuple(value.shape) for name, value in named(some_layers(draw, D, H, layers)).items()}
        compare.same(shapes, want, what="the parameters and their shapes", zh="参数及其形状")


@check(
    "lstm.value_1_2_layers",
    hint="The h of one layer, at every step, is what the next layer reads. The cell stays within its layer.",
    zh="一层每一步的 h 就是下一层的输入；细胞只留在自己那一层。",
    needs=PARAMETERS,
)
def test_layers_of_random_weights(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for number in range(9):
        B, T, D, H = draw.sizes(4, 2, 7)
        if number == 8:
            B = T = D = H = 3
        dtype, count = float_type(number), 1 + number % 3
        layers = some_layers(draw, D, H, count, dtype)
        x = draw.layout(draw.randn(B, T, D, dtype=dtype), number)
        got = net_of(submission, D, H, count, dtype).functional(named(layers), x)
        same(got, torch_lstm(layers, x, None))


@check(
    "lstm.state_shapes",
    hint="The state has one h and one c for each layer: (layers, B, H), also with a single step or an empty batch.",
    zh="状态中每层各有一个 h 和一个 c：(layers, B, H)，只有一步或批量为空时也一样。",
    needs=PARAMETERS,
)
def test_the_shapes_of_the_state(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for B, T, D, H, count in ((3, 1, 2, 4, 2), (0, 4, 3, 2, 2), (1, 5, 1, 1, 1), (2, 3, 4, 5, 3)):
        net = net_of(submission, D, H, count)
        own = [[net.params()[f"{kind}_l{k}"].detach() for kind in KINDS] for k in range(count)]
        x, zero = draw.randn(B, T, D), torch.zeros(count, B, H, dtype=F64)
        same(net(x), over_time(own, x, zero, zero))


KINDS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


@check(
    "lstm.given_state",
    hint="Every layer begins with its own h and its own c out of the state that was given.",
    zh="每一层都从传入状态中属于自己的 h 和 c 开始。",
    needs=PARAMETERS,
)
def test_layers_begin_with_the_given_state(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for number in range(4):
        B, T, D, H = draw.sizes(4, 2, 6)
        count = 1 + number % 3
        layers, x = some_layers(draw, D, H, count), draw.randn(B, T, D)
        state = (draw.randn(count, B, H), 2 * draw.randn(count, B, H))
        seen = submission.build(
            "s = (h.clone(), c.clone())\n"
            "w = {name: nn.Parameter(value) for name, value in w.items()}\n"  # what `get_parameter` wants
            "r = torch.func.functional_call(net, w, (x, s))\n(r, s)",
            net=net_of(submission, D, H, count), w=named(layers), x=x, h=state[0], c=state[1],
        )  # fmt: skip
        got, after = compare.items(seen, 2, tuple)
        same(got, torch_lstm(layers, x, state))
        compare.unchanged(state, after, "state")


@check(
    "lstm.chunked_equals_full",
    hint="The state that comes back is all the network knows. Hand it in with the next piece, and nothing is lost.",
    zh="返回的状态就是网络知道的一切。把它和下一段一起传进去，什么也不会丢。",
    needs=PARAMETERS,
)
def test_three_and_four_steps_are_seven(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for count in (1, 2):
        B, D, H = draw.sizes(3, 2, 5)
        layers, x = some_layers(draw, D, H, count), draw.randn(B, 7, D)
        net, w = net_of(submission, D, H, count), named(layers)
        one, h, c = parts(net.functional(w, x[:, :3]))
        shape = {"shape": (count, B, H), "dtype": F64}
        state = (compare.tensor(h, **shape, **H_N).detach(), compare.tensor(c, **shape, **C_N).detach())
        two, *_ = parts(net.functional(w, x[:, 3:], state))
        want = torch_lstm(layers, x, None)[0]
        compare.same(one, want[:, :3], what="the first piece", zh="第一段")
        compare.same(two, want[:, 3:], what="the second piece", zh="第二段")


@check(
    "lstm.gradient",
    hint="All parameters of all layers learn, and the gradient goes back to the input and to the first state.",
    zh="所有层的所有参数都要学习，梯度还要传回输入和初始状态。",
    needs=["lstm.given_state"],
)
def test_gradients_through_layers_and_time(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    B, T, D, H, count = 2, 4, 3, 2, 2
    net, names = net_of(submission, D, H, count), list(named(some_layers(draw, D, H, count)))

    def make(child: Draw) -> tuple[Tensor, ...]:
        weights = named(some_layers(child, D, H, count)).values()
        return child.randn(B, T, D), child.randn(count, B, H), child.randn(count, B, H), *weights

    def student(x: Tensor, h: Tensor, c: Tensor, *w: Tensor) -> Any:
        return parts(net.functional(dict(zip(names, w, strict=True)), x, (h, c)))

    def reference(x: Tensor, h: Tensor, c: Tensor, *w: Tensor) -> Any:
        out, (h, c) = over_time([w[:4], w[4:]], x, h, c)
        return out, h, c

    gradients.match(student, reference, make, draw, draws=2)


@check(
    "lstm.op_count_per_step",
    hint="What x contributes is known before the loop begins: one product for all steps. Then each step of each layer"
    " needs only one more, for the whole batch.",
    zh="x 的那一份在循环开始前就已知道：所有步一次乘完。之后每层每步只需再乘一次，整个批量一起。",
    needs=["lstm.value_1_2_layers"],
    weight=0.5,
)
def test_one_product_for_each_step_and_layer(fresh_submission: Any, draw: Draw) -> None:
    submission, D, H = right(fresh_submission), 3, 4
    # only names of the file can be observed: this one is of no use to a network
    submission.build("student.lstm_params = lambda n, x: student.LSTM(3, 4, n).double()(x)")

    def count(B: int, T: int, layers: int) -> int:
        seen = submission.observe("lstm_params", layers, draw.randn(B, T, D))
        compare.tensor(parts(seen.result)[0], shape=(B, T, H), **OUT)
        ops = seen.ops if type(seen.ops) is dict else {}
        products = ("mm", "addmm", "bmm", "baddbmm", "mv", "addmv", "dot")
        return sum(n for name, n in ops.items() if name.removeprefix("aten::").split(".")[0] in products)

    for layers in (1, 2):
        short, long = count(2, 3, layers), count(9, 8, layers)
        compare.require(
            long - short <= 5 * layers,
            "the loop over time makes more than one matrix product for each step of each layer.",
            "时间循环里，每层每步的矩阵乘法多于一次。",
        )
