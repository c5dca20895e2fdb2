"""Hidden checks of LSTM: layers over time with weights drawn here, and the network that adds two numbers."""

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
    sums,
    torch_lstm,
)
from lstm_reference import with_right_cell as right
from torch import Tensor, nn

from autograder.checks import compare, gradients, training
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


# train_adding -------------------------------------------------------------------------------------------------------

LENGTH, LONGER, STEPS, HIDDEN, TESTED = 12, 14, 300, 32, 1000
FAR = 20  # for the plain network
MADE = """
torch.manual_seed(noise)
student.train_adding(T, steps, hidden, torch.Generator().manual_seed(seed), cell)
"""
SUMS = {"what": "the sums", "zh": "和"}


def trained(submission: Any, draw: Draw, steps: int, seed: int, cell: str = "lstm", T: int = LENGTH) -> Any:
    values = {"T": T, "steps": steps, "hidden": HIDDEN, "seed": seed, "cell": cell, "noise": draw.new_seed()}
    model = submission.build(MADE, **values)
    return compare.is_type(model, nn.Module, "what train_adding returns", "train_adding 的返回值")


def asked(submission: Any, model: Any, x: Tensor) -> Tensor:
    got = submission.build("model.eval()\nwith torch.no_grad():\n    z = model(x)\nz", model=model, x=x)
    return compare.finite(compare.tensor(got, shape=(len(x), 1), dtype=F32, **SUMS), **SUMS).detach()


def error(submission: Any, draw: Draw, model: Any, T: int) -> float:
    x, y = sums(draw, TESTED, T)
    return (asked(submission, model, x) - y).square().mean().item()


@check(
    "train_adding.each_row_by_itself",
    hint="Each sequence is added by itself, whatever its length. Which dimension does your layer take for the time?",
    zh="每个序列各算各的和，多长都行。你的循环层把哪一维当作时间？",
)
def test_sequences_do_not_mix(fresh_submission: Any, draw: Draw) -> None:
    submission = fresh_submission()
    for cell in ("lstm", "rnn"):
        model = trained(submission, draw, 1, draw.new_seed() % 2**31, cell, 6)
        for B, T in ((5, 4), (3, 9), (4, 4), (2, 1)):
            x = draw.uniform(0, 1, B, T, 2, dtype=F32)
            together = asked(submission, model, x)
            alone = asked(submission, model, x[1:2])
            compare.same(alone, together[1:2], what="the sum of one row", zh="单独一行的和")
            other = x.clone()
            other[0, 0] += 1
            moved = asked(submission, model, other)
            compare.require(
                bool((moved[0] != together[0]).all()) or T > 6,
                "the first step of a sequence leaves no trace in its sum.",
                "序列的第一步对结果没有任何影响。",
            )


@check(
    "train_adding.generator_only",
    hint="All chance comes from the generator, that of the starting weights as well.",
    zh="所有随机性都来自 generator，初始权重也不例外。",
)
def test_the_same_generator_gives_the_same_network(fresh_submission: Any, draw: Draw) -> None:
    submission, (x, _) = fresh_submission(), sums(draw, 5, 8)
    seed = draw.new_seed() % 2**31
    for steps in (0, 3):
        runs = [asked(submission, trained(submission, draw, steps, s, T=8), x) for s in (seed, seed, seed + 1)]
        compare.same(runs[1], runs[0], rtol=0, atol=0, what="the sums of a second run", zh="第二次训练的和")
        compare.require(
            not torch.equal(runs[2], runs[0]),
            "another generator gives exactly the same network.",
            "换一个 generator 得到了完全相同的网络。",
        )


@check(
    "train_adding.lstm_mse",
    hint="The first number has to be carried over many steps. What state do the forget gates start in, is every step"
    " made, on fresh examples, and is it really the LSTM?",
    zh="第一个数要带着走很多步。遗忘门一开始处于什么状态？每一步都训练了吗，用的是新样本吗，真的是 LSTM 吗？",
    needs=["train_adding.each_row_by_itself"],
    weight=2.0,
    cpu_s=20.0,
    wall_s=120.0,
)
def test_the_lstm_adds(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    submission = fresh_submission()

    def run(seed: int) -> float:
        model, child = trained(submission, draw, STEPS, seed), draw.child(str(seed))
        mse, longer = error(submission, child, model, LENGTH), error(submission, child.child("longer"), model, LONGER)
        record_property("mse", mse)
        record_property("mse_longer", longer)
        training.at_most(longer, 0.08, "the mean squared error on longer sequences", "较长序列上的均方误差")
        return training.at_most(mse, 0.04, "the mean squared error", "均方误差")

    training.two_of_three(run, draw)


@check(
    "train_adding.rnn_fails",
    hint='A plain network can\'t carry a number that far. Does cell="rnn" reach the network, and is it trained, too?',
    zh='普通循环网络带不了那么远。cell="rnn" 真的用上了吗？它也训练了吗？',
    needs=["train_adding.lstm_mse"],
    cpu_s=20.0,
    wall_s=120.0,
)
def test_the_plain_network_does_not(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    submission = fresh_submission()

    def run(seed: int) -> float:
        child = draw.child(str(seed))
        before = error(submission, child, trained(submission, draw, 0, seed, "rnn", FAR), FAR)
        mse = error(submission, child, trained(submission, draw, STEPS, seed, "rnn", FAR), FAR)
        record_property("mse_rnn", mse)
        training.at_least(before - mse, 0.05, "the gain of training", "训练带来的改善")
        return training.at_least(mse, 0.08, "the mean squared error of the plain network", "普通网络的均方误差")

    training.two_of_three(run, draw)
