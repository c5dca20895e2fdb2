"""Hidden checks of topic 17, second part: MLP, called with known numbers."""

from __future__ import annotations

import itertools
from typing import Any

import torch
from nn_module_reference import F32, F64, forward, given, mlp, names_by_shape, result, some_layers
from torch import Tensor, nn

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


@check(
    "mlp_module.param_count",
    hint="A weight and a bias per layer, and each layer an object of its own. What stands in a plain list is not seen.",
    zh="每层一个权重、一个偏置，而且每层是一个独立的对象。放在普通列表里的层，模块看不到。",
)
def test_every_layer_has_its_own_parameters(submission: Any, draw: Draw) -> None:
    same = draw.size(2, 6)
    for dims in ([same] * 4, [1, 1, 1], *[list(draw.sizes(count, 1, 9)) for count in (2, 3, 5)]):
        shapes = sorted(tuple(value.shape) for value in mlp(submission, dims).params().values())
        want = [shape for before, out in itertools.pairwise(dims) for shape in ((out, before), (out,))]
        compare.equal(shapes, sorted(want), what="the shapes of all parameters", zh="所有参数的形状")


@check(
    "mlp_module.value",
    hint="linear, relu, linear, relu, ..., linear, times the buffer; every step with its gradient.",
    zh="线性、relu、线性、relu、……、线性，最后乘以缓冲区；每一步都有梯度。",
)
def test_values_and_gradients_are_those_by_hand(submission: Any, draw: Draw) -> None:
    for number in range(12):
        dtype, dims = float_type(number), list(draw.sizes(2 + number % 4, 2, 9))
        model = mlp(submission, dims, dtype)
        names, layers = names_by_shape(model, dims), some_layers(draw, dims, dtype)
        x = draw.layout(draw.randn(draw.size(1, 8), dims[0], dtype=dtype), number)
        got = model.functional(given(names, layers), x)
        compare.same(got, forward(layers, x), scale=10.0 if dtype is F32 else 1.0)
    dims = list(draw.sizes(4, 2, 7))
    model = mlp(submission, dims, F64)
    names = names_by_shape(model, dims)

    def pairs(flat: tuple[Tensor, ...]) -> list[tuple[Tensor, Tensor]]:
        return list(zip(flat[::2], flat[1::2], strict=True))

    gradients.match(
        lambda x, *flat: model.functional(given(names, pairs(flat)), x),
        lambda x, *flat: forward(pairs(flat), x),
        lambda draw: (draw.randn(5, dims[0]), *[value for layer in some_layers(draw, dims) for value in layer]),
        draw,
        draws=2,
    )


@check(
    "mlp_module.output_not_relu",
    hint="A regression may want a negative number, and a logit too: nothing cuts the last layer off.",
    zh="回归的输出可以是负数，logit 也可以：最后一层后面没有东西把负数截掉。",
)
def test_outputs_can_be_negative(submission: Any, draw: Draw) -> None:
    for count in (2, 3, 4):
        dims = list(draw.sizes(count, 5, 12))
        model = mlp(submission, dims, F64)
        params = given(names_by_shape(model, dims), some_layers(draw, dims))
        got = compare.tensor(model.functional(params, draw.randn(80, dims[0])), shape=(80, dims[-1]), dtype=F64)
        compare.require((got < 0).any(), "no output is negative.", "没有一个输出是负数。")
        compare.require((got > 0).any(), "no output is positive.", "没有一个输出是正数。")


@check(
    "mlp_module.nonlinear",
    hint="Without something bent between the layers, many of them are worth one.",
    zh="层与层之间如果没有非线性，再多层也只抵一层。",
)
def test_two_inputs_do_not_simply_add_up(submission: Any, draw: Draw) -> None:
    for count in (3, 4):
        dims = [size + 8 for size in draw.sizes(count, 2, 9)]
        model = mlp(submission, dims)
        one, other = 3 * draw.randn(30, dims[0], dtype=F32), 3 * draw.randn(30, dims[0], dtype=F32)
        a, b, ab, zero = (result(model, x, dims[-1]) for x in (one, other, one + other, torch.zeros_like(one)))
        gap = (ab + zero - a - b).abs().max()
        compare.require(gap > 1e-3, "the network is linear: f(a + b) + f(0) = f(a) + f(b).",
                        "这个网络是线性的：f(a + b) + f(0) = f(a) + f(b)。")  # fmt: skip


LOADED = """
state = model.state_dict()
state["sc"] = torch.full_like(state["sc"], value)
model.load_state_dict(state)
model
"""


