"""Hidden checks of training-loop: when EarlyStopping stops, and what it keeps."""

from __future__ import annotations

import math
from typing import Any

from training_loop_reference import answers, improvements, some_weights, two_layers

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def curve(draw: Draw, length: int = 16) -> list[float]:
    """A jumpy, falling curve with ties, in eighths, so that no rounding decides."""
    return [draw.size(0, 6) / 8 + max(0, 6 - step) / 4 for step in range(length)]


def stops_right(
    submission: Any, metrics: list[float], patience: int, min_delta: float = 0.0, mode: str = "min"
) -> None:
    stopper = submission.EarlyStopping(patience, min_delta=min_delta, mode=mode)
    got = [stopper.step(metric) for metric in metrics]
    want = answers(improvements(metrics, min_delta, -1 if mode == "min" else 1), patience)
    for number, (one, other) in enumerate(zip(got, want, strict=True), 1):
        compare.equal(one, other, what=f"the answer in epoch {number}", zh=f"第 {number} 轮的回答")


@check(
    "EarlyStopping.stops_after_patience",
    hint="Count bad epochs in a row: an improvement starts the count again, an equal metric does not.",
    zh="数的是连续的坏轮数：一有改善就从头数起；持平不算改善。",
)
def test_stops_in_exactly_the_right_epoch(submission: Any, draw: Draw) -> None:
    for patience in (1, 2, 3, 4, 5):
        stops_right(submission, curve(draw), patience)


@check(
    "EarlyStopping.min_delta",
    hint="Compare with the metric of the last improvement, not with yesterday's. Exactly min_delta is not enough.",
    zh="要与上一次改善时的成绩比较，而不是与上一轮比较。恰好等于 min_delta 还不够。",
)
def test_small_gains_do_not_count(submission: Any, draw: Draw) -> None:
    creeping = [3.0 - step / 8 for step in range(9)]  # each step too small, together enough
    for min_delta, metrics in ((0.25, creeping), (0.125, creeping), (0.25, curve(draw)), (0.5, curve(draw))):
        stops_right(submission, metrics, draw.size(2, 3), min_delta)


@check(
    "EarlyStopping.mode_max",
    hint="For an accuracy, more is better: the comparison and the sign of min_delta both turn round.",
    zh="准确率越高越好：比较的方向和 min_delta 的符号都要反过来。",
)
def test_an_accuracy_should_rise(submission: Any, draw: Draw) -> None:
    for patience, min_delta in ((1, 0.0), (2, 0.0), (3, 0.25), (2, 0.125)):
        metrics = [2.0 - metric for metric in curve(draw)]
        stops_right(submission, metrics, patience, min_delta, "max")


def new_model(submission: Any, draw: Draw) -> Any:
    """A small model with parameters and buffers."""
    model, _ = two_layers(submission, some_weights(draw), "nn.BatchNorm1d(h)")
    return model


CHANGE = """
with torch.no_grad():
    for value in model.state_dict().values():
        value += 1
"""
COPY = "{name: value.clone() for name, value in model.state_dict().items()}"


def state_after(stopper: Any) -> Any:
    return compare.is_type(stopper.best_state, dict, "best_state", "best_state")


@check(
    "EarlyStopping.nan_is_not_improvement",
    hint="Every comparison with nan is false. Let false mean: not better. In the very first epoch, too.",
    zh="与 nan 的任何比较都是假。要让“假”意味着“没有变好”，第一轮也不例外。",
)
def test_nan_is_a_bad_epoch(submission: Any, draw: Draw) -> None:
    nan = math.nan
    for mode in ("min", "max"):
        for metrics in ([1.0, nan, nan, 0.5, 1.5], [nan, nan, 1.0, 2.0, 0.5, nan, nan], [nan, nan, nan, nan]):
            stops_right(submission, metrics, 2, mode=mode)
        stopper, models = submission.EarlyStopping(3, mode=mode), [new_model(submission, draw) for _ in range(3)]
        stopper.step(nan, models[0])
        compare.equal(stopper.best_state, None, what="best_state after nothing but nan", zh="只有 nan 时的 best_state")
        stopper.step(1.0, models[1])
        want = submission.build(COPY, model=models[1])
        stopper.step(nan, models[2])
        compare.same(state_after(stopper), want, what="best_state after a nan", zh="出现 nan 之后的 best_state")


@check(
    "EarlyStopping.restores_best",
    hint="The tensors in state_dict() are the model's own, and training goes on changing them.",
    zh="state_dict() 里的张量就是模型自己的张量，训练会继续改动它们。",
)
def test_best_state_is_a_copy_of_the_best_epoch(submission: Any, draw: Draw) -> None:
    for source in ("stopper.step(metric, model)", "stopper.step(metric, model.state_dict())"):
        model, stopper, want = new_model(submission, draw), submission.EarlyStopping(9), None
        compare.equal(stopper.best_state, None, what="best_state before the first epoch", zh="第一轮之前的 best_state")
        metrics = [1.0, *(step / 8 for step in draw.permutation(7).tolist())]
        for metric, better in zip(metrics, improvements(metrics), strict=True):
            submission.build(source, stopper=stopper, metric=metric, model=model)
            want = submission.build(COPY, model=model) if better else want
            submission.build(CHANGE, model=model)
            compare.same(state_after(stopper), want, rtol=0, atol=0, what="best_state", zh="best_state")


@check(
    "EarlyStopping.loads_back",
    hint="best_state is data, not history: names and tensors that load_state_dict takes as they are.",
    zh="best_state 是数据，不是计算历史：名字与张量，load_state_dict 可以直接使用。",
    needs=["EarlyStopping.restores_best"],
    weight=0.5,
)
def test_best_state_can_be_loaded(submission: Any, draw: Draw) -> None:
    model, stopper = new_model(submission, draw), submission.EarlyStopping(2)
    want = submission.build(COPY, model=model)
    stopper.step(0.5, model)
    submission.build(CHANGE, model=model)
    source = "model.load_state_dict(stopper.best_state)\nany(v.requires_grad for v in stopper.best_state.values())"
    needs_gradient = submission.build(source, model=model, stopper=stopper)
    compare.same(submission.build(COPY, model=model), want, what="the model after loading", zh="载入之后的模型")
    compare.equal(needs_gradient, False, what="whether best_state requires a gradient", zh="best_state 是否要求梯度")


@check(
    "EarlyStopping.bad_arguments",
    hint="A patience below 1 and a mode nobody knows are refused when the object is made.",
    zh="patience 小于 1，或者 mode 不认识，都应在创建对象时拒绝。",
    weight=0.5,
)
def test_impossible_settings_are_refused(submission: Any) -> None:
    for patience, mode in ((0, "min"), (-2, "max"), (3, "best"), (1, "MIN")):
        compare.raises(ValueError, submission.EarlyStopping, patience, mode=mode)
