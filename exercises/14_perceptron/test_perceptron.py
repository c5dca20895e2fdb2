"""The checks you can see: the worked examples of the README. Hidden ones use other numbers, other sizes and the odd
cases that the docstrings decide. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check

F64 = torch.float64


def numbers(*rows: Any) -> torch.Tensor:
    return torch.tensor(rows, dtype=F64)


def jars() -> tuple[torch.Tensor, torch.Tensor]:
    """The three jars of the examples."""
    return numbers([2, 0], [1, 2], [1, 1]), torch.tensor([1, -1, 1])


@check(
    "perceptron_train.example",
    hint="Follow the table of the README row by row: which line is the first that comes out differently?",
    zh="对照 README 中的表格一行一行地走：从哪一行开始不同？",
    weight=0.5,
)
def test_three_jars_and_five_mistakes(submission: Any, picture: Any) -> None:
    X, y = jars()
    w, b, updates = compare.items(submission.perceptron_train(X, y), 3)
    w = compare.tensor(w, shape=(2,), dtype=F64, what="w", zh="w")
    b = compare.tensor(b, shape=(), dtype=F64, what="b", zh="b")
    axis = torch.linspace(-0.5, 3, 70, dtype=F64)
    region = (torch.cartesian_prod(axis, axis).flip(1) @ w + b > 0).long().reshape(70, 70)
    said = {"en": "The jars and your line", "zh": "三罐蜂蜜与你的直线"}
    picture.points("jars", X, (y > 0).long(), region=region, extent=(-0.5, 3.0, -0.5, 3.0), **said)
    compare.same((w, b, updates), (numbers(2, -2), numbers(1)[0], 5), what="(w, b, updates)", zh="(w, b, updates)")


@check(
    "perceptron_loss.example",
    hint="The scores are 5, 1 and 2. Only the second has the wrong sign.",
    zh="得分是 5、1、2，只有第二个符号不对。",
    weight=0.5,
)
def test_one_jar_on_the_wrong_side(submission: Any) -> None:
    compare.same(submission.perceptron_loss(*jars(), numbers(2, -1), numbers(1)[0]), numbers(1)[0])


@check(
    "xor_two_layer.example",
    hint="Two mixed corners give 1, the other two give 0.",
    zh="两个混合角输出 1，另外两个输出 0。",
    weight=0.5,
)
def test_two_corners_with_and_without(submission: Any) -> None:
    compare.same(submission.xor_by_hand(numbers([1, 0], [1, 1], [0, 0], [0, 1])), numbers(1, 0, 0, 1))


@check(
    "margin.example",
    hint="The scores are 5, -1 and 1, the length of w is the root of 8.",
    zh="得分是 5、-1、1，w 的长度是根号 8。",
    weight=0.5,
)
def test_the_margin_of_the_line_that_was_learned(submission: Any) -> None:
    got = submission.geometric_margin(*jars(), numbers(2, -2), numbers(1)[0])
    compare.same(got, numbers(8)[0] ** -0.5, what="the margin", zh="间隔")


@check(
    "sign_predict.example",
    hint="The scores are 3, 0 and -3, and 0 is not above 0.",
    zh="得分是 3、0、-3，而 0 并不大于 0。",
    weight=0.5,
)
def test_left_of_the_line_right_of_it_and_on_it(submission: Any) -> None:
    got = submission.predict(numbers([1, 0], [0, 0.5], [0, 2]), numbers(2, -2), numbers(1)[0])
    compare.same(got, torch.tensor([1, -1, -1]), what="the predictions", zh="预测")
