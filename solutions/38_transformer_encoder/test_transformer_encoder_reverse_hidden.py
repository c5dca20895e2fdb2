"""Hidden checks of transformer-encoder: the network that reads backwards. It is the student's from end to end."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from transformer_encoder_reference import F32, READY_MADE

from autograder.checks import compare, source_rules, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

T, V, STEPS, TESTED = 7, 9, 150, 1000
LOGITS = {"what": "the logits", "zh": "logits"}
MADE = "student.train_reverse(T, V, steps, use_positions, torch.Generator().manual_seed(seed))"
ANSWERS = "model.eval()\nwith torch.no_grad():\n    z = model(ids)\nz"
PARTS_WORK = [
    "ffn.value",
    "ffn.relu_between",
    "encoder_block.post_value",
    "encoder_block.pre_value",
    "encoder_block.gradient",
    "encoder.value",
    "encoder.positions_added",
    "encoder.without_positions",
    "heads.token_value",
    "heads.gradient",
    "train_reverse.logits",
]


def trained(submission: Any, steps: int, seed: int, use_positions: bool = True, T: int = T, V: int = V) -> Any:
    model = submission.build(MADE, T=T, V=V, steps=steps, seed=seed, use_positions=use_positions)
    return compare.is_type(model, nn.Module, "what train_reverse returns", "train_reverse 的返回值")


def asked(submission: Any, model: Any, ids: Tensor, V: int = V) -> Tensor:
    got = submission.build(ANSWERS, model=model, ids=ids)
    return compare.finite(compare.tensor(got, shape=(*ids.shape, V), dtype=F32, **LOGITS), **LOGITS).detach()


def right(submission: Any, draw: Draw, steps: int, seed: int, use_positions: bool = True) -> Tensor:
    """bool (TESTED, T): which tokens of new sequences are right."""
    ids = draw.integers(0, V, TESTED, T)
    return asked(submission, trained(submission, steps, seed, use_positions), ids).argmax(-1) == ids.flip(1)


@check(
    "train_reverse.logits",
    hint="For every place a score for each of the V ids, float32, and each sequence is read by itself.",
    zh="每个位置上 V 种编号各一个得分，float32；每个序列独立处理。",
)
def test_each_sequence_is_read_by_itself(submission: Any, draw: Draw) -> None:
    for use_positions in (True, False):
        length, size = draw.sizes(2, 3, 8)
        model = trained(submission, 2, draw.new_seed(), use_positions, length, size)
        ids = draw.integers(0, size, 5, length)
        together = asked(submission, model, ids, size)
        for rows in (slice(2, 3), slice(1, 5)):
            alone = asked(submission, model, ids[rows], size)
            compare.same(alone, together[rows], what="the logits of fewer sequences", zh="较少序列的 logits")


@check(
    "train_reverse.generator_only",
    hint="All chance comes from the generator, that of the starting weights as well. What seeds the global generator?",
    zh="所有随机性都来自 generator，初始权重也不例外。全局生成器由什么来播种？",
)
def test_the_same_generator_gives_the_same_network(submission: Any, draw: Draw) -> None:
    ids, seed = draw.integers(0, V, 3, T), draw.new_seed()
    for steps in (0, 2):
        runs = []
        for chosen in (seed, seed, draw.new_seed()):
            submission.build("torch.rand(3), np.random.rand(3).tolist()")
            runs.append(asked(submission, trained(submission, steps, chosen), ids))
        compare.same(runs[1], runs[0], rtol=0, atol=0, what="the logits of a second run", zh="第二次训练的 logits")
        compare.require(
            not torch.equal(runs[2], runs[0]),
            "another generator gives exactly the same network.",
            "换一个 generator 得到了完全相同的网络。",
        )


@check(
    "train_reverse.steps",
    hint="With steps = 1 the optimiser makes one step, and one step moves the weights.",
    zh="steps = 1 时优化器走一步，而走一步就会改变权重。",
)
def test_one_step_moves_the_network(submission: Any, draw: Draw) -> None:
    ids, seed = draw.integers(0, V, 3, T), draw.new_seed()
    before, after = (asked(submission, trained(submission, steps, seed), ids) for steps in (0, 1))
    compare.require(
        not torch.equal(before, after),
        "after 1 step the network is exactly what it is after 0.",
        "走 1 步之后，网络与走 0 步时完全相同。",
    )


@check(
    "train_reverse.untrained_knows_nothing",
    hint="With 0 steps nothing has been learned yet: no flip in the network, only random weights.",
    zh="0 步时什么也没学到：网络里不能有现成的翻转，只有随机的权重。",
)
def test_no_steps_no_knowledge(submission: Any, draw: Draw) -> None:
    share = right(submission, draw, 0, draw.new_seed()).double().mean().item()
    training.at_most(share, 0.5, "the token accuracy without any step", "一步未训练时的词元准确率")


@check(
    "train_reverse.no_builtin",
    hint="Your own Encoder is good enough for this.",
    zh="你自己写的 Encoder 就够用了。",
    needs=["train_reverse.example"],
    weight=0.5,
)
def test_the_network_uses_no_ready_made_encoder(submission: Any) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="train_reverse")


@check(
    "train_reverse.seq_accuracy",
    hint="Is every step made, on new sequences, with the loss over all places? Are the embedding and the positions of"
    " similar size at the start?",
    zh="每一步都训练了吗，用的是新序列吗，损失覆盖所有位置吗？开始时嵌入与位置的大小相当吗？",
    needs=PARTS_WORK,
    weight=2.0,
    cpu_s=12.0,
    wall_s=60.0,
)
def test_sequences_are_read_backwards(submission: Any, draw: Draw, record_property: Any) -> None:
    def run(seed: int) -> float:
        share = right(submission, draw.child(str(seed)), STEPS, seed).all(1).double().mean().item()
        record_property("sequence_accuracy", share)
        levels = {"simple": 0.5, "medium": 0.8, "strong": 0.94}
        return training.tiers(share, levels, what="sequence accuracy", zh="序列准确率")

    training.two_of_three(run, draw)


@check(
    "train_reverse.needs_positions",
    hint="Without positions a network knows which tokens there are, but not where. It should learn that much, and"
    " it can learn no more.",
    zh="没有位置，网络知道有哪些词元，却不知道它们在哪里。它应当学到这一步，也不可能学得更多。",
    needs=[*PARTS_WORK, "train_reverse.seq_accuracy"],
    cpu_s=12.0,
    wall_s=60.0,
)
def test_without_positions_it_can_not_be_done(submission: Any, draw: Draw, record_property: Any) -> None:
    share = right(submission, draw, STEPS, draw.new_seed(), use_positions=False).double().mean().item()
    record_property("token_accuracy_without_positions", share)
    what = ("the token accuracy without positions", "没有位置时的词元准确率")
    training.at_most(share, 0.4, *what)
    training.at_least(share, 0.2, *what)
