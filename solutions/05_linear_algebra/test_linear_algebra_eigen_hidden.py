"""Hidden checks of topic 5: the leading eigenvector. Either sign of it is right, so look at A v and at |v . w|."""

from __future__ import annotations

from typing import Any

import torch
from linear_algebra_reference import (
    F32,
    F64,
    SPECTRA,
    SPECTRUM_OPERATIONS,
    a_hundred_by_default,
    from_scratch,
    same_generator_only,
    symmetric,
)
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def pair(got: Any, A: Tensor) -> tuple[Tensor, Tensor]:
    """The value and the vector that were returned, known to be tensors of the right kind."""
    value, v = compare.items(got, 2, tuple, "the result", "结果")
    value = compare.tensor(value, shape=(), dtype=A.dtype, what="the eigenvalue", zh="特征值")
    v = compare.tensor(v, shape=(A.shape[0],), dtype=A.dtype, what="the eigenvector", zh="特征向量")
    return compare.finite(value.detach(), "the eigenvalue", "特征值"), compare.finite(
        v.detach(), "the eigenvector", "特征向量"
    )


def found(submission: Any, draw: Draw, A: Tensor, *iters: int) -> tuple[Tensor, Tensor]:
    return pair(submission.top_eigen(A, *iters, generator=draw.new_generator()), A)


def led(draw: Draw, n: int, sign: int) -> Tensor:
    """Symmetric (n, n); the eigenvalue that leads has this sign and is well ahead of the others."""
    first = sign * draw.uniform(0.7, 3.0, 1)
    return symmetric(draw, torch.cat([first, first * draw.uniform(-0.6, 0.6, n - 1)]))


def leading(A: Tensor) -> tuple[Tensor, Tensor]:
    values, vectors = torch.linalg.eigh(A.double())
    place = int(values.abs().argmax())
    return values[place].to(A.dtype), vectors[:, place].to(A.dtype)


@check(
    "top_eigen.eigen_equation",
    hint="A v must point along v, value times as long. Return the pair (value, v), in this order.",
    zh="A v 与 v 在同一条直线上，长度是 value 倍。请按 (特征值, v) 的次序返回一对。",
)
def test_a_v_is_value_times_v(submission: Any, draw: Draw) -> None:
    for number in range(12):
        A = led(draw, draw.size(1, 7), 1 - 2 * (number % 2)).to(float_type(number))
        A = draw.noncontiguous(A) if number % 4 == 1 else A
        value, v = found(submission, draw, A)
        compare.same(A @ v, value * v, what="A v, compared with value times v,", zh="A v（与 value 乘 v 相比）")
        compare.same(value, leading(A)[0], what="the eigenvalue", zh="特征值")


@check(
    "top_eigen.negative_dominant",
    hint="The length of A v says how large the eigenvalue is, not which sign it has. v . (A v) says both.",
    zh="A v 的长度只给出特征值的大小，不给出正负号。v 与 A v 的内积两者都给出。",
)
def test_the_largest_in_absolute_value_may_be_negative(submission: Any, draw: Draw) -> None:
    for number in range(6):
        A = led(draw, draw.size(1, 6), -1).to(float_type(number))
        compare.same(found(submission, draw, A)[0], leading(A)[0], what="the eigenvalue", zh="特征值")


@check(
    "top_eigen.unit_vector",
    hint="Scale v to length 1 in every step, the last included, by its length alone.",
    zh="每一步都把 v 的长度化为 1，最后一步也不例外，并且只除以它的长度。",
)
def test_the_vector_has_length_one(submission: Any, draw: Draw) -> None:
    for number, scale in enumerate((1.0, 1e-6, 1e6, -1e6, -1e-6, 1.0)):
        A = (scale * led(draw, draw.size(2, 6), 1)).to(F32 if number % 3 == 1 else F64)
        for iters in (1, 2, 90):
            value, v = found(submission, draw, A, iters)
            compare.same((v * v).sum(), torch.ones((), dtype=A.dtype), what="the square of |v|", zh="|v| 的平方")
        compare.same(value, leading(A)[0], atol=0, what="the eigenvalue", zh="特征值")


@check(
    "top_eigen.sign_free",
    hint="The vector lies on the line of the leading eigenvector; which of its two ends it shows does not matter.",
    zh="向量在主特征向量所在的直线上；指向哪一端都可以。",
)
def test_the_vector_up_to_its_sign(submission: Any, draw: Draw) -> None:
    for number in range(8):
        A = led(draw, draw.size(2, 7), 1 - 2 * (number % 2)).to(float_type(number))
        _, v = found(submission, draw, A)
        want = leading(A)[1]
        compare.same(v * (v @ want).sign(), want, what="v or -v", zh="v 或 -v")


@check(
    "top_eigen.rayleigh",
    hint="The value belongs to the vector that is returned: value = v . (A v), with the v after the last step.",
    zh="特征值要与返回的向量相配：value 等于 v 与 A v 的内积，v 是最后一步之后的 v。",
)
def test_the_value_fits_the_vector_after_a_few_steps(submission: Any, draw: Draw) -> None:
    for number in range(6):
        A = led(draw, draw.size(2, 7), 1)
        value, v = found(submission, draw, A, 1 + number % 3)
        compare.same(value, v @ (A @ v), what="the eigenvalue", zh="特征值")


