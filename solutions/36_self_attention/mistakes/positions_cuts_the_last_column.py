"""An odd width loses its last cosine."""

TRIPS = ["positional_encoding.odd_d_raises"]

import torch


def positional_encoding(n, d):
    places = torch.arange(n, dtype=torch.float64)[:, None]
    speeds = 10000.0 ** (-torch.arange(0, d, 2, dtype=torch.float64) / d)
    angles = places * speeds
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1).float()[:, :d]
