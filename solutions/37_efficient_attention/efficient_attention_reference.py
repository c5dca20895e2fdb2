"""What the hidden checks of efficient-attention share: every result with its n x n matrix in the open."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.seeding import Draw, float_type

F64, F32 = torch.float64, torch.float32
MASK = {"what": "the mask", "zh": "掩码"}


def triple(draw: Draw, number: int, low: int = 2, high: int = 9) -> tuple[Tensor, Tensor, Tensor]:
    """q, k (B, n, d) and v (B, n, e) with four different sizes, in memory layouts and floating types in turn."""
    B, n, d, e = draw.sizes(4, low, high)
    dtype = float_type(number)
    return (
        draw.layout(draw.randn(B, n, d, dtype=dtype), number),
        draw.layout(draw.randn(B, n, d, dtype=dtype), number + 1),
        draw.layout(draw.randn(B, n, e, dtype=dtype), number % 3),
    )


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    """Attention with all its scores."""
    scores = q @ k.mT / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return scores.softmax(-1) @ v


def window(n: int, w: int) -> Tensor:
    place = torch.arange(n)
    return (place[:, None] - place).abs() <= w


def special(n: int, idx: list[int]) -> Tensor:
    mask = torch.eye(n, dtype=torch.bool)
    for token in idx:
        mask[token], mask[:, token] = True, True
    return mask


def phi(x: Tensor) -> Tensor:
    return torch.where(x > 0, x + 1, x.clamp(max=0).exp())


def by_kernel(q: Tensor, k: Tensor, v: Tensor, causal: bool = False) -> Tensor:
    """Linear attention with all its weights."""
    weights = phi(q) @ phi(k).mT
    weights = weights.tril() if causal else weights
    return weights @ v / weights.sum(-1, keepdim=True)


def groups(k: Tensor, stride: int) -> Tensor:
    n = k.shape[1]
    return torch.stack([k[:, at : min(at + stride, n)].mean(1) for at in range(0, n, stride)], 1)


def nearest(x: Tensor, centroids: Tensor) -> Tensor:
    return torch.cdist(x.double(), centroids.double(), compute_mode="donot_use_mm_for_euclid_dist").argmin(1)


def balance(logits: Tensor, iters: int) -> Tensor:
    for _ in range(iters):
        for dim in (1, 0):
            logits = logits - torch.logsumexp(logits, dim, keepdim=True)
    return logits.exp()


def small(seen: Any, result: Tensor, limit: int) -> None:
    """The observation of a call with the right result: no tensor of `limit` elements or more was made."""
    compare.same(seen.result, result)
    largest = seen.largest
    compare.require(
        type(largest) is int and 0 < largest < limit,
        "a tensor was made that grows like n x n: that is what this task wants to avoid.",
        "生成了一个像 n x n 那样增长的张量：这正是本任务想要避免的。",
        reason="memory",
    )
