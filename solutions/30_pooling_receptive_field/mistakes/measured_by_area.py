"""The box is a square with as many pixels as have a gradient."""

TRIPS = ["empirical_rf.matches_formula", "empirical_rf.bounding_box", "empirical_rf.example"]

import torch


def empirical_rf(model, H):
    image = torch.ones(1, 1, H, H, dtype=next(model.parameters(), torch.ones(())).dtype, requires_grad=True)
    out = model(image)
    pixel = out[0, :, out.shape[2] // 2, out.shape[3] // 2].sum()
    (slope,) = torch.autograd.grad(pixel, image)
    rows, columns = slope[0, 0].nonzero(as_tuple=True)
    if not len(rows):
        return 0, 0
    return round(len(rows) ** 0.5), round(len(rows) ** 0.5)