@check(
    "mlp_module.buffer_in_state_dict",
    hint="A tensor that is just an attribute is forgotten when the module is saved. Buffers are registered.",
    zh="只是普通属性的张量，保存模块时会被忘掉。缓冲区需要注册。",
)
def test_the_scale_is_saved_but_not_trained(submission: Any, draw: Draw) -> None:
    dims = list(draw.sizes(3, 2, 9))
    model = mlp(submission, dims)
    state = compare.is_type(submission.build("dict(model.state_dict())", model=model), dict, "the state", "状态")
    compare.same(state.get("sc"), torch.tensor(0.5), what='the entry "sc" of the state', zh="状态中的 sc 项")
    compare.same(model.sc, torch.tensor(0.5), what="model.sc", zh="model.sc")
    compare.require("sc" not in model.params(), "sc is a parameter: it would be trained.", "sc 是参数：它会被训练。")
    value, x = draw.random.uniform(-3, -2), draw.randn(6, dims[0], dtype=F32)
    before = result(model, x, dims[-1])
    model = compare.is_type(submission.build(LOADED, model=model, value=value), nn.Module, "the model", "模型")
    compare.same(
        result(model, x, dims[-1]), before * (value / 0.5),
        what="the result with another scale loaded", zh="载入另一个缩放值后的结果",
    )  # fmt: skip


COPIED = """
torch.manual_seed(seed)
one, two = student.MLP(dims), student.MLP(dims)
one.sc.fill_(scale)
two.load_state_dict(one.state_dict())
one, two
"""


@check(
    "mlp_module.state_dict_roundtrip",
    hint="Everything that decides the result must travel in the state_dict: weights, biases, buffers.",
    zh="决定结果的一切都要随 state_dict 走：权重、偏置、缓冲区。",
)
def test_a_loaded_copy_gives_the_same_results(submission: Any, draw: Draw) -> None:
    for dims in ([3, 3, 3], list(draw.sizes(2, 2, 9)), list(draw.sizes(4, 2, 9))):
        scale, seed = draw.random.uniform(0.6, 2), draw.new_seed()
        both = compare.items(submission.build(COPIED, dims=dims, scale=scale, seed=seed), 2)
        one, two = (compare.is_type(model, nn.Module, "MLP(dims)", "MLP(dims)") for model in both)
        x = draw.randn(7, dims[0], dtype=F32)
        want = result(one, x, dims[-1])
        what = {"what": "the result of the loaded copy", "zh": "载入后副本的结果"}
        compare.same(result(two, x, dims[-1]), want, rtol=0, atol=0, **what)
        if len(set(dims)) == len(dims):
            names, params = names_by_shape(two, dims), two.params()
            layers = [(params[weight].detach(), params[bias].detach()) for weight, bias in names]
            compare.same(want, forward(layers, x, scale), what="the result", zh="结果")


@check(
    "mlp_module.moves_with_module",
    hint="double(), to(device): a module moves what it knows. One buffer and the layers are all there is.",
    zh="double()、to(device)：模块只会移动它知道的东西。这里只有一个缓冲区和各层。",
)
def test_double_converts_everything(submission: Any, draw: Draw) -> None:
    dims = list(draw.sizes(3, 2, 9))
    model = mlp(submission, dims)
    buffers = submission.build("[name for name, _ in model.named_buffers()]", model=model)
    compare.equal(buffers, ["sc"], what="the names of the buffers", zh="缓冲区的名字")
    for dtype in (F64, F32):
        model.to(dtype)
        compare.same(model.sc, torch.tensor(0.5, dtype=dtype), what="model.sc", zh="model.sc")
        for value in model.params().values():
            compare.tensor(value, dtype=dtype, what="a parameter", zh="一个参数")
        result(model, draw.randn(4, dims[0], dtype=dtype), dims[-1])
    where = submission.build("[t.device.type for t in model.to('meta').state_dict().values()]", model=model)
    compare.equal(where, ["meta"] * 5, what="the devices after to(...)", zh="to(...) 之后所在的设备")


@check(
    "mlp_module.bad_dims",
    hint="One size alone is no layer: say so at once, before anything is built.",
    zh="只有一个尺寸构不成一层：在搭建之前就应当指出来。",
    weight=0.5,
)
def test_one_size_is_not_enough(submission: Any, draw: Draw) -> None:
    for dims in ([], [draw.size(1, 9)]):
        compare.raises(ValueError, submission.MLP, dims)
