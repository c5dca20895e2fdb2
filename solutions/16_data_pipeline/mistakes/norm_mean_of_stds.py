"""The spread of all pictures is the mean of their spreads."""

import torch

TRIPS = ["normalize.stats_over_all_pixels"]


def fit_channel_stats(ds):
    if len(ds) == 0:
        raise ValueError("no pictures")
    pictures = [ds[i][0] for i in range(len(ds))]
    pictures = [img.float() / 255 if img.dtype == torch.uint8 else img for img in pictures]
    kind = pictures[0].dtype
    pixels = torch.cat([img.flatten(1) for img in pictures], dim=1).double()
    mean = pixels.mean(dim=1)
    std = torch.stack([img.double().flatten(1).std(dim=1, correction=0) for img in pictures]).mean(dim=0)
    return mean.to(kind), std.to(kind)
