"""First all sines, then all cosines."""

TRIPS = ["positional_encoding.value", "positional_encoding.row0"]

import torch


def positional_encoding(n, d):
    if d % 2:
        raise ValueError(d)
    places = torch.arange(n, dtype=torch.float64)[:, None]
    speeds = 10000.0 ** (-torch.arange(0, d, 2, dtype=torch.float64) / d)
    angles = places * speeds
    return torch.cat([angles.sin(), angles.cos()], dim=1).float()
