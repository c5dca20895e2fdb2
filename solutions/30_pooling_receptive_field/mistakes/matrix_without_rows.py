"""A kernel that is too long gives a matrix without rows."""

TRIPS = ["conv_as_matrix.edges"]

import torch


def conv1d_matrix(k, n):
    if len(k) > n:
        return k.new_zeros(0, n)
    return torch.stack([torch.cat([k.new_zeros(i), k, k.new_zeros(n - len(k) - i)]) for i in range(n - len(k) + 1)])
