"""A positive shift brings the pixels from below and from the right."""

TRIPS = ["equivariance_report.directions", "equivariance_report.fc_fails"]

import torch


def shift_error(f, x, shift):
    moved = torch.roll(x, (-shift[0], -shift[1]), (2, 3))
    return (f(moved) - torch.roll(f(x), (-shift[0], -shift[1]), (2, 3))).detach().abs().max().item()
