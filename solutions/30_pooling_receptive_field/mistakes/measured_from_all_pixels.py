"""The sum of all outputs sees what each of them sees."""

TRIPS = ["empirical_rf.matches_formula", "empirical_rf.example"]

import torch


def empirical_rf(model, H):
    image = torch.ones(1, 1, H, H, dtype=next(model.parameters(), torch.ones(())).dtype, requires_grad=True)
    out = model(image)
    pixel = out.sum()
    (slope,) = torch.autograd.grad(pixel, image)
    rows, columns = slope[0, 0].nonzero(as_tuple=True)
    if not len(rows):
        return 0, 0
    return int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1
