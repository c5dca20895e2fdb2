"""dim=0 is the rows, so the sum over dim 0 is the sum of a row."""

TRIPS = ["normalize_rows.value", "normalize_rows.example"]

from torch import Tensor


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    return A / (A.sum(dim=0, keepdim=True) + eps)
