"""Hidden checks of topic 41: principal components. Their signs are free, so subspaces are compared."""

from __future__ import annotations

from typing import Any

import torch
from bonus_beyond_reference import F64, lengths, spread_out
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def found(submission: Any, X: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Components and mean, known to have their shapes and to be finite."""
    got = compare.items(submission.pca(X, k), 2, tuple, "the result", "结果")
    what = {"what": "the components", "zh": "主成分"}
    components = compare.tensor(got[0], shape=(k, X.shape[1]), dtype=X.dtype, **what)
    mean = compare.tensor(got[1], shape=(X.shape[1],), dtype=X.dtype, what="the mean", zh="均值").detach()
    return compare.finite(components, **what).detach(), mean


@check(
    "pca.orthonormal",
    hint="Rows of length 1 that are perpendicular to each other: k rows of d numbers.",
    zh="长度为 1、互相垂直的行：k 行，每行 d 个数。",
)
def test_components_are_perpendicular(submission: Any, draw: Draw) -> None:
    for number in range(12):
        X = spread_out(draw, number)
        k = draw.size(1, min(X.shape))
        V, _ = found(submission, X, k)
        compare.same(V @ V.T, torch.eye(k, dtype=X.dtype), what="components times their transpose", zh="主成分乘其转置")


@check(
    "pca.centred",
    hint="Far from 0 the longest way leads to the mean itself, and says nothing about how the rows differ.",
    zh="离 0 很远时，最长的方向只是指向均值，与各行之间的差别无关。",
)
def test_moving_all_rows_turns_no_direction(submission: Any, draw: Draw) -> None:
    for number in range(6):
        X = spread_out(draw, number, tall=True)
        k = draw.size(1, X.shape[1] - 1)
        far = X + 30 * draw.uniform(1, 2, X.shape[1], dtype=X.dtype)
        (V, _), (W, mean) = found(submission, X, k), found(submission, far, k)
        compare.same(mean, far.mean(0), what="the mean", zh="均值", scale=10)
        compare.same(W.T @ W, V.T @ V, rtol=1e-3 if X.dtype != F64 else 1e-7, atol=1e-3 if X.dtype != F64 else 1e-7,
                     what="the space of the moved rows", zh="平移之后各行的空间")  # fmt: skip


@check(
    "pca.best_rank_k",
    hint="What is lost is the variance of the directions left out: the smallest ones. Are yours the largest?",
    zh="损失的是没有选的那些方向的方差，它们应当是最小的。你选的是最大的吗？",
)
def test_what_is_lost_is_the_least_possible(submission: Any, draw: Draw) -> None:
    for number in range(10):
        X = spread_out(draw, number)
        k = draw.size(1, min(X.shape))
        V, mean = found(submission, X, k)
        compare.same(mean, X.double().mean(0).to(X.dtype), what="the mean", zh="均值")
        got = submission.reconstruct(X, V, mean)
        shadows = compare.tensor(got, shape=X.shape, dtype=X.dtype, what="the shadows", zh="影子").detach()
        lost = lengths(X)[k:].square().sum().to(X.dtype)
        compare.same((X - shadows).square().sum(), lost, what="what is lost", zh="损失的部分", scale=100)


@check(
    "pca.ordered",
    hint="The direction of the largest variance comes first, then the next.",
    zh="方差最大的方向排在最前，其次的随后。",
)
def test_the_largest_variance_comes_first(submission: Any, draw: Draw) -> None:
    for number in range(6):
        X = spread_out(draw, number, tall=True)
        k = draw.size(2, X.shape[1])
        V, _ = found(submission, X, k)
        along = ((X - X.mean(0)) @ V.T).norm(dim=0)
        want = lengths(X)[:k].to(X.dtype)
        compare.same(along, want, what="the spread along each component", zh="沿各主成分的散布", scale=100)


@check(
    "pca.sign_free",
    hint="The shadow is mean plus mixture of components; neither their signs nor their order change it.",
    zh="影子等于均值加上主成分的组合；主成分的正负号和次序都不影响它。",
)
def test_shadows_on_given_components(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, d = draw.sizes(2, 2, 9)
        k, dtype = draw.size(1, d), float_type(number)
        V = torch.linalg.qr(draw.randn(d, d)).Q[:, :k].T
        X, mean = draw.layout(draw.randn(n, d, dtype=dtype), number), 3 * draw.randn(d, dtype=dtype)
        want = (mean.double() + (X.double() - mean.double()) @ (V.T @ V)).to(dtype)
        turned = V[draw.permutation(k)] * (2 * draw.integers(0, 2, k, 1) - 1)
        for components in (V, turned):
            got = submission.reconstruct(X, draw.layout(components.to(dtype), number % 3), mean)
            compare.same(got, want, what="the shadows", zh="影子")


@check(
    "pca.no_lowrank",
    hint="torch.linalg has exact decompositions: svd of the centred rows, or eigh of their covariance.",
    zh="torch.linalg 里有精确的分解：对中心化的各行做 svd，或对协方差做 eigh。",
    needs=["pca.example"],
    weight=0.5,
)
def test_the_decomposition_is_exact(submission: Any) -> None:
    source_rules.forbid_names(
        submission.source, {"torch.pca_lowrank", "torch.svd_lowrank", "torch.lobpcg"}, within="pca"
    )


@check(
    "pca.inputs_unchanged",
    hint="X belongs to the caller: -= takes its mean away for everybody.",
    zh="X 是调用者的：-= 会替所有人减掉它的均值。",
    weight=0.5,
)
def test_pca_leaves_x_alone(submission: Any, draw: Draw) -> None:
    X = draw.randn(7, 3) + 2
    seen = submission.observe("pca", X, 2)
    _, mean = compare.items(seen.result, 2, tuple, "the result", "结果")
    compare.same(mean, X.mean(0), what="the mean", zh="均值")
    compare.unchanged(X, seen.args[0], "X")
    seen = submission.observe("reconstruct", X, torch.eye(3, dtype=F64)[:2], X.mean(0))
    compare.unchanged(X, seen.args[0], "X")
