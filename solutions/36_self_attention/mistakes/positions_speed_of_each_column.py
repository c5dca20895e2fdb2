"""Every column has a speed of its own."""

TRIPS = ["positional_encoding.unit_pair_norm", "positional_encoding.value"]

import torch


def positional_encoding(n, d):
    if d % 2:
        raise ValueError(d)
    places = torch.arange(n, dtype=torch.float64)[:, None]
    angles = places * 10000.0 ** (-torch.arange(d, dtype=torch.float64) / d)
    return torch.stack([angles[:, 0::2].sin(), angles[:, 1::2].cos()], dim=-1).flatten(1).float()
