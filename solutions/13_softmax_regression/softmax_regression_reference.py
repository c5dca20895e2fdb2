"""What the hidden checks of softmax-regression share: scores and labels, what is forbidden, and for fit the steps by
the formula. The reference is torch's own softmax and loss, on this side of the wall."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.seeding import Draw, float_type

F64, F32 = torch.float64, torch.float32
READY_MADE = {
    "torch.softmax", "torch.log_softmax", "F.softmax", "F.log_softmax", "F.softmin", "F.gumbel_softmax",
    "torch.special.softmax", "torch.special.log_softmax", "torch.sparse.softmax", "torch.sparse.log_softmax",
    "nn.Softmax", "nn.LogSoftmax", "nn.Softmin", "nn.Softmax2d", "nn.AdaptiveLogSoftmaxWithLoss",
    "F.cross_entropy", "F.nll_loss", "F.kl_div", "torch.kl_div", "nn.CrossEntropyLoss", "nn.NLLLoss",
    "nn.KLDivLoss", "F.scaled_dot_product_attention", "torch.distributions.*", "scipy.*",
}  # fmt: skip
OPERATIONS = {
    "aten::_softmax", "aten::_log_softmax", "aten::_safe_softmax", "aten::_masked_softmax", "aten::softmax",
    "aten::log_softmax", "aten::nll_loss_forward", "aten::nll_loss", "aten::nll_loss_nd", "aten::kl_div",
    "aten::cross_entropy_loss", "aten::_scaled_dot_product_attention_math",
    "aten::_scaled_dot_product_flash_attention", "aten::_scaled_dot_product_flash_attention_for_cpu",
}  # fmt: skip


def batch(draw: Draw, number: int = 0) -> tuple[Tensor, Tensor]:
    """Scores (n, C) and labels (n,), n != C except in every sixth case."""
    n, classes = draw.sizes(2, 2, 9)
    n = classes if number % 6 == 5 else n
    z = draw.layout(3 * draw.randn(n, classes, dtype=float_type(number)), number)
    y = draw.integers(0, classes, n)
    return z, draw.noncontiguous(y) if number % 2 else y


def from_scratch(submission: Any, task: str, seen: Any) -> None:
    """Two guards: the names in the source, and the operations that ran (a claim, but it sees through spellings)."""
    source_rules.forbid_names(submission.source, READY_MADE, within=task)
    source_rules.forbid_ops(seen, OPERATIONS)


PARTS = """
def cross_entropy(z, y, reduction="mean", ignore_index=None):
    return F.cross_entropy(z, y, reduction=reduction, ignore_index=-100 if ignore_index is None else ignore_index)
student.cross_entropy, student.softmax = cross_entropy, lambda x, dim=-1: torch.softmax(x, dim)
student.one_hot, student.nll = lambda y, C: F.one_hot(y, C).float(), lambda logp, y: F.nll_loss(logp, y)
"""
FIT = """
model, g = student.SoftmaxRegression(X.shape[1], C), torch.Generator().manual_seed(seed)
losses = [model.fit(X, y, epochs=epochs, lr=lr, batch=batch, generator=g) for _ in range(fits)]
[losses, model.logits(torch.cat([torch.zeros(1, X.shape[1]), torch.eye(X.shape[1])])), X, y]
"""


def with_right_parts(fresh_submission: Any) -> Any:
    """The submission with its own softmax and loss replaced by right ones, so that no mistake is blamed twice."""
    submission = fresh_submission()
    submission.build(PARTS)
    return submission


def trained(
    submission: Any, X: Tensor, y: Tensor, C: int, *, fits: int = 1, **how: Any
) -> tuple[list[list[float]], Tensor]:
    """After `fits` calls of fit: their lists of losses, and W with b below it, (d + 1, C)."""
    found = submission.build(FIT, X=X, y=y, C=C, fits=fits, **how)
    losses, out, after_X, after_y = compare.items(found, 4, list)
    lists = []
    for one in compare.items(losses, fits, list):
        entries = compare.items(one, how["epochs"], list, "the list of losses", "损失的列表")
        lists.append([compare.is_type(entry, float, "a loss", "损失") for entry in entries])
    shape = (X.shape[1] + 1, C)
    out = compare.tensor(out, shape=shape, dtype=F32, what="the logits", zh="logits").detach()
    compare.unchanged(X, after_X, "X")
    compare.unchanged(y, after_y, "y")
    return lists, torch.cat([out[1:] - out[0], out[:1]])


def step(theta: Tensor, X: Tensor, y: Tensor, lr: float) -> Tensor:
    """One step of gradient descent in float64, by the formula."""
    full = torch.cat([X.double(), torch.ones(len(X), 1, dtype=F64)], dim=1)
    rest = torch.softmax(full @ theta, 1) - F.one_hot(y, theta.shape[1])
    return theta - lr / len(X) * full.T @ rest


def points(draw: Draw, n: int, d: int, C: int) -> tuple[Tensor, Tensor, Tensor]:
    """X, y and zero parameters. Some feature is far from centred, so that a forgotten bias shows."""
    X = draw.randn(n, d, dtype=F32)
    return X, draw.labels(n, C), torch.zeros(d + 1, C, dtype=F64)
