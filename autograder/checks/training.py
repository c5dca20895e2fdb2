"""Was something learned? Figures are computed on the grader's side, from predictions, and recorded as measured."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar

import torch

from autograder.checks.compare import finite, tensor
from autograder.checks.feedback import CheckFailure
from autograder.checks.figures import bound, figure_text
from autograder.checks.plain_values import number
from autograder.checks.repeats import paired_gain, two_of_three
from autograder.model.text import Text

__all__ = ["accuracy", "at_least", "at_most", "by_device", "paired_gain", "tiers", "two_of_three"]

T = TypeVar("T")


def accuracy(predictions: Any, labels: torch.Tensor) -> float:
    """The share of right answers, from logits of shape (N, C) or predicted labels of shape (N,), int64.

    Hidden labels never cross to the student: fetch the predictions, compare them here."""
    count = len(labels)
    given = tensor(predictions, what="the predictions", zh="预测").detach().to(labels.device)
    if given.dim() == 2 and given.is_floating_point():
        given = finite(tensor(given, shape=(count, None), what="the logits", zh="logits"), "the logits", "logits")
        if given.shape[1] == 0:
            raise CheckFailure(Text("the logits have no classes.", "logits 没有任何类别。"), reason="shape")
        given = given.argmax(1)
    given = tensor(given, shape=(count,), dtype=labels.dtype, what="the predicted labels", zh="预测的标签")
    return (given == labels).double().mean().item() if count else math.nan


def by_device(device: str, *, cpu: T, cuda: T) -> T:
    """The figure for the device that is graded on: training on a GPU may be longer and must reach more."""
    return cuda if device.startswith("cuda") else cpu


def at_least(value: Any, threshold: float, what: str = "accuracy", zh: str = "准确率") -> float:
    """`value` as a float, at least `threshold`; nan is never enough."""
    return bound(value, threshold, what, zh, lambda figure: figure >= threshold, Text("at least", "至少"))


def at_most(value: Any, threshold: float, what: str = "loss", zh: str = "损失") -> float:
    """`value` as a float, at most `threshold`; nan is never little enough."""
    return bound(value, threshold, what, zh, lambda figure: figure <= threshold, Text("at most", "至多"))


def tiers(  # a figure, its tiers, two languages
    value: Any,
    levels: Mapping[str, float],
    *,
    weights: Mapping[str, float] | None = None,
    what: str = "accuracy",
    zh: str = "准确率",
    higher: bool = True,
) -> float:
    """`value` as a float if it reaches every level. Otherwise CheckFailure with `.fraction`, the part earned: levels
    reached out of all, or by `weights`. Levels go from the easiest to the hardest; `higher=False` for a loss."""
    figure = number(value, what=what, zh=zh)
    reached = [name for name, level in levels.items() if (figure >= level if higher else figure <= level)]
    if len(reached) == len(levels):
        return figure
    shares = {name: 1.0 for name in levels} if weights is None else dict(weights)
    fraction = sum(shares[name] for name in reached) / sum(shares.values())
    following = next(name for name in levels if name not in reached)
    wanted, shown = figure_text(levels[following]), figure_text(figure)
    so_far = Text(f'level "{reached[-1]}" reached', f"已达到“{_level_zh(reached[-1])}”级") if reached else _NO_LEVEL
    raise CheckFailure(
        Text(
            f'{what} is {shown}: {so_far.en}. The next one, "{following}", needs {wanted}.',
            f"{zh}是 {shown}：{so_far.zh}。下一级“{_level_zh(following)}”需要 {wanted}。",
        ),
        reason="training",
        fraction=fraction,
        measured={what: figure},
    )


_NO_LEVEL = Text("no level reached yet", "还没有达到任何一级")


def _level_zh(name: str) -> str:
    return {"simple": "入门", "medium": "中等", "strong": "优秀"}.get(name, name)
