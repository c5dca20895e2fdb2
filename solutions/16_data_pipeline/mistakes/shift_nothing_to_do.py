"""Without a step the picture is returned."""

import torch

TRIPS = ["random_shift.input_unchanged"]


def random_shift(x, max_shift, generator=None, fill=0.0):
    if max_shift < 0:
        raise ValueError("max_shift")
    if max_shift == 0:
        return x
    n, c, h, w = x.shape
    m = max_shift
    wide = torch.full((n, c, h + 2 * m, w + 2 * m), fill, dtype=x.dtype)
    wide[:, :, m : m + h, m : m + w] = x
    corners = torch.randint(0, 2 * m + 1, (n, 2), generator=generator)
    shifted = torch.empty_like(x)
    for i, (top, left) in enumerate(corners.tolist()):
        shifted[i] = wide[i, :, top : top + h, left : left + w]
    return shifted
