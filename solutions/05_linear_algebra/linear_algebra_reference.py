"""What the hidden checks of topic 5 share: matrices whose spectrum is known, forbidden names."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32
BOOL = "is_positive_definite.returns_bool"  # the other checks of the four questions need it

OTHER_LIBRARIES = {"numpy.*", "scipy.*"}
PRODUCTS = {
    "@", "torch.mm", "torch.mv", "torch.matmul", "torch.dot", "torch.vdot", "torch.inner", "torch.bmm", "torch.addmm",
    "torch.addmv", "torch.addbmm", "torch.baddbmm", "torch.tensordot", "torch.einsum", "torch.chain_matmul",
    "torch.linalg.*", "torch.cdist", "torch.dist", "torch.corrcoef", "torch.cov", "F.linear", "F.bilinear",
    "nn.Linear", "nn.Bilinear", "nn.LazyLinear", "F.conv1d", "F.conv2d", "F.conv3d", "F.fold",
    "F.scaled_dot_product_attention", "F.cosine_similarity", "torch.sparse.*", "torch.fft.*", "operator.matmul",
    "operator.imatmul", ".__matmul__", ".__rmatmul__", ".__imatmul__", "math.sumprod",
} | OTHER_LIBRARIES  # fmt: skip
PRODUCT_OPERATIONS = {
    "aten::mm", "aten::mv", "aten::dot", "aten::vdot", "aten::bmm", "aten::addmm", "aten::addmv", "aten::addbmm",
    "aten::baddbmm", "aten::linear", "aten::convolution", "aten::matmul", "aten::_cdist_forward",
    "aten::_euclidean_dist", "aten::_sparse_mm", "aten::_addmm_activation", "aten::mkldnn_linear",
    "aten::_scaled_dot_product_flash_attention_for_cpu", "aten::_trilinear",
}  # fmt: skip
NORMS = {
    "torch.norm", "torch.linalg.*", "torch.dist", "torch.cdist", "torch.pdist", "torch.renorm", "torch.nuclear_norm",
    "torch.frobenius_norm", "torch.norm_except_dim", "F.normalize", "F.pairwise_distance", "F.pdist", "F.l1_loss",
    "F.lp_pool1d", "F.lp_pool2d", "nn.PairwiseDistance", "nn.L1Loss", "nn.utils.*", "math.hypot", "math.dist",
} | OTHER_LIBRARIES  # fmt: skip
NORM_OPERATIONS = {
    "aten::linalg_vector_norm", "aten::linalg_matrix_norm", "aten::norm", "aten::dist", "aten::renorm",
    "aten::_cdist_forward", "aten::_euclidean_dist", "aten::_pdist_forward", "aten::native_norm",
    "aten::_linalg_svd", "aten::_foreach_norm",
}  # fmt: skip
SPECTRA = {
    "torch.svd", "torch.svd_lowrank", "torch.pca_lowrank", "torch.lobpcg", "torch.linalg.svd", "torch.linalg.svdvals",
    "torch.linalg.eig", "torch.linalg.eigvals", "torch.linalg.eigh", "torch.linalg.eigvalsh", "torch.linalg.norm",
    "torch.linalg.matrix_norm", "torch.linalg.cond", "torch.linalg.pinv", "torch.linalg.matrix_rank", "torch.pinverse",
    "torch.nuclear_norm", "torch.geqrf", "torch.linalg.qr", "torch.qr", "nn.utils.*",
} | OTHER_LIBRARIES  # fmt: skip
SPECTRUM_OPERATIONS = {
    "aten::_linalg_svd", "aten::linalg_svd", "aten::svd", "aten::_linalg_eigh", "aten::linalg_eigh",
    "aten::linalg_eig", "aten::_linalg_eigvals", "aten::linalg_eigvals", "aten::linalg_qr", "aten::geqrf",
}  # fmt: skip


def rotation(draw: Draw, n: int) -> Tensor:
    """A random orthogonal (n, n) matrix in float64, of determinant 1 or -1."""
    q, r = torch.linalg.qr(draw.randn(n, n))
    return q * r.diagonal().sign()


def with_stretches(draw: Draw, m: int, n: int, stretches: Tensor) -> Tensor:
    """A random (m, n) matrix in float64 with these singular values, at most min(m, n) of them; the rest are 0."""
    count = len(stretches)
    return rotation(draw, m)[:, :count] @ (stretches.unsqueeze(1) * rotation(draw, n)[:count])


def settled(draw: Draw, m: int, n: int) -> Tensor:
    """A random (m, n) matrix whose greatest stretch is well ahead of the others, so that 100 steps are plenty."""
    first = draw.uniform(0.7, 3.0, 1)
    return with_stretches(draw, m, n, torch.cat([first, first * draw.uniform(0.05, 0.6, min(m, n) - 1)]))


def symmetric(draw: Draw, values: Tensor) -> Tensor:
    """A random symmetric float64 matrix with these eigenvalues, exactly symmetric."""
    q = rotation(draw, len(values))
    A = q @ (values.unsqueeze(1) * q.T)
    return (A + A.T) / 2


def from_scratch(submission: Any, name: str, names: set[str], seen: Any, operations: set[str]) -> None:
    """Two guards: the names in the source of the function `name`, and the operations that ran (a claim, but it sees
    through every spelling)."""
    source_rules.forbid_names(submission.source, names, within=name)
    source_rules.forbid_ops(seen, operations)


def a_hundred_by_default(call: Any) -> None:
    """`call(*iters)` gives the same without an argument as with 100, and something else with 99: it still moves."""
    default, hundred, fewer = (compare.finite(call(*iters)).detach() for iters in ((), (100,), (99,)))
    compare.same(default, hundred, rtol=0, atol=0, what="the result without iters", zh="不给 iters 时的结果")
    compare.require(
        default.shape == fewer.shape and not torch.equal(default, fewer),
        "one step less than 100 makes no difference, although the steps have not settled yet.",
        "迭代尚未稳定，少走一步却毫无差别。",
    )


def same_generator_only(call: Any, submission: Any, draw: Draw) -> None:
    """`call(generator)` gives a tensor that is decided by the generator's state, and by nothing else."""
    before = submission.build("torch.get_rng_state()")
    one, other = draw.new_generator(), draw.new_generator()
    first, again, different = (compare.finite(call(generator)).detach() for generator in (one, one, other))
    compare.same(again, first, rtol=0, atol=0, what="the result of a second, equal call", zh="第二次相同调用的结果")
    compare.require(
        first.shape != different.shape or not torch.equal(first, different),
        "after one step from another random start the result is exactly the same: the start is not random.",
        "换一个随机起点迭代一步，结果却完全相同：起点不是随机的。",
    )
    after = compare.tensor(submission.build("torch.get_rng_state()"))
    compare.require(
        torch.equal(compare.tensor(before), after),
        "the global random generator was used; only the one that is passed in may be.",
        "用到了全局随机数生成器；只能使用传入的 generator。",
    )


def definite(draw: Draw, n: int) -> Tensor:
    """Symmetric, with eigenvalues from 0.2 to 2."""
    return symmetric(draw, draw.uniform(0.2, 2.0, n))


def answers(submission: Any, name: str, want: bool, A: Tensor, en: str, zh: str) -> None:
    """`name` answers `want` for A, which is called `en` in a message."""
    got = compare.is_type(getattr(submission, name)(A), bool)
    compare.require(
        got is want,
        f"{name} should say {want} for {en}, but says {not want}.",
        f"对{zh}，{name} 应当回答 {want}，却回答了 {not want}。",
        reason="value",
    )
