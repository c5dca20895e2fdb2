"""backward() gives the gradient of the image."""

TRIPS = ["empirical_rf.leaves_model_alone"]

import torch


def empirical_rf(model, H):
    image = torch.ones(1, 1, H, H, dtype=next(model.parameters(), torch.ones(())).dtype, requires_grad=True)
    out = model(image)
    pixel = out[0, :, out.shape[2] // 2, out.shape[3] // 2].sum()
    pixel.backward()
    slope = image.grad
    rows, columns = slope[0, 0].nonzero(as_tuple=True)
    if not len(rows):
        return 0, 0
    return int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1
