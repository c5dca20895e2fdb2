"""long() rounds down."""

import torch

TRIPS = ["bilinear_sample.outside_zero"]


def grid_sample(x, grid):
    height, width = x.shape[2:]
    u = ((grid[..., 0] + 1) * width - 1) / 2
    v = ((grid[..., 1] + 1) * height - 1) / 2
    left, top = (u.trunc(), v.trunc())
    images = torch.arange(len(x), device=x.device)[:, None, None]
    total = x.new_zeros(())
    for row, down in ((top, top + 1 - v), (top + 1, v - top)):
        for column, right in ((left, left + 1 - u), (left + 1, u - left)):
            inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
            place = (row.clamp(0, height - 1).long(), column.clamp(0, width - 1).long())
            pixel = x[images, :, place[0], place[1]]
            total = total + (down * right * inside)[..., None] * pixel
    return total.permute(0, 3, 1, 2)
