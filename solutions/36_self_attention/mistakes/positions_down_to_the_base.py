"""The slowest pair has exactly the speed 1/10000."""

TRIPS = ["positional_encoding.value"]

import torch


def positional_encoding(n, d):
    if d % 2:
        raise ValueError(d)
    places = torch.arange(n, dtype=torch.float64)[:, None]
    speeds = torch.logspace(0, -4, d // 2, dtype=torch.float64)
    angles = places * speeds
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1).float()