@check(
    "top_eigen.one_step_each",
    hint="Each step goes on from the v of the step before, and multiplies by A once.",
    zh="每一步都从上一步的 v 出发，乘一次 A。",
    needs=["top_eigen.eigen_equation"],
)
def test_one_more_step_multiplies_once_more(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        A, generator, before = symmetric(draw, draw.uniform(0.5, 2.0, draw.size(3, 6))), draw.new_generator(), None
        for iters in (1, 2, 3):
            _, now = pair(submission.top_eigen(A, iters, generator=generator), A)
            if before is not None:
                want = A @ before / (A @ before).norm()
                compare.same(now * (now @ want).sign(), want, what="v after one more step", zh="多迭代一步之后的 v")
            before = now


@check(
    "top_eigen.uses_iters",
    hint="Where two eigenvalues are nearly equal 100 steps are too few. Make as many as `iters` says.",
    zh="两个特征值相差无几时，100 步不够。iters 是多少，就迭代多少步。",
    needs=["top_eigen.eigen_equation"],
)
def test_eigenvalues_that_are_close_together(submission: Any, draw: Draw) -> None:
    sign = draw.random.choice((1, -1))
    values = sign * torch.tensor([0.93, -0.93, 1.0, 0.93, 0.5], dtype=F64)
    A = symmetric(draw, values)
    value, v = found(submission, draw, A, 350)
    compare.same(A @ v, sign * v, what="A v, compared with value times v,", zh="A v（与 value 乘 v 相比）")
    compare.same(value, values[2], what="the eigenvalue", zh="特征值")
    generator = draw.new_generator()
    a_hundred_by_default(lambda *iters: pair(submission.top_eigen(A, *iters, generator=generator), A)[1])


@check(
    "top_eigen.unlucky_start",
    hint="A fixed start can be at right angles to the leading eigenvector for ever. Draw it at random.",
    zh="固定的起点可能永远与主特征向量垂直。起点要随机抽取。",
)
def test_symmetric_matrices_that_defeat_fixed_starts(submission: Any, draw: Draw) -> None:
    for rows in (
        [[3.0, 0.0], [0.0, 1.0]],
        [[1.0, 0.0], [0.0, 3.0]],
        [[2.0, -1.0], [-1.0, 2.0]],
        [[2.0, 1.0], [1.0, 2.0]],
    ):
        A = torch.tensor(rows, dtype=F64)
        compare.same(found(submission, draw, A)[0], torch.tensor(3.0, dtype=F64), what="the eigenvalue", zh="特征值")


@check(
    "top_eigen.zero_matrix",
    hint="A v = 0 can't be scaled to length 1. Keep the v you have: its eigenvalue is 0.",
    zh="A v = 0 时无法化为单位向量。保留原来的 v 即可：它的特征值是 0。",
)
def test_the_zero_matrix_has_eigenvalue_zero(submission: Any, draw: Draw) -> None:
    for number in range(3):
        A = torch.zeros(number + 1, number + 1, dtype=F32 if number == 1 else F64)
        value, v = found(submission, draw, A, 1 + 4 * number)
        compare.same(value, torch.zeros((), dtype=A.dtype), what="the eigenvalue", zh="特征值")
        compare.same((v * v).sum(), torch.ones((), dtype=A.dtype), what="the square of |v|", zh="|v| 的平方")


@check(
    "top_eigen.generator_only",
    hint="The start comes from `generator`: the same state gives the same vector, another one another.",
    zh="起点来自 generator：状态相同，向量就相同；状态不同，向量就不同。",
)
def test_the_eigenvector_is_reproducible(submission: Any, draw: Draw) -> None:
    A = symmetric(draw, draw.uniform(0.5, 2.0, 5))
    same_generator_only(lambda g: pair(submission.top_eigen(A, 1, generator=g), A)[1], submission, draw)


@check(
    "top_eigen.input_unchanged",
    hint="A belongs to the caller.",
    zh="A 是调用者的。",
)
def test_the_symmetric_matrix_stays_as_it_was(submission: Any, draw: Draw) -> None:
    A = led(draw, draw.size(2, 5), 1)
    seen = submission.observe("top_eigen", A, generator=draw.new_generator())
    pair(seen.result, A)
    compare.unchanged(A, seen.args[0], "A")


@check(
    "top_eigen.no_eigh",
    hint="Multiply by A again and again. No decomposition and no ready-made eigenvalues.",
    zh="反复乘 A。不要用分解，也不要用现成的特征值函数。",
    needs=["top_eigen.eigen_equation"],
    weight=3.0,
)
def test_the_eigenvector_is_found_by_iteration(submission: Any, draw: Draw) -> None:
    seen = submission.observe("top_eigen", led(draw, 4, 1), 5, generator=draw.new_generator())
    from_scratch(submission, "top_eigen", SPECTRA, seen, SPECTRUM_OPERATIONS)
