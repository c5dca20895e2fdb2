"""Has no ReLU for the last knot, so the last line never ends."""

TRIPS = ["hat_network.outside"]

import torch


def piecewise_linear_net(knots, values):
    flat = knots.new_zeros(1)
    slopes = torch.cat([flat, values.diff() / knots.diff()])
    return torch.ones_like(knots[1:])[None], -knots[:-1], slopes.diff()[:, None], values[:1].clone()
