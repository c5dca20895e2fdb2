"""A normalised row has length 1."""

TRIPS = ["normalize_rows.value", "normalize_rows.example"]

from torch import Tensor


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    return A / (A.norm(dim=1, keepdim=True) + eps)
