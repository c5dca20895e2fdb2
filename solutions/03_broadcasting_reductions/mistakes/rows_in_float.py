"""Tables are float32."""

TRIPS = ["normalize_rows.value"]

from torch import Tensor


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    return A.float() / (A.float().sum(dim=1, keepdim=True) + eps)
