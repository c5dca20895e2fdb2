"""Hidden checks of training-loop: evaluate computes in evaluation mode, and leaves everything as it was."""

from __future__ import annotations

from typing import Any

from training_loop_reference import (
    Batches,
    ByHand,
    alike,
    loss_and_accuracy,
    same_report,
    some_batches,
    some_weights,
    two_layers,
)

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "evaluate.mode_eval",
    hint="A concert is no rehearsal: nobody is dropped, and batch norm uses what it has stored.",
    zh="音乐会不是排练：没有人缺席，批量归一化使用存好的统计量。",
)
def test_the_model_computes_in_evaluation_mode(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    h = len(weights["0.bias"])
    mean, var = draw.randn(h), draw.uniform(0.5, 2.0, h)
    batches = some_batches(draw, weights)
    stored = {**weights, "1.0.running_mean": mean, "1.0.running_var": var}
    model, _ = two_layers(submission, stored, "nn.Sequential(nn.BatchNorm1d(h, affine=False), nn.Dropout(0.7))")
    by_hand = ByHand(weights, 0.0)
    by_hand.middle = lambda a: (a - mean) / (var + 1e-5).sqrt()
    for mode in (True, False):
        model.train(mode)
        same_report(submission.evaluate(model, batches), by_hand.look(batches))


FLAGS = "[part.training for part in model.modules()]"


def same_flags(submission: Any, model: Any, batches: Batches, en: str, zh: str) -> None:
    before = submission.build(FLAGS, model=model)
    loss_and_accuracy(submission.evaluate(model, batches))
    compare.require(alike(submission.build(FLAGS, model=model), before), en, zh, reason="mode")


@check(
    "evaluate.restores_mode",
    hint="Look in which mode the model is before you change it. That is the one to go back to, not a fixed one.",
    zh="改变模式之前先看看模型原来处于哪种模式。结束后应回到原来的模式，而不是某个固定的模式。",
)
def test_the_mode_is_the_one_from_before(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    model, _ = two_layers(submission, weights, "nn.Sequential(nn.Tanh(), nn.Dropout(0.5))")
    for mode in (True, False, True):
        model.train(mode)
        name, zh = ("training", "训练") if mode else ("evaluation", "评估")
        same_flags(
            submission,
            model,
            some_batches(draw, weights),
            f"a model that was in {name} mode is no longer in it after evaluate.",
            f"模型原来处于{zh}模式，evaluate 之后却不是了。",
        )


@check(
    "evaluate.restores_parts",
    hint="model.train() switches all parts. One of them may have been in evaluation mode while the rest was training.",
    zh="model.train() 会切换所有部件；而其中某个部件可能本来就处于评估模式，其余的在训练。",
    needs=["evaluate.restores_mode"],
    weight=0.5,
)
def test_every_part_gets_its_own_mode_back(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    for source in ("model[1].eval()", "model[1][1].eval()", "model.eval()\nmodel[2].train()"):
        model, _ = two_layers(submission, weights, "nn.Sequential(nn.Tanh(), nn.BatchNorm1d(h))")
        submission.build(source + "\nNone", model=model)
        same_flags(
            submission,
            model,
            some_batches(draw, weights),
            "one part of the model was in another mode than the rest, and has lost it.",
            "模型的某个部件原来与其余部件模式不同，evaluate 之后它的模式丢了。",
        )


SNAPSHOT = """
state = {name: value.clone() for name, value in model.state_dict().items()}
grads = [None if p.grad is None else p.grad.clone() for p in model.parameters()]
state, grads
"""
SWITCH = "student.evaluate(model, batches)\ntorch.is_grad_enabled()"


@check(
    "evaluate.no_state_change",
    hint="Compare the state_dict, the gradients and torch.is_grad_enabled() before and after the call.",
    zh="比较调用前后的 state_dict、梯度以及 torch.is_grad_enabled()。",
)
def test_evaluating_changes_nothing(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    model, _ = two_layers(submission, weights, "nn.BatchNorm1d(h)")
    submission.build("for p in list(model.parameters())[1:]:\n    p.grad = torch.ones_like(p)", model=model)
    for mode in (True, False):
        model.train(mode)
        before = compare.items(submission.build(SNAPSHOT, model=model), 2)
        loss_and_accuracy(submission.evaluate(model, some_batches(draw, weights)))
        after = compare.items(submission.build(SNAPSHOT, model=model), 2)
        compare.same(after[0], before[0], rtol=0, atol=0, what="the model's state afterwards", zh="之后模型的状态")
        compare.same(after[1], before[1], rtol=0, atol=0, what="the gradients afterwards", zh="之后的梯度")
    switch = submission.build(SWITCH, model=model, batches=some_batches(draw, weights))
    compare.equal(switch, True, what="whether gradients are switched on afterwards", zh="之后求导是否开启")


@check(
    "evaluate.no_grad_graph",
    hint="Nobody will call backward here: tell torch before the model computes, not after.",
    zh="这里没有人会调用 backward：要在模型计算之前告诉 torch，而不是之后。",
)
def test_no_graph_is_built(submission: Any, draw: Draw) -> None:
    weights = some_weights(draw)
    batches = some_batches(draw, weights)
    model, _ = two_layers(submission, weights)
    seen = submission.observe("evaluate", model, batches)
    same_report(seen.result, ByHand(weights, 0.0).look(batches))
    compare.require(
        seen.saved == 0,
        f"{seen.saved} numbers were kept for a backward pass.",
        f"有 {seen.saved} 个数被留存下来，准备用于反向传播。",
        reason="memory",
    )
