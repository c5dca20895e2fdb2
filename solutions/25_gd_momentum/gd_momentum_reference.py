"""What the hidden checks of topic 25 share: Hessians with chosen eigenvalues, and the two kinds of momentum."""

from __future__ import annotations

import torch
from torch import Tensor

from autograder.checks.seeding import Draw

F32, F64 = torch.float32, torch.float64


def turned(draw: Draw, eigenvalues: list[float]) -> Tensor:
    """A symmetric float64 matrix with these eigenvalues in a random orthonormal basis."""
    basis, _ = torch.linalg.qr(draw.randn(len(eigenvalues), len(eigenvalues)))
    H = basis @ torch.diag(torch.tensor(eigenvalues, dtype=F64)) @ basis.T
    return (H + H.T) / 2


def with_momentum(name: str, p: Tensor, gradients: Tensor, rates: list[float], mu: float) -> list[Tensor]:
    """The points after each step of "momentum_step" or "nesterov_step", for gradients given beforehand."""
    v, path = torch.zeros_like(p), []
    for g, lr in zip(gradients, rates, strict=True):
        v = mu * v + g
        p = p - lr * (g + mu * v if name == "nesterov_step" else v)
        path.append(p)
    return path


def counted(slope: Tensor, x: Tensor, lr: float, mu: float, tol: float, most: int) -> int:
    """Steps until sum(slope * x^2) / 2 is at most tol, as an exact recursion."""
    v = torch.zeros_like(x)
    for k in range(most):
        if float((slope * x**2).sum() / 2) <= tol:
            return k
        v = mu * v + slope * x
        x = x - lr * v
    return most
