"""Visible checks of topic 22: small examples, with every number shown. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "dropout.example",
    hint="Each entry is either 0 or 5/4 of what it was, and with 400 entries both happen.",
    zh="每个元素要么是 0，要么是原来的 5/4；400 个元素中两种情况都会出现。",
    weight=0.5,
)
def test_one_in_five_is_silent(submission: Any) -> None:
    x = torch.tensor([4.0, 8.0, -12.0, 16.0]).repeat(100, 1)
    y = compare.tensor(submission.dropout(x, 0.2, True, torch.Generator().manual_seed(0)), shape=(100, 4))
    kept = y.detach() != 0
    compare.same(y, torch.where(kept, torch.tensor([5.0, 10.0, -15.0, 20.0]), torch.tensor(0.0)))
    compare.require(
        0.6 < kept.double().mean().item() < 0.95,
        "of 400 entries about 80 should be 0.",
        "400 个元素中应当有大约 80 个是 0。",
    )


@check(
    "dropout.example_eval",
    hint="Outside of training nothing is drawn and nothing is scaled.",
    zh="不在训练时，既不抽签，也不缩放。",
    weight=0.5,
)
def test_nothing_happens_in_evaluation(submission: Any) -> None:
    x = torch.tensor([[4.0, 8.0], [-12.0, 16.0]])
    compare.same(submission.dropout(x, 0.2, False), x)


@check(
    "DropoutMLP.example",
    hint="With rate 1 the last layer sees zeros while training, and everything else in evaluation mode.",
    zh="比率为 1 时，训练中最后一层看到的全是零；评估模式下则一切照旧。",
    needs=["dropout.example_eval"],
    weight=0.5,
)
def test_a_rate_of_one_leaves_the_last_bias(submission: Any) -> None:
    model = compare.is_type(
        submission.DropoutMLP([4, 6, 3], [1.0]), torch.nn.Module, "DropoutMLP(...)", "DropoutMLP(...)"
    )
    x = torch.tensor([[1.0, 0.0, 2.0, -1.0], [0.0, 3.0, -1.0, 1.0], [2.0, 2.0, 0.0, 0.0]])
    model.train()
    rows = compare.tensor(model(x), shape=(3, 3), what="the logits while training", zh="训练时的 logits").detach()
    compare.same(rows, rows[:1].expand(3, 3), what="the logits while training", zh="训练时的 logits")
    model.eval()
    rows = compare.tensor(
        model(x), shape=(3, 3), what="the logits in evaluation mode", zh="评估模式下的 logits"
    ).detach()
    compare.same(model(x), rows, what="the same logits once more", zh="再算一次的 logits")
    compare.require(
        not torch.equal(rows, rows[:1].expand(3, 3)),
        "in evaluation mode different inputs should have different logits.",
        "评估模式下，不同的输入应当有不同的 logits。",
    )


@check(
    "mc_moments.example",
    hint="The factor p / (1 - p) is 1/4 here; the squares of the products are 9 + 4 and 0 + 64.",
    zh="这里 p / (1 - p) 等于 1/4；各乘积的平方之和是 9 + 4 和 0 + 64。",
    weight=0.5,
)
def test_moments_by_hand(submission: Any) -> None:
    x, W = torch.tensor([1.0, 2.0]), torch.tensor([[3.0, 0.0], [1.0, 4.0]])
    mean, variance = compare.items(submission.dropout_moments(x, W, 0.2), 2)
    compare.same(mean, torch.tensor([5.0, 8.0]), what="the mean", zh="均值")
    compare.same(variance, torch.tensor([3.25, 16.0]), what="the variance", zh="方差")


@check(
    "noise_tikhonov.example",
    hint="Each of the 3 rows adds its own noise: what is the mean of (N w)^2 for one row?",
    zh="3 行各有自己的噪声：单独一行的 (N w)^2 的期望是多少？",
    weight=0.5,
)
def test_noise_on_three_rows(submission: Any) -> None:
    X, y = torch.tensor([[1.0, 0.0], [2.0, 1.0], [0.0, 1.0]]), torch.tensor([1.0, 2.0, 3.0])
    compare.number(submission.noisy_ridge_equiv(X, y, 2.0), 12.0, what="lam", zh="lam")


@check(
    "train_gain.example",
    hint="Return the model itself, switched to evaluation mode: equal rows, equal logits, of 10 classes each.",
    zh="返回模型本身，并切换到评估模式：同样的行给出同样的 logits，每行 10 个类别。",
    needs=["dropout.example", "DropoutMLP.example"],
    weight=0.5,
)
def test_a_trained_model_is_ready_to_predict(submission: Any) -> None:
    X, y = torch.linspace(0, 1, 12 * 64).reshape(12, 64), torch.arange(12) % 10
    model = submission.train_dropout(X, y, 0.5, 2, torch.Generator().manual_seed(0))
    compare.is_type(model, torch.nn.Module, "the trained model", "训练好的模型")
    logits = compare.tensor(model(X), shape=(12, 10), dtype=torch.float32, what="the logits", zh="logits").detach()
    compare.same(model(X), logits, what="the same logits once more", zh="再算一次的 logits")
