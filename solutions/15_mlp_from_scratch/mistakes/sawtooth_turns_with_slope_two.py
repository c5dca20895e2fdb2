"""Lets the second ReLU take back the first one and forgets that it must go down as well."""

TRIPS = ["hat_network.sawtooth_depth", "hat_network.sawtooth_example"]

import torch


def sawtooth_net(k):
    fold = torch.tensor([[2.0], [-2.0]], dtype=torch.float64)
    both = torch.ones(1, 2, dtype=torch.float64)
    corner = torch.tensor([0.0, -0.5], dtype=torch.float64)
    return [both, *[fold @ both] * (k - 1), fold], [*[corner] * k, torch.zeros(1, dtype=torch.float64)]
