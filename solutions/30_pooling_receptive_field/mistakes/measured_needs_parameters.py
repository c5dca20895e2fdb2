"""Every network has parameters."""

TRIPS = ["empirical_rf.any_model"]

import torch


def empirical_rf(model, H):
    image = torch.ones(1, 1, H, H, dtype=next(model.parameters()).dtype, requires_grad=True)
    out = model(image)
    pixel = out[0, :, out.shape[2] // 2, out.shape[3] // 2].sum()
    (slope,) = torch.autograd.grad(pixel, image)
    rows, columns = slope[0, 0].nonzero(as_tuple=True)
    if not len(rows):
        return 0, 0
    return int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1
