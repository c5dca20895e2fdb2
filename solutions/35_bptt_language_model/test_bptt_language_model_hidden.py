"""Hidden checks of the language model: back through time, and truncated training."""

from __future__ import annotations

from typing import Any

import torch
from bptt_language_model_reference import (
    AUTOGRAD,
    GRADS,
    expected_grads,
    probe_weights,
    same_losses,
    some_weights,
    student_truncated,
    truncated,
)
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# bptt -----------------------------------------------------------------------------------------------------------------


@check(
    "bptt.vs_autograd",
    hint="Each state is wanted twice: by its own output, and by the state after it. Is the mean one over all numbers?",
    zh="每个状态被用了两次：被它自己的输出用，也被后一个状态用。平均是对所有的数取的吗？",
)
def test_gradients_of_random_networks(submission: Any, draw: Draw) -> None:
    for number in range(12):
        B, T, D, H, out = draw.sizes(5, 2, 7)
        dtype = float_type(number)
        w = some_weights(draw, D, H, out, dtype)
        x = draw.layout(draw.randn(B, T, D, dtype=dtype), number)
        y = draw.layout(draw.randn(B, T, out, dtype=dtype), number + 1)
        compare.same(submission.rnn_bptt(x, y, w), expected_grads(x, y, w), **GRADS)
    seen = submission.observe("rnn_bptt", x, y, w)
    for before, after, name in zip((x, y, w), seen.args, ("x", "y", "w"), strict=True):
        compare.unchanged(before, after, name)


@check(
    "bptt.T1",
    hint="With a single step there is no way back in time: what do the recurrent weights get?",
    zh="只有一步时没有往回走的路：循环权重得到什么？",
)
def test_gradients_of_a_single_step(submission: Any, draw: Draw) -> None:
    for B, D, H, out in ((3, 2, 4, 5), (1, 1, 1, 1)):
        w, x, y = some_weights(draw, D, H, out), draw.randn(B, 1, D), draw.randn(B, 1, out)
        compare.same(submission.rnn_bptt(x, y, w), expected_grads(x, y, w), **GRADS)


@check(
    "bptt.sums_over_time",
    hint="The same weights work at every step, so the gradients of all steps add up.",
    zh="每一步用的是同一组权重，所以各步的梯度要加起来。",
)
def test_every_step_adds_its_share(submission: Any, draw: Draw) -> None:
    T, H = 6, 3
    w = some_weights(draw, 2, H, 2)
    w["W_hh"] = 0 * w["W_hh"]  # nothing is handed on: the gradient is the mean of those of the single steps
    x, y = draw.randn(4, T, 2), draw.randn(4, T, 2)
    single = [expected_grads(x[:, t : t + 1], y[:, t : t + 1], w) for t in range(T)]
    want = {name: torch.stack([g[name] for g in single]).mean(0) for name in w if name != "W_hh"}
    got = compare.is_type(submission.rnn_bptt(x, y, w), dict, **GRADS)
    compare.same({name: got.get(name) for name in want}, want, **GRADS)
    compare.same(got, expected_grads(x, y, w), **GRADS)


@check(
    "bptt.no_autograd",
    hint="By hand means: no graph. The chain rule is yours to write.",
    zh="手写就是不用计算图。链式法则要你自己写。",
    needs=["bptt.example"],
    weight=2.0,
)
def test_it_is_done_by_hand(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, AUTOGRAD, within="rnn_bptt")
    w, x, y = some_weights(draw, 3, 4, 2), draw.randn(2, 5, 3), draw.randn(2, 5, 2)
    got = submission.build("with torch.no_grad():\n    g = student.rnn_bptt(x, y, w)\ng", x=x, y=y, w=w)
    compare.same(got, expected_grads(x, y, w), **GRADS)


# truncated ------------------------------------------------------------------------------------------------------------


def characters(draw: Draw, B: int, T: int, V: int) -> tuple[Tensor, Tensor]:
    return draw.integers(0, V, B, T), draw.integers(0, V, B, T)


@check(
    "truncated.graph_is_cut",
    hint="The state goes on to the next piece as numbers, without the graph that made it; all parts of it. And old"
    " gradients must not join in.",
    zh="状态作为数值传给下一段，不带产生它的计算图；它的每个部分都如此。旧的梯度也不能混进来。",
)
def test_no_gradient_goes_back_into_the_piece_before(submission: Any, draw: Draw) -> None:
    for pair in (False, True):
        V, H, B, k = draw.sizes(4, 2, 6)
        weights, (x, y) = probe_weights(draw, V, H), characters(draw, B, 3 * k, V)
        losses, after = student_truncated(submission, weights, x, y, k, 0.5, pair)
        want, trained = truncated(weights, x, y, k, 0.5, pair)
        same_losses(losses, want)
        compare.same(after, trained, what="the weights after training", zh="训练后的权重")


@check(
    "truncated.state_carried",
    hint="Only the graph is cut: what the model knew at the end of a piece, it knows at the start of the next.",
    zh="剪断的只是计算图：模型在一段结束时知道的事，下一段开始时仍然知道。",
)
def test_pieces_give_the_losses_of_one_long_run(submission: Any, draw: Draw) -> None:
    for pair in (False, True):
        weights, (x, y) = probe_weights(draw, 5, 4), characters(draw, 3, 12, 5)
        losses, _ = student_truncated(submission, weights, x, y, 4, 0.0, pair)
        same_losses(losses, truncated(weights, x, y, 4, 0.0, pair)[0])
        whole = truncated(weights, x, y, 12, 0.0, pair)[0][0]
        compare.number(sum(losses) / 3, whole, 1e-6, what="the mean of the losses", zh="各段损失的平均")


@check(
    "truncated.last_short_chunk",
    hint="What is left over at the end is a piece, too, with a mean over its own length.",
    zh="末尾剩下的也是一段，损失按它自己的长度取平均。",
)
def test_a_short_piece_at_the_end(submission: Any, draw: Draw) -> None:
    for T, k in ((7, 3), (5, 4), (3, 8), (4, 1)):
        weights, (x, y) = probe_weights(draw, 4, 3), characters(draw, 2, T, 4)
        losses, after = student_truncated(submission, weights, x, y, k, 0.3, False)
        want, trained = truncated(weights, x, y, k, 0.3, False)
        same_losses(losses, want)
        compare.same(after, trained, what="the weights after training", zh="训练后的权重")
