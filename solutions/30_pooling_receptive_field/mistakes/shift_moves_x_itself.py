"""copy_ puts the shifted image where the old one was."""

TRIPS = ["equivariance_report.report_is_float"]

import torch


def shift_error(f, x, shift):
    before = torch.roll(f(x), shift, (2, 3))
    x.copy_(torch.roll(x, shift, (2, 3)))
    return (f(x) - before).detach().abs().max().item()
