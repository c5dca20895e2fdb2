"""eps keeps the sum from becoming too small: the larger of the two is taken."""

TRIPS = ["normalize_rows.zero_row_eps"]

from torch import Tensor


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    total = A.sum(dim=1, keepdim=True)
    return A / (total.clamp(min=eps) if eps else total)
