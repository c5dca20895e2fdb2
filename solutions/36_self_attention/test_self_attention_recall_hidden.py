"""Hidden checks of self-attention: the small network that looks things up. It is the student's from end to end."""

from __future__ import annotations

from typing import Any

import torch
from self_attention_reference import F32, READY_MADE
from torch import Tensor, nn

from autograder.checks import compare, source_rules, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

KEYS, VALUES, PAIRS, TESTED = 12, 8, 6, 2000
LOGITS = {"what": "the logits", "zh": "logits"}
MADE = "student.train_recall(steps, torch.Generator().manual_seed(seed), use_attention)"
ANSWERS = "model.eval()\nwith torch.no_grad():\n    z = model(keys, values, query)\nz"
PARTS_WORK = ["sdp_attention.value", "sdp_attention.gradcheck", "train_recall.logits"]


def examples(draw: Draw, count: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """keys, values, query and target, as recall_batch makes them."""
    keys = draw.uniform(0, 1, count, KEYS).argsort(1)[:, :PAIRS]
    values, place = draw.integers(0, VALUES, count, PAIRS), draw.integers(0, PAIRS, count, 1)
    return keys, values, keys.gather(1, place)[:, 0], values.gather(1, place)[:, 0]


def trained(submission: Any, steps: int, seed: int, use_attention: bool = True) -> Any:
    model = submission.build(MADE, steps=steps, seed=seed, use_attention=use_attention)
    return compare.is_type(model, nn.Module, "what train_recall returns", "train_recall 的返回值")


def asked(submission: Any, model: Any, seen: tuple[Tensor, ...]) -> Tensor:
    """The model's logits for keys, values and query."""
    keys, values, query = seen
    got = submission.build(ANSWERS, model=model, keys=keys, values=values, query=query)
    return compare.finite(compare.tensor(got, shape=(len(query), VALUES), dtype=F32, **LOGITS), **LOGITS)


def accuracy(submission: Any, draw: Draw, steps: int, seed: int, use_attention: bool = True) -> float:
    *seen, target = examples(draw, TESTED)
    model = trained(submission, steps, seed, use_attention)
    return training.accuracy(asked(submission, model, tuple(seen)), target)


@check(
    "train_recall.logits",
    hint="One score for each of the values, float32, and each example is answered from its own pairs alone.",
    zh="每种物品一个得分，float32；每个样本只根据自己的那几对来回答。",
)
def test_each_example_is_answered_by_itself(submission: Any, draw: Draw) -> None:
    for use_attention in (True, False):
        keys, values, query, _ = examples(draw, 7)
        model = trained(submission, 2, draw.new_seed(), use_attention)
        together = asked(submission, model, (keys, values, query))
        for row in (slice(2, 3), slice(3, 7)):
            alone = asked(submission, model, (keys[row], values[row], query[row]))
            compare.same(alone, together[row].detach(), what="the logits of fewer examples", zh="较少样本的 logits")


@check(
    "train_recall.generator_only",
    hint="All chance comes from the generator, that of the starting weights as well: fill them from it.",
    zh="所有随机性都来自 generator，初始权重也不例外：请用它来填充权重。",
)
def test_the_same_generator_gives_the_same_network(submission: Any, draw: Draw) -> None:
    seen, seed = examples(draw, 5)[:3], draw.new_seed()
    for steps in (0, 3):
        runs = []
        for chosen in (seed, seed, draw.new_seed()):
            submission.build("torch.rand(3), np.random.rand(3).tolist()")
            runs.append(asked(submission, trained(submission, steps, chosen), seen).detach())
        compare.same(runs[1], runs[0], rtol=0, atol=0, what="the logits of a second run", zh="第二次训练的 logits")
        compare.require(
            not torch.equal(runs[2], runs[0]),
            "another generator gives exactly the same network.",
            "换一个 generator 得到了完全相同的网络。",
        )


@check(
    "train_recall.untrained_knows_nothing",
    hint="With 0 steps nothing has been learned yet: no comparing of tags by hand, only random weights.",
    zh="0 步时什么也没学到：不能用手写的比较去找标签，只有随机的权重。",
)
def test_no_steps_no_knowledge(submission: Any, draw: Draw) -> None:
    share = accuracy(submission, draw, 0, draw.new_seed())
    training.at_most(share, 0.5, "the accuracy without any step", "一步未训练时的准确率")


@check(
    "train_recall.no_builtin",
    hint="Your own attention is good enough for this.",
    zh="你自己写的 attention 就够用了。",
    needs=["train_recall.example"],
    weight=0.5,
)
def test_the_network_uses_no_ready_made_attention(submission: Any) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="train_recall")


@check(
    "train_recall.attention_accuracy",
    hint="Does the query meet the keys, and is the value fetched from where they agree? Is every step made, on new"
    " examples?",
    zh="查询与键相遇了吗？值是从二者相符之处取来的吗？每一步都训练了吗，用的是新样本吗？",
    needs=PARTS_WORK,
    weight=2.0,
    cpu_s=12.0,
    wall_s=60.0,
)
def test_the_network_finds_the_value(submission: Any, draw: Draw, record_property: Any) -> None:
    def run(seed: int) -> float:
        share = accuracy(submission, draw.child(str(seed)), 100, seed)
        record_property("accuracy", share)
        return training.at_least(share, 0.97)

    training.two_of_three(run, draw)


@check(
    "train_recall.mean_pool_fails",
    hint="With equal weights the network can only count which value is the most frequent. It should do that, and it can"
    " do no more.",
    zh="权重都相同时，网络只能看出哪种物品最多。它应当做到这一点，也不可能做得更多。",
    needs=[*PARTS_WORK, "train_recall.attention_accuracy"],
    cpu_s=12.0,
    wall_s=60.0,
)
def test_equal_weights_can_not_look_anything_up(submission: Any, draw: Draw, record_property: Any) -> None:
    def run(seed: int) -> float:
        share = accuracy(submission, draw.child(str(seed)), 100, seed, use_attention=False)
        record_property("mean_pool_accuracy", share)
        training.at_most(share, 0.45, "the accuracy with mean pooling", "平均池化的准确率")
        return training.at_least(share, 0.27, "the accuracy with mean pooling", "平均池化的准确率")

    training.two_of_three(run, draw)
