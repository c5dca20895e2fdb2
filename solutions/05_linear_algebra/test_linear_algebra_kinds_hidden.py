"""Hidden checks of topic 5: orthogonal, permutation and antisymmetric matrices. Every "no" has a "yes" beside it."""

from __future__ import annotations

import itertools
from typing import Any

import torch
from linear_algebra_reference import BOOL, F32, F64, answers, definite, rotation
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "is_positive_definite.orthogonal",
    hint="Each row has length 1 and is at right angles to all the others. Turns and reflections both count.",
    zh="每一行的长度都是 1，并与其他各行垂直。旋转与反射都算。",
    needs=[BOOL],
)
def test_turns_and_reflections_are_orthogonal(submission: Any, draw: Draw) -> None:
    for n in range(1, 8):
        Q = rotation(draw, n)
        for made in (Q, -Q, Q.flip(0), Q.T):
            A = made.to(F32 if n % 3 == 0 else F64)
            answers(submission, "is_orthogonal", True, A, "an orthogonal matrix", "正交矩阵")
        bent = draw.randn(n, n) / n + 2 * torch.eye(n, dtype=F64)
        answers(submission, "is_orthogonal", False, bent, "a matrix that is not orthogonal", "不正交的矩阵")


@check(
    "is_positive_definite.orthogonal_rows_unit",
    hint="Right angles are not enough: Q Q^T must have ones on its diagonal, too.",
    zh="只有直角还不够：Q Q^T 的对角线上还必须是 1。",
    needs=[BOOL],
)
def test_rows_of_another_length_are_not_orthogonal(submission: Any, draw: Draw) -> None:
    for n in (2, 3, 4, 5):
        Q, factors = rotation(draw, n), draw.uniform(0.5, 1.5, n)
        factors[0] = 2.0
        for A in (torch.diag(factors), factors.unsqueeze(1) * Q, Q * factors, 2 * Q, 0.98 * Q):
            en, zh = "a matrix whose rows are not all of length 1", "各行长度不全是 1 的矩阵"
            answers(submission, "is_orthogonal", False, A, en, zh)
        answers(submission, "is_orthogonal", True, Q, "an orthogonal matrix", "正交矩阵")


@check(
    "is_positive_definite.orthogonal_right_angles",
    hint="A determinant of 1 or rows of length 1 are not enough: any two rows must be at right angles.",
    zh="行列式为 1，或各行长度为 1，都还不够：任意两行必须互相垂直。",
    needs=[BOOL],
)
def test_other_angles_are_not_orthogonal(submission: Any, draw: Draw) -> None:
    shear, squeeze = torch.tensor([[1.0, 1.0], [0.0, 1.0]]), torch.tensor([[2.0, 0.0], [0.0, 0.5]])
    made = [shear, shear.T, squeeze]
    for n in (2, 3, 4, 5):
        Q = rotation(draw, n)
        Q[n - 1] = 0.8 * Q[n - 1] + 0.6 * Q[0]  # only two rows are not at right angles; all have length 1
        made += [Q, Q.flip(0), Q[draw.permutation(n)]]
    for A in made:
        en, zh = "a matrix with two rows that are not at right angles", "有两行不垂直的矩阵"
        answers(submission, "is_orthogonal", False, A, en, zh)
    answers(submission, "is_orthogonal", True, rotation(draw, 3), "an orthogonal matrix", "正交矩阵")


@check(
    "is_positive_definite.permutation_is_orthogonal",
    hint="Every reordering of the identity's rows is a permutation matrix, and every one of them is orthogonal.",
    zh="把单位矩阵的各行重新排列，得到的都是置换矩阵，而且都是正交矩阵。",
    needs=[BOOL],
)
def test_all_permutations_pass_both(submission: Any) -> None:
    for n in (1, 2, 3, 4):
        for order in itertools.permutations(range(n)):
            P = torch.eye(n, dtype=F32 if n == 3 else F64)[list(order)]
            answers(submission, "is_permutation", True, P, "a permutation matrix", "置换矩阵")
            answers(submission, "is_orthogonal", True, P, "a permutation matrix", "置换矩阵")
            answers(submission, "is_permutation", False, 2 * P, "twice a permutation matrix", "置换矩阵的两倍")
            answers(submission, "is_orthogonal", False, 2 * P, "twice a permutation matrix", "置换矩阵的两倍")


