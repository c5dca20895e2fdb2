"""Goes from image to image and from pixel to pixel."""

import math

import torch

TRIPS = ["affine_grid.no_loop", "bilinear_sample.no_pixel_loop"]
ALSO = ["train_stn.example"]  # on a slow machine it takes too long there


def affine_grid(theta, H, W):
    grids = []
    for one in theta:
        rows = []
        for i in range(H):
            place = torch.ones(3, W, dtype=theta.dtype)
            place[0] = (2 * torch.arange(W) + 1) / W - 1
            place[1] = (2 * i + 1) / H - 1
            place[0] = torch.tensor([(2 * j + 1) / W - 1 for j in range(W)], dtype=theta.dtype)
            rows.append((one @ place).T)
        grids.append(torch.stack(rows))
    return torch.stack(grids) if grids else theta.new_zeros(0, H, W, 2)


def grid_sample(x, grid):
    n, c, height, width = x.shape
    images = []
    for number in range(n):
        pixels = []
        for place in grid[number].reshape(-1, 2):
            u, v = ((place[0] + 1) * width - 1) / 2, ((place[1] + 1) * height - 1) / 2
            left, top = math.floor(u), math.floor(v)
            value = x.new_zeros(c)
            for row, down in ((top, top + 1 - v), (top + 1, v - top)):
                for column, right in ((left, left + 1 - u), (left + 1, u - left)):
                    if 0 <= row < height and 0 <= column < width:
                        value = value + down * right * x[number, :, row, column]
            pixels.append(value)
        images.append(torch.stack(pixels, 1).view(c, *grid.shape[1:3]))
    return torch.stack(images) if images else x.new_zeros(0, c, *grid.shape[1:3])
