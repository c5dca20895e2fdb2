"""Hidden checks of pooling-receptive-field: a convolution as a matrix."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32


def toeplitz(k: Tensor, n: int) -> Tensor:
    apart = torch.arange(n) - torch.arange(n - len(k) + 1)[:, None]
    inside = (apart >= 0) & (apart < len(k))
    return torch.where(inside, k[apart.clamp(0, len(k) - 1)], torch.zeros((), dtype=k.dtype))


@check(
    "conv_as_matrix.toeplitz",
    hint="Row i says which inputs the output i looks at: k, beginning at column i. Not turned round, not wrapped.",
    zh="第 i 行说明第 i 个输出看哪些输入：从第 i 列开始的 k。不翻转，不循环。",
)
def test_the_matrix_does_what_the_kernel_does(submission: Any, draw: Draw) -> None:
    for number in range(12):
        size, n = draw.size(1, 5), draw.size(6, 12)
        k = draw.randn(size, dtype=F32 if number % 5 == 4 else F64)
        k = draw.noncontiguous(k) if number % 2 else k
        got = compare.tensor(submission.conv1d_matrix(k, n), shape=(n - size + 1, n), what="the matrix", zh="矩阵")
        compare.same(got, toeplitz(k, n), what="the matrix", zh="矩阵")
        x = draw.randn(n, dtype=k.dtype)
        compare.same(got @ x, F.conv1d(x[None, None], k[None, None])[0, 0], what="M @ x", zh="M @ x")


@check(
    "conv_as_matrix.shared_values",
    hint="However large the matrix, it holds only the K numbers of the kernel, and each of them in every row.",
    zh="矩阵再大，里面也只有核的 K 个数，而且每个数在每一行都出现。",
)
def test_only_the_kernel_is_in_it(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        size, n = draw.size(2, 5), draw.size(9, 14)
        k = 1 + draw.permutation(size).double()
        shape = (n - size + 1, n)
        got = compare.tensor(submission.conv1d_matrix(k, n), shape=shape, dtype=F64, what="the matrix", zh="矩阵")
        values, counts = got.detach()[got != 0].unique(return_counts=True)
        compare.same(values, k.sort().values, what="the different values of the matrix", zh="矩阵中不同的值")
        compare.equal(counts.tolist(), [n - size + 1] * size, what="how often each occurs", zh="每个值出现的次数")
    compare.same(submission.conv1d_matrix(torch.zeros(3), 5), torch.zeros(3, 5), what="the matrix", zh="矩阵")


@check(
    "conv_as_matrix.gradient",
    hint="One weight stands in many rows, so its gradient is a sum over them: the matrix must stay connected to k.",
    zh="一个权重出现在许多行，它的梯度是各行之和：矩阵必须与 k 保持连接。",
)
def test_shared_weights_add_their_gradients(submission: Any, draw: Draw) -> None:
    gradients.match(lambda k: submission.conv1d_matrix(k, 7), lambda k: toeplitz(k, 7), lambda d: d.randn(3), draw)


@check(
    "conv_as_matrix.edges",
    hint="A kernel as long as x gives one row. A longer one fits nowhere: raise ValueError.",
    zh="与 x 一样长的核只有一行；更长的放不下：抛出 ValueError。",
)
def test_kernels_that_fit_once_or_never(submission: Any, draw: Draw) -> None:
    k = draw.randn(draw.size(3, 6))
    compare.same(submission.conv1d_matrix(k, len(k)), k[None], what="the matrix", zh="矩阵")
    compare.same(submission.conv1d_matrix(k[:1], 1), k[:1, None], what="the matrix", zh="矩阵")
    for n in (len(k) - 1, 1):
        compare.raises(ValueError, submission.conv1d_matrix, k, n)


@check("conv_as_matrix.input_unchanged", hint="k belongs to the caller.", zh="k 是调用者的，不可改动。")
def test_the_kernel_stays(submission: Any, draw: Draw) -> None:
    k = draw.randn(4)
    seen = submission.observe("conv1d_matrix", k, 7)
    compare.tensor(seen.result, shape=(4, 7), dtype=F64)
    compare.unchanged(k, seen.args[0], "k")


@check(
    "conv_as_matrix.param_ratio",
    hint="A fully connected layer has a weight for every pair of an input and an output. The convolution has K.",
    zh="全连接层对每一对输入和输出都有一个权重；卷积只有 K 个。",
)
def test_how_many_weights_are_saved(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        size = draw.size(1, 9)
        n = draw.size(size, 60)
        want = n * (n - size + 1) / size
        compare.number(submission.param_ratio(size, n), want, 1e-9, 1e-9, what="the ratio", zh="比值")
    compare.is_type(submission.param_ratio(2, 5), float, "the ratio", "比值")
