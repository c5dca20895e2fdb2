"""Every row has weights of its own; at the start they are alike up to a little noise."""

TRIPS = ["conv_as_matrix.shared_values", "conv_as_matrix.toeplitz"]

import torch


def conv1d_matrix(k, n):
    if len(k) > n:
        raise ValueError("too long")
    return torch.stack([torch.cat([k.new_zeros(i), k * (1 + 0.001 * i), k.new_zeros(n - len(k) - i)]) for i in range(n - len(k) + 1)])
