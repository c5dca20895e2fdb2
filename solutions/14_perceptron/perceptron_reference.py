"""What the hidden checks of topic 14 share."""

from __future__ import annotations

import torch
from torch import Tensor

from autograder.checks.seeding import Draw, float_type

F64, F32 = torch.float64, torch.float32
XOR = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=F64)


def labels(draw: Draw, n: int) -> Tensor:
    return 2 * draw.integers(0, 2, n) - 1


def scored(draw: Draw, number: int, n: int | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """X, y, w, b with scores off the kink."""
    dtype, (rows, d) = float_type(number), draw.sizes(2, 2, 9)
    rows = rows if n is None else n
    w, b, y = draw.randn(d, dtype=dtype), 2 * draw.randn(1, dtype=dtype)[0], labels(draw, rows)
    X = draw.randn(rows, d, dtype=dtype)
    score = X @ w + b
    X = X + torch.outer(torch.where(score < 0, -0.1, 0.1).to(dtype), w / w.square().sum())
    return draw.layout(X, number), y, w, b
