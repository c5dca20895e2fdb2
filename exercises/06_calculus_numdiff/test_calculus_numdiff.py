"""Visible checks of topic 6: one small example per task, with every number shown. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


def numbers(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


@check(
    "numerical_gradient.example",
    hint="A step in the first entry changes 3 * 3 * 2, a step in the second changes it by 9 times the step.",
    zh="移动第一个分量，看 3 * 3 * 2 怎样变化；移动第二个分量，变化是步长的 9 倍。",
    weight=0.5,
)
def test_the_slopes_of_x_squared_times_y(submission: Any) -> None:
    f = submission.build("lambda p: p[0] ** 2 * p[1]")
    compare.same(submission.numerical_gradient(f, numbers(3, 2)), numbers(12, 9))


@check(
    "numerical_gradient.example_one_number",
    hint="f(1.5) = 0.75 and f(0.5) = -1.25. They lie 1 apart.",
    zh="f(1.5) = 0.75，f(0.5) = -1.25。两点相距 1。",
    weight=0.5,
)
def test_a_single_number_and_a_step_of_a_half(submission: Any) -> None:
    f = submission.build("lambda x: 3 * x ** 2 - 4 * x")
    compare.same(submission.numerical_gradient(f, numbers(1)[0], h=0.5), numbers(2)[0])


@check(
    "numerical_jacobian.example",
    hint="Row 0 belongs to x y: its slopes are y and x. Row 1 belongs to x + 3 y.",
    zh="第 0 行属于 x y：两个偏导是 y 与 x。第 1 行属于 x + 3 y。",
    weight=0.5,
)
def test_two_functions_of_three_numbers(submission: Any) -> None:
    f = submission.build("lambda p: torch.stack([p[0] * p[1], p[0] + 3 * p[1]])")
    compare.same(submission.numerical_jacobian(f, numbers(2, 5)), torch.stack([numbers(5, 2), numbers(1, 3)]))


@check(
    "elementary_derivative.example",
    hint="3 x^2, 1 / x, and the two sides of the kink.",
    zh="3 x^2、1 / x，以及尖点的两侧。",
    weight=0.5,
)
def test_four_lines_of_the_table(submission: Any) -> None:
    cases = {
        "pow": (numbers(1, 2, -3), numbers(3, 12, 27)),
        "ln": (numbers(0.5, 4), numbers(2, 0.25)),
        "abs": (numbers(-2, 5), numbers(-1, 1)),
        "relu": (numbers(-2, 5), numbers(0, 1)),
    }
    for name, (x, want) in cases.items():
        compare.same(submission.derivative(name, x, 3), want, what=name, zh=name)


@check(
    "error_curve.example",
    hint="The slope of 3 x^2 - 4 x at 1 is 2. Forward with h = 0.5: (0.75 + 1) / 0.5 = 3.5.",
    zh="3 x^2 - 4 x 在 1 处的斜率是 2。h = 0.5 的前向差分：(0.75 + 1) / 0.5 = 3.5。",
    weight=0.5,
)
def test_errors_on_a_parabola_and_on_the_sine(submission: Any, picture: Any) -> None:
    h = 10 ** -torch.arange(0, 15.01, 0.25, dtype=torch.float64)
    forward, central = compare.items(submission.difference_error(h), 2, tuple, "the errors", "误差")
    picture.lines(
        "valley", {"forward": (h, forward), "central": (h, central)}, log="xy", x="h", y="error",
        en="Your errors for the sine. On the right the formula is too coarse, on the left rounding takes over; the best"
        " h lies in the valley between.",
        zh="你算出的正弦差分误差。右边是公式太粗，左边是舍入误差占了上风；最好的 h 在中间的谷底。",
    )  # fmt: skip
    got = submission.difference_error(numbers(0.5, 0.25), "quadratic")
    compare.same(got, (numbers(1.5, 0.75), numbers(0, 0)), what="the errors", zh="误差")
    got = submission.difference_error(numbers(0.1))
    compare.same(got, (numbers(0.0429385533), numbers(0.0009000537)), what="the errors", zh="误差")


@check(
    "vector_rules.example",
    hint="A + A^T has the rows (2, 2) and (2, 6).",
    zh="A + A^T 的两行是 (2, 2) 与 (2, 6)。",
    weight=0.5,
)
def test_four_rules_for_two_numbers(submission: Any) -> None:
    A = torch.stack([numbers(1, 2), numbers(0, 3)])
    want = {"bx": numbers(5, 7), "xAx": numbers(2, -2), "norm2": numbers(4, -2), "Ax": A}
    got = compare.is_type(submission.grad_rules(A, numbers(2, -1), numbers(5, 7)), dict)
    compare.equal(sorted(str(key) for key in got), sorted(want), what="the keys", zh="字典的键")
    for key, derivative in want.items():
        compare.same(got[key], derivative, what=f'the entry "{key}"', zh=f"键 {key} 的值")
