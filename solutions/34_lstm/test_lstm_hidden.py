"""Hidden checks of LSTM: one step, its gates, the memory that holds, and the number of weights."""

from __future__ import annotations

from typing import Any

import torch
from lstm_reference import (
    C_NEW,
    F32,
    F64,
    H_NEW,
    OPERATIONS,
    READY_MADE,
    expected_gates,
    some_weights,
    step,
    torch_step,
    with_right_gates,
)
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

Case = tuple[Tensor, Tensor, Tensor, tuple[Tensor, ...]]
GATES = {"what": "the gates", "zh": "各个门"}


def case(draw: Draw, number: int) -> Case:
    """x, h, c and weights of different sizes, in all layouts and float types in turn; h is no tanh of anything."""
    B, D, H = draw.sizes(3, 2, 7)
    dtype = float_type(number)
    h, c = draw.randn(B, H, dtype=dtype), 2 * draw.randn(B, H, dtype=dtype)
    w = tuple(draw.layout(value, number % 3) for value in some_weights(draw, D, H, dtype))
    return draw.layout(draw.randn(B, D, dtype=dtype), number), draw.layout(h, number + 1), draw.layout(c, number + 2), w


def same(got: Any, want: tuple[Tensor, Tensor]) -> None:
    h, c = compare.items(got, 2, tuple)
    compare.same(h, want[0], **H_NEW)
    compare.same(c, want[1], **C_NEW)


# lstm_cell ----------------------------------------------------------------------------------------------------------