@check(
    "is_positive_definite.permutation_no",
    hint="Only 0 and 1, exactly; one 1 in each row, and one in each column. Sums alone do not see all of this.",
    zh="只有 0 和 1，不能有误差；每行恰好一个 1，每列也恰好一个 1。只看和是看不全的。",
    needs=[BOOL],
)
def test_what_is_almost_a_permutation(submission: Any, draw: Draw) -> None:
    def like(*rows: list[float]) -> Tensor:
        return torch.tensor(rows, dtype=F64)

    half, order = like([0.5, 0.5], [0.5, 0.5]), draw.permutation(4)
    P = torch.eye(4, dtype=F64)[order]
    twice = P.clone()
    twice[1] = twice[0]  # each row has one 1, but one column has two
    gap = P.clone()
    gap[2] = 0.0
    extra = P.clone()
    extra[0] = 1.0
    signed = P * torch.tensor([1.0, -1.0, 1.0, 1.0])
    sums = like([2.0, -1.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 0.0])  # all rows and columns sum to 1
    near, thirds = P * 1.001, torch.full((3, 3), 1 / 3)
    for A in (half, twice, twice.T, gap, extra, signed, sums, 2 * P, near, -P, thirds, torch.zeros(2, 2), P + 1e-3):
        answers(submission, "is_permutation", False, A, "a matrix that is no permutation", "不是置换矩阵的矩阵")
    answers(submission, "is_permutation", False, rotation(draw, 4), "an orthogonal matrix", "一般的正交矩阵")
    answers(submission, "is_permutation", True, P, "a permutation matrix", "置换矩阵")


@check(
    "is_positive_definite.antisymmetric",
    hint="A^T = -A entry by entry; on the diagonal that leaves only 0.",
    zh="逐个元素满足 A^T = -A；于是对角线上只能是 0。",
    needs=[BOOL],
)
def test_antisymmetric_matrices(submission: Any, draw: Draw) -> None:
    for n in (1, 2, 3, 4, 5):
        B = draw.randn(n, n).to(F32 if n == 4 else F64)
        S = B - B.T
        answers(submission, "is_antisymmetric", True, S, "an antisymmetric matrix", "反对称矩阵")
        answers(submission, "is_antisymmetric", True, 0 * S, "the zero matrix", "零矩阵")
        bump = S.clone()
        bump[n - 1, n - 1] = 0.3 * (-1) ** n
        answers(submission, "is_antisymmetric", False, bump, "a matrix with a diagonal", "对角线不为 0 的矩阵")
        answers(submission, "is_antisymmetric", False, B + B.T, "a symmetric matrix", "对称矩阵")
        answers(submission, "is_antisymmetric", False, torch.ones(n, n).triu(), "a triangle", "三角矩阵")
        if n > 2:
            pair = torch.zeros(n, n)
            pair[0, 1], pair[2, 0] = 1.0, -1.0  # all entries sum to 0
            answers(submission, "is_antisymmetric", False, pair, "two entries that cancel", "两个元素相消的矩阵")
        if n > 1:
            lone = S.clone()
            lone[0, n - 1] += 0.01 * S.abs().max()
            answers(submission, "is_antisymmetric", False, lone, "a matrix with one odd entry", "有一个元素不符的矩阵")
            answers(submission, "is_antisymmetric", False, S.abs(), "the absolute values", "取绝对值后的矩阵")


@check(
    "is_positive_definite.square_only",
    hint="A matrix that is not square is none of the four. Look at the shape first.",
    zh="不是方阵，就四者都不是。先看形状。",
    needs=[BOOL],
)
def test_other_shapes_are_none_of_the_four(submission: Any, draw: Draw) -> None:
    short, tall = sorted(draw.sizes(2, 1, 5))
    corner = torch.eye(tall, dtype=F64)[:short]
    frame = rotation(draw, tall)[:short]  # rows of length 1 at right angles
    names = ("is_positive_definite", "is_orthogonal", "is_permutation", "is_antisymmetric")
    for A in (corner, corner.T, frame, frame.T, torch.zeros(short, tall), torch.ones(2, 1), torch.ones(1, 2)):
        for name in names:
            answers(submission, name, False, A, "a matrix that is not square", "不是方阵的矩阵")
    for name in names[:3]:
        answers(submission, name, True, torch.eye(tall), "the identity matrix", "单位矩阵")


@check(
    "is_positive_definite.inputs_unchanged",
    hint="Whoever asks a question does not change what he looks at.",
    zh="提问的人不应改变他所看的东西。",
    needs=["is_positive_definite.pd", "is_positive_definite.antisymmetric"],
)
def test_questions_change_nothing(submission: Any, draw: Draw) -> None:
    for name in ("is_positive_definite", "is_orthogonal", "is_permutation", "is_antisymmetric"):
        for A in (definite(draw, 3), rotation(draw, 3), torch.eye(3), draw.randn(3, 3)):
            seen = submission.observe(name, A)
            compare.is_type(seen.result, bool)
            compare.unchanged(A, seen.args[0], "the matrix")
