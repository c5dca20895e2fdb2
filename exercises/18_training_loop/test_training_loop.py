"""The checks you can see: the worked examples of the README. Hidden ones look at other models, other data and the odd
cases that the docstrings decide.

submission.build(...) makes models and optimisers beside your code; your functions get the real objects.
"""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check

ONE_WEIGHT = """
model = nn.Linear(1, 1, bias=False)
model.load_state_dict({"weight": torch.zeros(1, 1)})
model, torch.optim.SGD(model.parameters(), lr=0.1), F.mse_loss
"""


def two_batches() -> list[tuple[torch.Tensor, torch.Tensor]]:
    x, y = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([[2.0], [4.0], [6.0]])
    return [(x[:2], y[:2]), (x[2:], y[2:])]


@check(
    "train_epoch.example",
    hint="Go through the five lines of the README's recipe with pencil and paper, for both batches of the example.",
    zh="拿纸笔，按 README 中的五步配方把例题的两个小批量各走一遍。",
    weight=0.5,
)
def test_two_batches_of_two_and_one_sample(submission: Any) -> None:
    model, opt, loss_fn = submission.build(ONE_WEIGHT)
    mean_loss = submission.train_epoch(model, two_batches(), loss_fn, opt)
    compare.same(model.params()["weight"], torch.tensor([[2.8]]), what="the weight after the epoch", zh="训练后的权重")
    compare.number(mean_loss, 29 / 3, 1e-5, what="the mean loss", zh="平均损失")


@check(
    "train_epoch.example_clip",
    hint="Between backward and step the gradient may be made shorter. Only its length changes, not its direction.",
    zh="在 backward 与 step 之间可以把梯度缩短：只改变长度，不改变方向。",
    weight=0.5,
)
def test_the_same_epoch_with_gradients_cut_at_five(submission: Any) -> None:
    model, opt, loss_fn = submission.build(ONE_WEIGHT)
    mean_loss = submission.train_epoch(model, two_batches(), loss_fn, opt, clip=5.0)
    compare.same(model.params()["weight"], torch.tensor([[1.0]]), what="the weight after the epoch", zh="训练后的权重")
    compare.number(mean_loss, 40.25 / 3, 1e-5, what="the mean loss", zh="平均损失")


@check(
    "evaluate.example",
    hint="Three samples in two batches: the lone sample of the second batch must not count for two.",
    zh="三个样本分在两个小批量里：第二批中那一个样本不能当两个算。",
    weight=0.5,
)
def test_three_samples_in_two_batches(submission: Any) -> None:
    model = submission.build("m = nn.Linear(2, 2, bias=False)\nnn.init.eye_(m.weight)\nm")
    x, y = torch.tensor([[3.0, 1.0], [3.0, 1.0], [1.0, 3.0]]).log(), torch.tensor([1, 0, 1])
    got = compare.items(submission.evaluate(model, [(x[:2], y[:2]), (x[2:], y[2:])]), 2)
    compare.number(got[0], 0.653886, 1e-5, what="the loss", zh="损失")
    compare.number(got[1], 2 / 3, 1e-7, what="the accuracy", zh="准确率")


@check(
    "EarlyStopping.example",
    hint="Count the epochs in a row without an improvement. An equal metric is not an improvement.",
    zh="数一数连续有几轮没有改善。与最好成绩相等不算改善。",
    weight=0.5,
)
def test_stops_at_the_second_bad_epoch(submission: Any) -> None:
    stopper = submission.EarlyStopping(patience=2)
    answers = [stopper.step(loss) for loss in (0.9, 0.7, 0.8, 0.7, 0.6)]
    compare.equal(answers, [False, False, False, True, False], what="the five answers", zh="五次回答")


@check(
    "diagnose.example",
    hint="Take the median of the last three entries of each curve and go down the rules until one fits.",
    zh="取每条曲线最后三项的中位数，然后从上到下逐条对照规则，直到有一条符合。",
    weight=0.5,
)
def test_the_evening_lesson_of_the_readme(submission: Any) -> None:
    train = [0.60, 0.30, 0.12, 0.05, 0.02, 0.01, 0.01]
    val = [0.62, 0.35, 0.20, 0.16, 0.18, 0.24, 0.25]
    compare.equal(submission.diagnose(train, val), "overfitting", what="the diagnosis", zh="诊断")


@check(
    "seed_everything.example",
    hint="Three libraries draw random numbers here, and each has a generator of its own.",
    zh="这里有三个库会产生随机数，它们各有各的随机数发生器。",
    weight=0.5,
)
def test_the_same_seed_gives_the_same_three_numbers(submission: Any) -> None:
    draw_three = """
import random
student.seed_everything(7)
[random.random(), float(np.random.rand()), torch.rand(1).item()]
"""
    compare.equal(submission.build(draw_three), submission.build(draw_three), what="the second draw", zh="第二次抽取")


@check(
    "fit.example",
    hint="One entry per epoch in each of the three lists, as Python floats.",
    zh="三个列表中每轮各有一项，类型是 Python float。",
    needs=["train_epoch.example", "evaluate.example"],
    weight=0.5,
)
def test_three_epochs_leave_three_entries_each(submission: Any, picture: Any) -> None:
    model = submission.build("nn.Linear(2, 3)")
    opt, loss_fn = submission.build("torch.optim.SGD(model.parameters(), lr=0.5), F.cross_entropy", model=model)
    data = [(torch.eye(2), torch.tensor([0, 2]))]
    history = compare.is_type(submission.fit(model, data, data, loss_fn, opt, 3), dict, "the history", "历史记录")
    curves = {"training": history.get("train_loss"), "validation": history.get("val_loss")}
    picture.lines(
        "learning-curve", curves, x="epoch", y="loss",
        en="Your loss over three epochs on two points: training and validation use the same data, so once an epoch"
        " is over, validation is one step ahead.",
        zh="在两个点上训练三轮的损失：训练与验证用同样的数据，所以每轮结束时验证损失领先一步。",
    )  # fmt: skip
    compare.equal(sorted(map(str, history)), ["train_loss", "val_acc", "val_loss"], what="its keys", zh="它的键")
    for name in ("train_loss", "val_loss", "val_acc"):
        for value in compare.items(history[name], 3, list, name, name):
            compare.is_type(value, float, f"an entry of {name}", f"{name} 中的一项")
