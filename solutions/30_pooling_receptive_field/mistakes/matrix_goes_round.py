"""The matrix is square: what leaves on the right comes back on the left."""

TRIPS = ["conv_as_matrix.toeplitz", "conv_as_matrix.example"]

import torch


def conv1d_matrix(k, n):
    if len(k) > n:
        raise ValueError("too long")
    return torch.stack([torch.cat([k, k.new_zeros(n - len(k))]).roll(i) for i in range(n)])
