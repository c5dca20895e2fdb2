"""The first position is position 1."""

TRIPS = ["positional_encoding.row0"]

import torch


def positional_encoding(n, d):
    if d % 2:
        raise ValueError(d)
    places = torch.arange(1, n + 1, dtype=torch.float64)[:, None]
    speeds = 10000.0 ** (-torch.arange(0, d, 2, dtype=torch.float64) / d)
    angles = places * speeds
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1).float()
