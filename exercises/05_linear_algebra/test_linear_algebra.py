"""Visible checks of topic 5: one small example per function, with every number shown. `submission` is your file."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


def matrix(*rows: list[float]) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.float64)


A = matrix([1, 2, 0], [3, -1, 4])


@check(
    "products.example",
    hint="Entry 0 of A x is 1*1 + 2*1 + 0*2. And hadamard adds nothing up.",
    zh="A x 的第 0 个元素是 1*1 + 2*1 + 0*2。而 hadamard 什么也不加。",
    weight=0.5,
)
def test_the_arrow_and_the_elementwise_product(submission: Any) -> None:
    x, y = matrix([1, 1, 2])[0], matrix([4, -5, 6])[0]
    compare.same(submission.matvec(A, x), matrix([3, 10])[0], what="matvec", zh="matvec")
    compare.same(submission.dot(matrix([1, 2, 3])[0], y), torch.tensor(12.0, dtype=torch.float64), what="dot", zh="dot")
    compare.same(submission.hadamard(A, A), matrix([1, 4, 0], [9, 1, 16]), what="hadamard", zh="hadamard")


@check(
    "products.example_matmul",
    hint="Row 0 of the product is 1 times row 0 of B, plus 2 times row 1, plus 0 times row 2.",
    zh="乘积的第 0 行 = 1 × B 的第 0 行 + 2 × 第 1 行 + 0 × 第 2 行。",
    weight=0.5,
)
def test_two_presses_one_after_the_other(submission: Any) -> None:
    B = matrix([1, 0, 2, 1], [0, 1, 1, -1], [1, 1, 0, 0])
    compare.same(submission.matmul(A, B), matrix([1, 2, 4, -1], [7, 3, 5, 4]))


@check(
    "frobenius_norm.example",
    hint="36 ones: their squares sum to 36. Of (3, -4) the sizes are 3 and 4, the squares 9 and 16.",
    zh="36 个 1：平方和是 36。(3, -4) 的绝对值是 3 和 4，平方是 9 和 16。",
    weight=0.5,
)
def test_norms_of_ones_and_of_three_and_four(submission: Any) -> None:
    x = matrix([3, -4])[0]
    want = matrix([6, 7, 5])[0]
    compare.same(submission.frobenius_norm(torch.ones(4, 9, dtype=torch.float64)), want[0])
    compare.same(submission.l1_norm(x), want[1], what="l1_norm", zh="l1_norm")
    compare.same(submission.l2_norm(x), want[2], what="l2_norm", zh="l2_norm")


@check(
    "spectral_norm.example",
    hint="The vector (1, 1) / sqrt(2) becomes (3, 9) / sqrt(2). How long is that?",
    zh="向量 (1, 1) / √2 变成了 (3, 9) / √2。它有多长？",
    weight=0.5,
)
def test_the_root_of_45(submission: Any, picture: Any) -> None:
    machine = matrix([3, 0], [4, 5])
    got = submission.spectral_norm(machine, generator=torch.Generator().manual_seed(1))
    got = compare.tensor(got, shape=(), dtype=torch.float64)
    angles = torch.linspace(0, 2 * math.pi, 181, dtype=torch.float64)
    circle = torch.stack([angles.cos(), angles.sin()])
    rings = {"before": circle, "after": machine @ circle, "your norm": got.detach() * circle}
    picture.lines(
        "ellipse", {label: tuple(ring) for label, ring in rings.items()}, equal=True,
        en="A machine makes an ellipse of a circle. The ring with your spectral norm as its radius should just touch"
        " the ellipse: no arrow gets any longer.",
        zh="机器把圆变成椭圆。以你的谱范数为半径的圆环应当恰好碰到椭圆：没有箭头会变得更长。",
    )  # fmt: skip
    compare.same(got, torch.tensor(math.sqrt(45), dtype=torch.float64))


@check(
    "is_positive_definite.example",
    hint="[[2, -1], [-1, 2]] has the eigenvalues 1 and 3; with -3 off the diagonal they are 5 and -1.",
    zh="[[2, -1], [-1, 2]] 的特征值是 1 和 3；对角线外换成 -3，就成了 5 和 -1。",
    weight=0.5,
)
def test_two_bowls_and_a_saddle(submission: Any) -> None:
    for other, want in ((-1, True), (-3, False)):
        got = submission.is_positive_definite(matrix([2, other], [other, 2]))
        compare.equal(got, want)


@check(
    "is_positive_definite.example_shapes",
    hint="A turn by the triangle 3, 4, 5; a change of places; a matrix that is the negative of its mirror image.",
    zh="按 3、4、5 三角形的旋转；交换位置；等于自己镜像的相反数的矩阵。",
    weight=0.5,
)
def test_one_matrix_of_each_kind(submission: Any) -> None:
    turn, swap, skew = matrix([0.6, -0.8], [0.8, 0.6]), matrix([0, 1], [1, 0]), matrix([0, 2], [-2, 0])
    for name, answers in (
        ("is_orthogonal", (True, True, False)),
        ("is_permutation", (False, True, False)),
        ("is_antisymmetric", (False, False, True)),
    ):
        for which, want in zip((turn, swap, skew), answers, strict=True):
            compare.equal(getattr(submission, name)(which), want, what=name, zh=name)


@check(
    "top_eigen.example",
    hint="(1, -2) is turned into (-3, 6), which is -3 times itself.",
    zh="(1, -2) 变成了 (-3, 6)，正是自己的 -3 倍。",
    weight=0.5,
)
def test_the_direction_that_is_turned_round(submission: Any) -> None:
    got = submission.top_eigen(matrix([1, 2], [2, -2]), generator=torch.Generator().manual_seed(1))
    value, v = compare.items(got, 2, tuple, "the result", "结果")
    compare.same(value, torch.tensor(-3.0, dtype=torch.float64), what="the eigenvalue", zh="特征值")
    v = compare.tensor(v, shape=(2,), dtype=torch.float64, what="the eigenvector", zh="特征向量")
    want = matrix([1, -2])[0] / math.sqrt(5)
    compare.same(v * (v @ want).sign(), want, what="v or -v", zh="v 或 -v")
