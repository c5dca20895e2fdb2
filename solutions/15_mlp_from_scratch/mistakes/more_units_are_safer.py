"""Adds units that are not needed."""

TRIPS = ["hat_network.few_units", "hat_network.sawtooth_units"]

import torch


def piecewise_linear_net(knots, values):
    flat = knots.new_zeros(1)
    slopes = torch.cat([flat, values.diff() / knots.diff(), flat])
    return torch.ones_like(knots).repeat(2)[None], -knots.repeat(2), slopes.diff().repeat(2)[:, None] / 2, values[:1].clone()


def sawtooth_net(k):
    fold = torch.tensor([[2.0], [-4.0], [0.0]], dtype=torch.float64)
    both = torch.ones(1, 3, dtype=torch.float64)
    corner = torch.tensor([0.0, -0.5, -1.0], dtype=torch.float64)
    return [both, *[fold @ both] * (k - 1), fold], [*[corner] * k, torch.zeros(1, dtype=torch.float64)]
