"""NumPy broadcasts outside of torch, where nobody counts."""

TRIPS = ["pairwise_distance.from_scratch"]

import numpy as np
import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    left, right = np.asarray(a), np.asarray(b)
    return torch.from_numpy(np.sqrt(((left[:, None] - right[None]) ** 2).sum(-1)))