@check(
    "lstm_cell.value",
    hint="Forget some of the old cell, add some of the candidate, and only then look at what comes out. Which gate has"
    " which job?",
    zh="先忘掉一部分旧细胞，再加上一部分候选值，然后才看输出什么。哪个门管哪件事？",
)
def test_one_step_of_random_cells(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_gates(fresh_submission)
    for number in range(20):
        x, h, c, w = case(draw, number)
        same(submission.lstm_cell(x, h, c, w), torch_step(x, h, c, w))


@check(
    "lstm_cell.returns_h_then_c",
    hint="Two results of one shape: h' first. It can't leave -1 .. 1; the cell can.",
    zh="两个形状相同的结果，h' 在前。h' 不会超出 -1 到 1，细胞却可以。",
)
def test_h_comes_first(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_gates(fresh_submission)
    x, h, c, w = case(draw, 0)
    far = 20 + c.abs()
    first, _ = compare.items(submission.lstm_cell(x, h, far, w), 2, tuple)
    small = compare.tensor(first, shape=h.shape, dtype=F64, **H_NEW).detach()
    compare.require(
        bool((small.abs() <= 1).all()),
        "the first result leaves the range of h'.",
        "第一个结果超出了 h' 的取值范围。",
    )
    compare.same(first, step(x, h, far, w)[0], **H_NEW)


@check(
    "lstm_cell.empty_batch",
    hint="No sequences in, no sequences out: with the right shapes.",
    zh="没有序列进来，就没有序列出去，但形状要对。",
    weight=0.5,
)
def test_a_step_without_sequences_and_with_one(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_gates(fresh_submission)
    for B, D, H in ((0, 3, 4), (1, 3, 4), (1, 1, 1), (4, 4, 4)):
        x, h, c, w = draw.randn(B, D), draw.randn(B, H), draw.randn(B, H), some_weights(draw, D, H)
        same(submission.lstm_cell(x, h, c, w), step(x, h, c, w))


@check(
    "lstm_cell.grad_to_c",
    hint="The cell is the road on which gradients travel far. Is it open, from c' and from h' back to c?",
    zh="细胞是梯度走远路的通道。从 c' 和从 h' 回到 c 的路都通吗？",
    needs=["lstm_cell.value"],
)
def test_the_way_back_to_the_old_cell(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_gates(fresh_submission)
    x, h, c, w = case(draw, 0)
    for place in (0, 1):
        (want,) = gradients.of(lambda c, p=place: step(x, h, c, w)[p], c)
        (got,) = gradients.of(lambda c, p=place: compare.items(submission.lstm_cell(x, h, c, w), 2, tuple)[p], c)
        compare.same(got, want, what="the gradient of the old cell", zh="对旧细胞的梯度")


@check(
    "lstm_cell.gradcheck",
    hint="Gradients also reach the input, the hidden state and all weights, through every gate.",
    zh="梯度还要经过每个门传到输入、隐藏状态和所有权重。",
    needs=["lstm_cell.value"],
)
def test_gradients_of_one_step(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_gates(fresh_submission)

    def make(child: Draw) -> tuple[Tensor, ...]:
        return child.randn(3, 2), child.randn(3, 4), child.randn(3, 4), *some_weights(child, 2, 4)

    for place in (0, 1):
        gradients.match(
            lambda x, h, c, *w, p=place: compare.items(submission.lstm_cell(x, h, c, w), 2, tuple)[p],
            lambda x, h, c, *w, p=place: step(x, h, c, w)[p],
            make,
            draw.child(f"{place}"),
            draws=2,
        )


@check(
    "lstm_cell.inputs_unchanged",
    hint="The old state and the weights belong to the caller: make a new cell instead of writing into the old one.",
    zh="旧的状态和权重都是调用者的：请生成新的细胞，不要写进旧的里。",
    weight=0.5,
)
def test_the_step_leaves_its_arguments_alone(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_gates(fresh_submission)
    x, h, c, w = case(draw, 0)
    seen = submission.observe("lstm_cell", x, h, c, w)
    compare.tensor(compare.items(seen.result, 2, tuple)[0], shape=h.shape)
    for before, after, name in zip((x, h, c, w), seen.args, ("x", "h", "c", "w"), strict=True):
        compare.unchanged(before, after, name)


@check(
    "lstm_cell.no_builtin",
    hint="Three sigmoids, two tanh, two products and a sum. The ready-made cell is what you are building.",
    zh="三个 sigmoid、两个 tanh、两次乘法和一次加法。现成的单元正是你要实现的东西。",
    needs=["lstm_cell.value"],
    weight=2.0,
)
def test_the_step_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    for within in ("lstm_cell", "gates", "hold_memory", "LSTM", "lstm_params"):
        source_rules.forbid_names(submission.source, READY_MADE, within=within)
    source_rules.forbid_ops(submission.observe("lstm_cell", *case(draw, 0)), OPERATIONS)


# gate_probe ---------------------------------------------------------------------------------------------------------


@check(
    "gate_probe.value",
    hint="Both matrices and both biases go into every gate. In which order do the four blocks stand?",
    zh="两个矩阵和两个偏置都要进入每一个门。四块的次序是什么？",
)
def test_gates_of_random_weights(submission: Any, draw: Draw) -> None:
    for number in range(12):
        x, h, c, w = case(draw, number)
        compare.same(submission.gates(x, h, c, w), expected_gates(x, h, w), **GATES)
        compare.same(submission.gates(x, h, 0 * c, w), expected_gates(x, h, w), **GATES)


@check(
    "gate_probe.ranges",
    hint="A gate is between shut and open, 0 and 1. What is let through may also be negative.",
    zh="门介于关与开之间，即 0 与 1 之间。而放进来的东西可以是负的。",
)
def test_gates_are_between_shut_and_open(submission: Any, draw: Draw) -> None:
    for number in range(4):
        x, h, c, w = case(draw, 3 * number)
        found = compare.is_type(submission.gates(4 * x, 4 * h, c, w), dict, **GATES)
        compare.equal(sorted(map(str, found)), ["f", "g", "i", "o"], what="the names of the gates", zh="各个门的名字")
        for name, low in (("i", 0.0), ("f", 0.0), ("o", 0.0), ("g", -1.0)):
            value = compare.tensor(found[name], shape=h.shape, dtype=F64, what=name, zh=name).detach()
            compare.require(
                bool(((value >= low) & (value <= 1)).all()), f"{name} leaves its range.", f"{name} 超出范围。"
            )
        compare.same(found, expected_gates(4 * x, 4 * h, w), **GATES)


@check(
    "gate_probe.forget_closed",
    hint="The forget gate says how much is kept. At 0 the past is erased, at 1 all of it stays; the other gates don't"
    " care.",
    zh="遗忘门说的是保留多少：为 0 时过去全部抹掉，为 1 时全部留下；别的门不受影响。",
)
def test_a_shut_forget_gate_erases(submission: Any, draw: Draw) -> None:
    for level, kept in ((-60.0, 0.0), (60.0, 1.0)):
        x, h, c, w = case(draw, 0)
        H = h.shape[1]
        w[2][H : 2 * H] = level
        found = compare.is_type(submission.gates(x, h, c, w), dict, **GATES)
        f = compare.tensor(found.get("f"), shape=h.shape, dtype=F64, what="f", zh="f")
        compare.same(f, torch.full_like(h, kept), what="f", zh="f")
        compare.same(found, expected_gates(x, h, w), **GATES)


@check(
    "gate_probe.gradient",
    hint="All gates learn: nothing may be detached on the way.",
    zh="所有的门都要学习：途中什么都不能 detach。",
    needs=["gate_probe.value"],
)
def test_gradients_through_the_gates(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Tensor, ...]:
        return child.randn(2, 3), child.randn(2, 4), *some_weights(child, 3, 4)

    def student(x: Tensor, h: Tensor, *w: Tensor) -> Any:
        found = compare.is_type(submission.gates(x, h, torch.zeros(2, 4, dtype=F64), w), dict, **GATES)
        return tuple(found.get(name) for name in "ifgo")

    gradients.match(student, lambda x, h, *w: tuple(expected_gates(x, h, w).values()), make, draw, draws=2)


def held(submission: Any, w: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """The student's new weights, of the right shapes and dtype."""
    got = compare.items(submission.hold_memory(w), 4, tuple, "the new weights", "新的权重")
    what = {"what": "a new weight", "zh": "新的权重"}
    checked = [compare.tensor(g, shape=v.shape, dtype=v.dtype, **what) for g, v in zip(got, w, strict=True)]
    return tuple(compare.finite(value, **what).detach() for value in checked)


@check(
    "gate_probe.hold",
    hint="After 100 steps even a gate of 0.999 has let a tenth go. How far must a gate be open, and which one shut, and"
    " can an input still move them?",
    zh="一个 0.999 的门，走 100 步也会丢掉十分之一。哪个门要开到多大，哪个门要关紧？输入还能推动它们吗？",
)
def test_a_cell_keeps_its_memory(submission: Any, draw: Draw) -> None:
    for dtype, size in ((F64, 1.0), (F32, 1.0), (F64, 100.0)):
        B, D, H = draw.sizes(3, 2, 6)
        w = held(submission, some_weights(draw, D, H, dtype))
        start = 2 * draw.randn(B, H, dtype=dtype)
        h, c = draw.randn(B, H, dtype=dtype), start
        for x in size * draw.randn(100, B, D, dtype=dtype):
            h, c = step(x, h, c, w)
        compare.same(c, start, rtol=0, atol=1e-3, what="the cell after 100 steps", zh="100 步之后的细胞")


@check(
    "gate_probe.hold_leaves_the_rest",
    hint="Only two gates have to change. The candidate and the output gate stay as they are, and so do the given ones.",
    zh="只需改动两个门。候选值和输出门保持原样，传入的权重也不能变。",
)
def test_what_holding_does_not_change(submission: Any, draw: Draw) -> None:
    for number in range(4):
        D, H = draw.sizes(2, 2, 6)
        w = tuple(draw.layout(value, number % 3) for value in some_weights(draw, D, H, float_type(number)))
        seen = submission.observe("hold_memory", w)
        compare.unchanged(w, seen.args[0], "w")
        for new, old in zip(held(submission, w), w, strict=True):
            compare.same(new[2 * H :], old[2 * H :], rtol=0, atol=0, what="the rows of g and o", zh="g 和 o 的各行")


# param_formula ------------------------------------------------------------------------------------------------------


@check(
    "param_formula.value",
    hint="Each layer has four blocks, each with a matrix for what comes from below, one for h, and two biases. What"
    " comes from below in the second layer?",
    zh="每层有四块，每块一个矩阵对应下面传来的输入，一个对应 h，还有两个偏置。第二层的输入有多宽？",
)
def test_the_number_of_weights(submission: Any, draw: Draw) -> None:
    for number in range(20):
        D, H, L = draw.size(1, 60), draw.size(1, 60), 1 + number % 4
        for bias in (True, False):
            want = sum(4 * H * ((H if k else D) + H + (2 if bias else 0)) for k in range(L))
            compare.equal(submission.lstm_params(D, H, L, bias), want, what="the number of weights", zh="参数个数")
