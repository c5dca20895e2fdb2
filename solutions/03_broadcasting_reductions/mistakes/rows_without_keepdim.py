"""A.sum(1) has one number per row, so dividing by it divides every row by its number."""

TRIPS = ["normalize_rows.square_input", "normalize_rows.value", "normalize_rows.example"]

from torch import Tensor


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    return A / (A.sum(dim=1) + eps)
