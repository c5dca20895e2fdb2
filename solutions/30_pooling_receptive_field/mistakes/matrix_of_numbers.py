"""A matrix is made from a list of numbers."""

TRIPS = ["conv_as_matrix.gradient"]

import torch


def conv1d_matrix(k, n):
    k = torch.tensor(k.tolist(), dtype=k.dtype)
    if len(k) > n:
        raise ValueError("too long")
    return torch.stack([torch.cat([k.new_zeros(i), k, k.new_zeros(n - len(k) - i)]) for i in range(n - len(k) + 1)])
