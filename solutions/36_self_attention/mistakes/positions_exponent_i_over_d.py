"""The exponent counts pairs: i / d."""

TRIPS = ["positional_encoding.value", "positional_encoding.example"]

import torch


def positional_encoding(n, d):
    if d % 2:
        raise ValueError(d)
    places = torch.arange(n, dtype=torch.float64)[:, None]
    speeds = 10000.0 ** (-torch.arange(d // 2, dtype=torch.float64) / d)
    angles = places * speeds
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1).float()
