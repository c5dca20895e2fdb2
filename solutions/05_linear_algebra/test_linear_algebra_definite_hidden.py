"""Hidden checks of topic 5: is a matrix positive definite? Every "no" has a "yes" beside it, and vice versa."""

from __future__ import annotations

from typing import Any

import torch
from linear_algebra_reference import BOOL, F32, F64, answers, definite, rotation, symmetric
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def both(A: Tensor) -> tuple[Tensor, Tensor]:
    return A, A.float()


@check(
    "is_positive_definite.returns_bool",
    hint="The answer is Python's True or False. A comparison of tensors is a tensor: turn it into a bool.",
    zh="回答是 Python 的 True 或 False。张量之间的比较仍是张量：请把它转成 bool。",
)
def test_answers_are_bools(submission: Any) -> None:
    for name in ("is_positive_definite", "is_orthogonal", "is_permutation", "is_antisymmetric"):
        for A in (torch.eye(2), 3 * torch.ones(2, 2), torch.tensor([[0.0, 2.0], [-2.0, 0.0]]), torch.zeros(3, 3)):
            compare.is_type(getattr(submission, name)(A), bool, f"the answer of {name}", f"{name} 的回答")


@check(
    "is_positive_definite.pd",
    hint="Symmetric, and all eigenvalues greater than 0.",
    zh="对称，且所有特征值大于 0。",
    needs=[BOOL],
)
def test_positive_definite_matrices(submission: Any, draw: Draw) -> None:
    fixed = torch.tensor([[2.0, 1.0], [1.0, 2.0]], dtype=F64)
    five = torch.tensor([[5.0]], dtype=F64)
    for number, made in enumerate([fixed, five, *(definite(draw, n) for n in range(2, 8))]):
        for exact in both(made):
            A = draw.layout(exact, number % 3)
            answers(submission, "is_positive_definite", True, A, "a positive definite matrix", "正定矩阵")
        answers(submission, "is_positive_definite", False, -made, "a negative definite matrix", "负定矩阵")


@check(
    "is_positive_definite.semidefinite_no",
    hint="An eigenvalue of 0 is not greater than 0, and rounding may turn it into 1e-17. How large is large enough?",
    zh="特征值 0 不大于 0，而舍入误差会把它变成 1e-17。多大才算大于 0？",
    needs=[BOOL],
)
def test_semidefinite_is_not_definite(submission: Any, draw: Draw) -> None:
    made = [torch.tensor([[1.0, 1.0], [1.0, 1.0]], dtype=F64), torch.zeros(2, 2, dtype=F64)]
    made += [symmetric(draw, torch.cat([draw.uniform(0.5, 2, n - 1), torch.zeros(1)])) for n in (2, 3, 4, 5, 5, 4)]
    for number, exact in enumerate(made):
        A = exact.to(F32 if number % 3 == 2 else F64)
        en, zh = "a matrix with the eigenvalue 0", "有特征值 0 的矩阵"
        answers(submission, "is_positive_definite", False, A, en, zh)
        lifted = A + 0.1 * torch.eye(len(A), dtype=A.dtype)
        answers(submission, "is_positive_definite", True, lifted, "a positive definite matrix", "正定矩阵")


@check(
    "is_positive_definite.nonsymmetric_no",
    hint="Symmetry comes first: eigenvalues, determinants and x^T A x may all be positive without it.",
    zh="先看是否对称：不对称时，特征值、行列式和 x^T A x 也可能全是正的。",
    needs=[BOOL],
)
def test_only_symmetric_matrices_are_definite(submission: Any, draw: Draw) -> None:
    made = [torch.tensor([[1.0, 5.0], [0.0, 1.0]], dtype=F64), torch.tensor([[1.0, -1.0], [1.0, 1.0]], dtype=F64)]
    for n in (2, 3, 4, 5):
        skew = draw.randn(n, n)
        made.append(definite(draw, n) + 0.2 * (skew - skew.T))
        lone = definite(draw, n)
        lone[n - 1, 0] += (-1) ** n * 0.01  # one entry is enough, in either triangle
        made += [lone, lone.T.contiguous()]
    for A in made:
        en, zh = "a matrix that is not symmetric", "不对称的矩阵"
        answers(submission, "is_positive_definite", False, A, en, zh)
    fair = definite(draw, 3)
    answers(submission, "is_positive_definite", True, fair, "a positive definite matrix", "正定矩阵")


