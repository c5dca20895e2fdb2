"""Takes the first and the last slope without asking whether there is one."""

TRIPS = ["hat_network.one_knot"]

import torch


def piecewise_linear_net(knots, values):
    inner = values.diff() / knots.diff()
    changes = torch.stack([inner[0], *inner.diff(), -inner[-1]])
    return torch.ones_like(knots)[None], -knots, changes[:, None], values[:1].clone()
