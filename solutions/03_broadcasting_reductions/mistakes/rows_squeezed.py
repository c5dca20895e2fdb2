"""The size 1 that keepdim leaves behind is superfluous and can be squeezed away everywhere."""

TRIPS = ["normalize_rows.keepdim_column"]

from torch import Tensor


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    return (A / (A.sum(dim=1, keepdim=True) + eps)).squeeze()
