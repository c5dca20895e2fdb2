"""Places are (row, column), as in an index."""

import torch

TRIPS = ["affine_grid.value_nonsquare", "affine_grid.example", "bilinear_sample.value"]
ALSO = ["STN.example"]


def affine_grid(theta, H, W):
    columns = (2 * torch.arange(W, dtype=theta.dtype, device=theta.device) + 1) / W - 1
    rows = (2 * torch.arange(H, dtype=theta.dtype, device=theta.device) + 1) / H - 1
    x, y = (columns.expand(H, W), rows[:, None].expand(H, W))
    places = torch.stack([y, x, torch.ones_like(x)], -1)
    return torch.einsum('hwk,nik->nhwi', places, theta)


def grid_sample(x, grid):
    height, width = x.shape[2:]
    u = ((grid[..., 1] + 1) * width - 1) / 2
    v = ((grid[..., 0] + 1) * height - 1) / 2
    left, top = (u.floor(), v.floor())
    images = torch.arange(len(x), device=x.device)[:, None, None]
    total = x.new_zeros(())
    for row, down in ((top, top + 1 - v), (top + 1, v - top)):
        for column, right in ((left, left + 1 - u), (left + 1, u - left)):
            inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
            place = (row.clamp(0, height - 1).long(), column.clamp(0, width - 1).long())
            pixel = x[images, :, place[0], place[1]]
            total = total + (down * right * inside)[..., None] * pixel
    return total.permute(0, 3, 1, 2)
