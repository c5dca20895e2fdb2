"""A tensor of shape () is a number."""

TRIPS = ["equivariance_report.report_is_float", "equivariance_report.example"]

import torch


def shift_error(f, x, shift):
    moved = torch.roll(x, shift, (2, 3))
    return (f(moved) - torch.roll(f(x), shift, (2, 3))).detach().abs().max()