@check(
    "is_positive_definite.positive_entries_not_enough",
    hint="It is not about the signs of the entries. Which vector makes x^T A x negative?",
    zh="与元素的正负号无关。哪个向量能使 x^T A x 为负？",
    needs=[BOOL],
)
def test_positive_entries_do_not_matter(submission: Any, draw: Draw) -> None:
    for n in (2, 3, 4, 5):
        shift = draw.uniform(1.5, 3.0, 1)
        A = shift * torch.ones(n, n, dtype=F64) + torch.diag(draw.uniform(-1.4, -0.2, n))
        en, zh = "a matrix of positive entries with a negative eigenvalue", "元素全为正但有负特征值的矩阵"
        answers(submission, "is_positive_definite", False, A, en, zh)
        B = torch.diag(draw.uniform(1.0, 2.0, n) + n) - torch.ones(n, n, dtype=F64)
        answers(submission, "is_positive_definite", True, B, "a positive definite matrix", "正定矩阵")


@check(
    "is_positive_definite.negative_definite_no",
    hint="In even dimension -I has determinant 1: the product of the eigenvalues hides their signs.",
    zh="偶数维时 -I 的行列式是 1：特征值的乘积掩盖了它们的符号。",
    needs=[BOOL],
)
def test_negative_and_mixed_signs_are_refused(submission: Any, draw: Draw) -> None:
    for n in (1, 2, 3, 4, 6):
        A = definite(draw, n)
        answers(submission, "is_positive_definite", False, -A, "a negative definite matrix", "负定矩阵")
        answers(submission, "is_positive_definite", False, -torch.eye(n), "minus the identity", "负的单位矩阵")
        answers(submission, "is_positive_definite", True, A, "a positive definite matrix", "正定矩阵")
    for n in (3, 4, 5, 6):
        values = draw.uniform(0.5, 2.0, n)
        values[:2] *= -1  # two negative ones: the determinant is positive, and so are the trace and most corners
        values[2:] += 2.0
        A = symmetric(draw, values)
        en, zh = "a symmetric matrix with two negative eigenvalues", "有两个负特征值的对称矩阵"
        answers(submission, "is_positive_definite", False, A, en, zh)


@check(
    "is_positive_definite.any_scale",
    hint="Small and large are meant relative to the largest entry: a limit of its own size for every matrix.",
    zh="大小是相对于最大元素而言的：每个矩阵都有与自己相称的界限。",
    needs=[BOOL],
)
def test_scaled_matrices_have_the_same_answers(submission: Any, draw: Draw) -> None:
    for scale in (1e-8, 1e8, 1e-12):
        n, A = draw.size(3, 5), definite(draw, 3)
        answers(submission, "is_positive_definite", True, scale * A, "a tiny or huge multiple", "极小或极大的倍数")
        tilted = A.clone()
        tilted[0, 2] += 0.02
        en, zh = "a tiny or huge matrix that is not symmetric", "极小或极大的不对称矩阵"
        answers(submission, "is_positive_definite", False, scale * tilted, en, zh)
        flat = symmetric(draw, torch.cat([draw.uniform(0.5, 2, n - 1), torch.zeros(1)]))
        en, zh = "a tiny or huge semidefinite matrix", "极小或极大的半正定矩阵"
        answers(submission, "is_positive_definite", False, scale * flat, en, zh)
        skew = draw.randn(n, n)
        answers(submission, "is_antisymmetric", True, scale * (skew - skew.T), "a tiny or huge one", "极小或极大的矩阵")
        answers(
            submission, "is_antisymmetric", False, scale * skew, "a tiny or huge one that is not", "极小或极大的矩阵"
        )


@check(
    "is_positive_definite.rounding",
    hint="Numbers that were calculated are rarely equal to the last digit. Compare within the limits of the docstring.",
    zh="计算得到的数，很少到最后一位都相等。请在文档字符串规定的界限之内比较。",
    needs=[BOOL],
)
def test_rounding_is_forgiven(submission: Any, draw: Draw) -> None:
    for number in range(4):
        n, dtype = draw.size(2, 5), (F64, F32)[number % 2]
        noise = draw.uniform(-1, 1, n, n)
        A, skew, Q = definite(draw, n), draw.randn(n, n), rotation(draw, n)
        A = A + 2e-7 * A.abs().max() * noise
        S = skew - skew.T
        S = S + 2e-7 * S.abs().max() * noise
        en, zh = "a matrix that is only rounded", "只有舍入误差的矩阵"
        answers(submission, "is_positive_definite", True, A.to(dtype), en, zh)
        answers(submission, "is_antisymmetric", True, S.to(dtype), en, zh)
        answers(submission, "is_orthogonal", True, (Q + 1e-6 * noise).to(dtype), en, zh)
        en, zh = "a matrix that is off by more than rounding", "偏差超出舍入误差的矩阵"
        off = 3e-3 * torch.eye(n, n, dtype=F64).roll(1, 0)
        answers(submission, "is_antisymmetric", False, S + off * S.abs().max(), en, zh)
        answers(submission, "is_orthogonal", False, Q + off @ Q, en, zh)
        if n > 2:
            answers(submission, "is_positive_definite", False, A + off * A.abs().max(), en, zh)
