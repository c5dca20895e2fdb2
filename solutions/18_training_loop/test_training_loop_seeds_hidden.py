"""Hidden checks of training-loop: the same seed gives the same run."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor
from training_loop_reference import F32, alike

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

DRAWS = {
    "random": "import random\nstudent.seed_everything(seed)\n[random.random() for _ in range(3)]",
    "NumPy": "student.seed_everything(seed)\nnp.random.rand(3).tolist()",
    "torch": "student.seed_everything(seed)\ntorch.randn(3).tolist()",
}
ORDER = """
student.seed_everything(seed)
[number for batch in torch.utils.data.DataLoader(range(50), batch_size=7, shuffle=True) for number in batch.tolist()]
"""
DISTURB = "import random\nrandom.random(), np.random.rand(), torch.rand(5).sum().item()"


def repeats(submission: Any, source: str, seed: int, what: str) -> None:
    """The same after the same seed, even if something was drawn in between; something else after another seed."""
    first = submission.build(source, seed=seed)
    submission.build(DISTURB)
    same = alike(submission.build(source, seed=seed), first)
    compare.require(same, f"{what}: the same seed gave something else.", f"{what}：同一个种子给出了不同的结果。")
    differ = not alike(submission.build(source, seed=seed + 1), first)
    compare.require(differ, f"{what}: another seed changed nothing.", f"{what}：换了种子却没有变化。")


@check(
    "seed_everything.three_generators",
    hint="Python, NumPy and torch: each has a generator of its own, and each wants its seed.",
    zh="Python、NumPy 和 torch 各有自己的随机数发生器，都需要播种。",
)
@pytest.mark.parametrize("library", DRAWS)
def test_each_generator_is_seeded(submission: Any, draw: Draw, library: str) -> None:
    compare.equal(submission.seed_everything(3), None, what="what it returns", zh="返回值")
    repeats(submission, DRAWS[library], draw.size(0, 10**9), library)


@check(
    "seed_everything.loader_order_seeded",
    hint="A shuffling DataLoader draws its order from torch's generator each time it is looped over.",
    zh="会打乱次序的 DataLoader 每次循环都从 torch 的发生器抽取次序。",
)
def test_the_order_of_a_shuffling_loader_is_seeded(submission: Any, draw: Draw) -> None:
    repeats(submission, ORDER, draw.size(0, 10**9), "DataLoader")


def fifteen(got: Any) -> Tensor:
    weights = compare.tensor(got, shape=(15,), dtype=F32, what="the weights", zh="权重")
    return compare.finite(weights, "the weights", "权重").detach()


@check(
    "seed_everything.same_seed_same_weights",
    hint="Seed first, then draw: the data, the start of the weights and the order of the batches all count.",
    zh="先播种，再抽取：数据、权重初值和批次次序都算在内。",
)
def test_the_same_seed_gives_the_same_bits(submission: Any, fresh_submission: Any, draw: Draw) -> None:
    seed = draw.size(0, 10**9)
    first = fifteen(submission.run(seed))
    submission.build(DISTURB)
    again, elsewhere = fifteen(submission.run(seed)), fifteen(fresh_submission().run(seed))
    for other, where, zh in ((again, "in the same process", "同一进程中"), (elsewhere, "in a new process", "新进程中")):
        same = torch.equal(first, other)
        compare.require(same, f"a second run {where} gave other weights.", f"在{zh}再跑一次，得到了不同的权重。")


@check(
    "seed_everything.different_seed_differs",
    hint="The seed that run is given decides about all of it: no fixed seed, no fixed weights.",
    zh="一切都由传给 run 的种子决定：不要固定的种子，也不要固定的权重。",
)
def test_another_seed_gives_other_weights(submission: Any, draw: Draw) -> None:
    found = [fifteen(submission.run(seed)) for seed in draw.sizes(3, 0, 10**6)]
    differ = all(not torch.equal(one, other) for one, other in ((found[0], found[1]), (found[1], found[2])))
    compare.require(differ, "two different seeds gave the same weights.", "两个不同的种子给出了相同的权重。")


@check(
    "seed_everything.run_trains",
    hint="Weights that come straight from the generator are a start, not the end of a training.",
    zh="直接由随机数发生器给出的权重只是起点，不是训练的结果。",
    weight=0.5,
)
def test_run_really_trains(submission: Any, draw: Draw) -> None:
    seen = submission.observe("run", draw.size(0, 10**6))
    fifteen(seen.result)
    compare.require(seen.saved > 0, "nothing was kept for a backward pass.", "没有为反向传播留存任何数。")
    compare.equal(seen.grad_graph, False, what="whether the weights require a gradient", zh="权重是否要求梯度")


STEPS = """
steps = []

def note(opt, args, kwargs):
    groups = opt.param_groups
    numbers = [number for group in groups for p in group["params"] for number in p.detach().flatten().tolist()]
    steps.append((type(opt).__name__, [float(group["lr"]) for group in groups], numbers))

from torch.optim.optimizer import register_optimizer_step_post_hook
hook = register_optimizer_step_post_hook(note)
try:
    result = student.run(seed)
finally:
    hook.remove()
(result, steps)
"""


@check(
    "seed_everything.eight_steps",
    hint="32 samples in batches of 8, twice: how many steps is that? And each goes a tenth of the gradient.",
    zh="32 个样本、每批 8 个、两轮：一共多少步？每一步走梯度的十分之一。",
    needs=["seed_everything.run_trains", "train_epoch.zero_grad", "train_epoch.sample_weighted_loss"],
    weight=0.5,
)
def test_run_takes_eight_steps_of_sgd(submission: Any, draw: Draw) -> None:
    result, steps = compare.items(submission.build(STEPS, seed=draw.size(0, 10**6)), 2, tuple)
    compare.equal(len(compare.items(steps, None, list)), 8, what="the number of steps", zh="步数")
    for step in steps:
        name, rates, numbers = compare.items(step, 3, tuple)
        compare.equal((name, rates), ("SGD", [0.1]), what="the optimiser and its rates", zh="优化器及其学习率")
    last = [compare.is_type(number, float) for number in compare.items(numbers, 15, list)]
    got, want = fifteen(result).sort().values, torch.tensor(last, dtype=F32).sort().values
    compare.same(got, want, what="the weights after the last step", zh="最后一步之后的权重")
