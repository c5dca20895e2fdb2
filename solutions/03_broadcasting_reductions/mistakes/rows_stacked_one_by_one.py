"""Normalising row by row and stacking covers every table. (No row, nothing to stack.)"""

TRIPS = ["normalize_rows.keepdim_column"]

import torch
from torch import Tensor


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    return torch.stack([row / (row.sum() + eps) for row in A])
