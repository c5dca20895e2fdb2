"""bos is put in front, and nothing is lost."""

TRIPS = ["shift_right.same_length"]

import torch


def shift_right(y, bos):
    first = torch.full_like(y[:, :1], bos)
    return torch.cat([first, y], dim=1)
