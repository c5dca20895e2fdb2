"""The error is the mean difference."""

TRIPS = ["equivariance_report.fc_fails", "equivariance_report.directions", "equivariance_report.example"]

import torch


def shift_error(f, x, shift):
    moved = torch.roll(x, shift, (2, 3))
    return (f(moved) - torch.roll(f(x), shift, (2, 3))).detach().abs().mean().item()
