"""torch has all of this."""

import torch
import torch.nn.functional as F

TRIPS = ["affine_grid.no_builtin", "bilinear_sample.no_builtin"]


def affine_grid(theta, H, W):
    if not len(theta):
        return theta.new_zeros(0, H, W, 2)
    return F.affine_grid(theta, [len(theta), 1, H, W], align_corners=False)


def grid_sample(x, grid):
    return torch.grid_sampler_2d(x, grid, 0, 0, False)
