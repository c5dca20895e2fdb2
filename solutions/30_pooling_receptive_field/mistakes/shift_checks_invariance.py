"""A function that stands shifts gives the same result for both images."""

TRIPS = ["equivariance_report.conv_zero_error", "equivariance_report.strided_fails"]

import torch


def shift_error(f, x, shift):
    moved = torch.roll(x, shift, (2, 3))
    return (f(moved) - f(x)).detach().abs().max().item()
