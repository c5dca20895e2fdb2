"""A map is its four numbers; where it moves things is added at the end, once."""

import torch

TRIPS = ["affine_grid.value_nonsquare", "affine_grid.gradients", "compose_affine.inverse"]


def affine_grid(theta, H, W):
    columns = (2 * torch.arange(W, dtype=theta.dtype, device=theta.device) + 1) / W - 1
    rows = (2 * torch.arange(H, dtype=theta.dtype, device=theta.device) + 1) / H - 1
    x, y = (columns.expand(H, W), rows[:, None].expand(H, W))
    places = torch.stack([x, y, torch.zeros_like(x)], -1)
    return torch.einsum('hwk,nik->nhwi', places, theta)


def compose(A, B):
    moved = torch.cat([torch.zeros_like(A[:, :2]), A[:, 2:]], 1)
    return torch.cat([A[:, :2] @ B[:, :2], A[:, 2:] + B[:, 2:]], 1)
