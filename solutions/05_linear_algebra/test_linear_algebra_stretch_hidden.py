"""Hidden checks of topic 5: the greatest stretch. The spectra are built by hand, with a gap that makes 100 steps
plenty, or with one so small that they are too few. The random start is unknown here, so single steps are judged by what
one more step must do."""

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
    settled,
    with_stretches,
)
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# The usual fixed starts are at right angles to the direction that is sought, and stay so exactly.
UNLUCKY = ([[3.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 3.0]], [[3.0, -3.0], [1.0, 1.0]], [[3.0, 3.0], [1.0, -1.0]])


def greatest(A: Tensor) -> Tensor:
    return torch.linalg.matrix_norm(A.double(), 2).to(A.dtype)


@check(
    "spectral_norm.value",
    hint="A step is v -> A^T (A v), made a unit vector again. In the end, how long is A v?",
    zh="每一步：v -> A^T (A v)，再化为单位向量。最后，A v 有多长？",
)
def test_the_greatest_stretch(submission: Any, draw: Draw) -> None:
    for number in range(12):
        m, n = draw.sizes(2, 2, 8)
        A = draw.layout(settled(draw, m, n).to(float_type(number)), number)
        got = submission.spectral_norm(A, generator=draw.new_generator())
        compare.same(got, greatest(A), what="the spectral norm", zh="谱范数")


@check(
    "spectral_norm.upper_bound",
    hint="No vector may be stretched by more than the norm says, not even the one that is stretched most.",
    zh="任何向量的拉伸都不能超过这个范数，拉伸得最厉害的那个也不例外。",
)
def test_no_vector_is_stretched_more(submission: Any, draw: Draw) -> None:
    for number in range(4):
        m, n = draw.sizes(2, 2, 7)
        A = settled(draw, m, n) if number % 2 else settled(draw, n, n)
        got = submission.spectral_norm(A, generator=draw.new_generator())
        norm = compare.tensor(got, shape=(), dtype=F64, what="the spectral norm", zh="谱范数").detach()
        x = torch.cat([draw.randn(n, 100), torch.linalg.svd(A).Vh[:1].T], dim=1)
        stretches = torch.linalg.vector_norm(A @ x, dim=0) / torch.linalg.vector_norm(x, dim=0)
        compare.require(
            bool((stretches <= norm * (1 + 1e-7)).all()),
            "there is a vector that this matrix stretches by more than the result.",
            "存在一个向量，矩阵对它的拉伸超过了这个结果。",
        )


@check(
    "spectral_norm.rank1_and_zero",
    hint="One step is enough for rank 1: is the last step used? And 0 / 0 is nan: look before you divide.",
    zh="秩为 1 时一步就够：最后一步的 v 用上了吗？另外 0 / 0 是 nan：先看再除。",
)
def test_rank_one_after_one_step_and_no_stretch_at_all(submission: Any, draw: Draw) -> None:
    for number in range(6):
        m, n = ((1, 1), (1, 4), (5, 1), *(draw.sizes(2, 2, 7) for _ in range(3)))[number]
        u, w = draw.randn(m, 1, dtype=F64), draw.randn(1, n, dtype=F64)
        A = (u @ w).to(F32 if number % 2 else F64)
        got = submission.spectral_norm(A, 1, generator=draw.new_generator())
        compare.same(got, (u.norm() * w.norm()).to(A.dtype), what="the norm of rank 1", zh="秩为 1 的矩阵的范数")
        for iters in (1, 7):
            got = submission.spectral_norm(0 * A, iters, generator=draw.new_generator())
            compare.same(got, torch.zeros((), dtype=A.dtype), what="the norm of zero", zh="零矩阵的范数")


@check(
    "spectral_norm.any_scale",
    hint="Scale v to length 1 in every step, by its length alone: without that it grows or dies, and a small constant"
    " in the denominator is not small for a small matrix.",
    zh="每一步都把 v 的长度化为 1，只除以它的长度：否则它会爆炸或消失；而分母中的小常数，对小矩阵来说并不小。",
)
def test_large_and_small_matrices(submission: Any, draw: Draw) -> None:
    for number, scale in enumerate((1e-6, 1e6, -1e-6, -1e6, 1e-4, 1e3)):
        A = (scale * settled(draw, *draw.sizes(2, 2, 7))).to(F32 if number in (0, 1) else F64)
        got = submission.spectral_norm(A, generator=draw.new_generator())
        compare.same(got, greatest(A), atol=0, what="the spectral norm", zh="谱范数")


@check(
    "spectral_norm.unlucky_start",
    hint="Every fixed start is at right angles to the best direction of some matrix, and never gets there. A random one"
    " does.",
    zh="任何固定的起点，总会与某个矩阵的最佳方向垂直，于是永远到不了那里。随机起点则可以。",
)
def test_matrices_that_defeat_fixed_starts(submission: Any, draw: Draw) -> None:
    for rows in UNLUCKY:
        A = torch.tensor(rows, dtype=F64)
        got = submission.spectral_norm(A, generator=draw.new_generator())
        compare.same(got, greatest(A), what="the spectral norm", zh="谱范数")


