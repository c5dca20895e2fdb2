"""A convolution turns the kernel."""

TRIPS = ["conv_as_matrix.toeplitz", "conv_as_matrix.example"]

import torch


def conv1d_matrix(k, n):
    if len(k) > n:
        raise ValueError("too long")
    return torch.stack([torch.cat([k.new_zeros(i), k.flip(0), k.new_zeros(n - len(k) - i)]) for i in range(n - len(k) + 1)])
