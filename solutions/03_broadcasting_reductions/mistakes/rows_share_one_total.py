"""All entries together are normalised, so everything is divided by the total."""

TRIPS = ["normalize_rows.value", "normalize_rows.example"]

from torch import Tensor


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    return A / (A.sum() + eps)