@check(
    "spectral_norm.uses_iters",
    hint="Where the two greatest stretches are nearly equal 100 steps are too few. Make as many as `iters` says.",
    zh="最大的两个拉伸相差无几时，100 步不够。iters 是多少，就迭代多少步。",
    needs=["spectral_norm.value"],
)
def test_stretches_that_are_close_together(submission: Any, draw: Draw) -> None:
    m, n = draw.sizes(2, 5, 8)
    stretches = torch.full((5,), 0.975, dtype=F64)
    stretches[0] = 1.0
    A = with_stretches(draw, m, n, stretches)
    got = submission.spectral_norm(A, 350, generator=draw.new_generator())
    compare.same(got, stretches[0], what="the spectral norm", zh="谱范数")
    generator = draw.new_generator()
    a_hundred_by_default(lambda *iters: submission.spectral_norm(A, *iters, generator=generator))


@check(
    "spectral_norm.one_step_each",
    hint="Each of the steps goes on from the v of the step before, and multiplies once by A and once by A^T.",
    zh="每一步都从上一步的 v 出发，乘一次 A，再乘一次 A^T。",
    needs=["spectral_norm.value"],
)
def test_one_more_step_comes_closer_by_the_right_factor(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        m, n = draw.sizes(2, 2, 7)
        large, small = 2.0, draw.random.uniform(1.2, 1.8)
        A = with_stretches(draw, m, n, torch.tensor([large, small], dtype=F64))
        generator, before = draw.new_generator(), None
        for iters in (1, 2, 3, 4):
            got = submission.spectral_norm(A, iters, generator=generator)
            now = compare.tensor(got, shape=(), dtype=F64, what="the spectral norm", zh="谱范数").item()
            compare.require(
                small * (1 - 1e-9) <= now <= large * (1 + 1e-9),
                "after a few steps the result is more than the greatest or less than the smallest possible stretch.",
                "迭代几步后的结果，超过了最大拉伸，或低于可能的最小拉伸。",
            )
            if before is not None:
                share = (large**2 - before**2) / max(before**2 - small**2, 1e-300) * (small / large) ** 4
                want = ((large**2 + small**2 * share) / (1 + share)) ** 0.5
                compare.require(
                    abs(now - want) <= 1e-7,
                    "one more step does not bring the result as much closer as a step of power iteration does.",
                    "多迭代一步，结果靠近的程度与幂迭代的一步不符。",
                )
            before = now


@check(
    "spectral_norm.generator_only",
    hint="The start comes from `generator`: the same state gives the same result, another one another.",
    zh="起点来自 generator：状态相同，结果就相同；状态不同，结果就不同。",
)
def test_the_norm_is_reproducible(submission: Any, draw: Draw) -> None:
    A = draw.randn(*draw.sizes(2, 3, 7))
    same_generator_only(lambda g: submission.spectral_norm(A, 1, generator=g), submission, draw)


@check(
    "spectral_norm.gradient",
    hint="At least the last A v must be tracked by autograd; v itself may be a constant.",
    zh="至少最后的 A v 要让 autograd 记录下来；v 本身可以当作常数。",
    needs=["spectral_norm.value"],
)
def test_gradient_of_the_spectral_norm(submission: Any, draw: Draw) -> None:
    m, n = draw.sizes(2, 2, 6)
    generator = draw.new_generator()
    gradients.match(
        lambda A: submission.spectral_norm(A, generator=generator),
        lambda A: torch.linalg.matrix_norm(A, 2),
        lambda points: settled(points, m, n),
        draw,
        draws=2,
    )


@check(
    "spectral_norm.input_unchanged",
    hint="A belongs to the caller: scaling it in place changes the caller's matrix.",
    zh="A 是调用者的：就地缩放会改掉调用者的矩阵。",
)
def test_the_matrix_stays_as_it_was(submission: Any, draw: Draw) -> None:
    A = settled(draw, *draw.sizes(2, 2, 6))
    seen = submission.observe("spectral_norm", A, generator=draw.new_generator())
    compare.same(seen.result, greatest(A), what="the spectral norm", zh="谱范数")
    compare.unchanged(A, seen.args[0], "A")


@check(
    "spectral_norm.no_svd",
    hint="Multiply by A and A^T again and again. No decomposition, no eigenvalues, no ready-made matrix norm.",
    zh="反复乘 A 与 A^T。不要用分解、特征值或现成的矩阵范数。",
    needs=["spectral_norm.value"],
    weight=3.0,
)
def test_the_norm_is_found_by_iteration(submission: Any, draw: Draw) -> None:
    seen = submission.observe("spectral_norm", draw.randn(3, 4), 5, generator=draw.new_generator())
    from_scratch(submission, "spectral_norm", SPECTRA, seen, SPECTRUM_OPERATIONS)
