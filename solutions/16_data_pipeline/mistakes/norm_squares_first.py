"""The mean of the squares minus the squared mean is the variance."""

import torch

TRIPS = ["normalize.stats_large_mean"]


def fit_channel_stats(ds):
    if len(ds) == 0:
        raise ValueError("no pictures")
    pictures = [ds[i][0] for i in range(len(ds))]
    pictures = [img.float() / 255 if img.dtype == torch.uint8 else img for img in pictures]
    kind = pictures[0].dtype
    pixels = torch.cat([img.flatten(1) for img in pictures], dim=1)
    mean = pixels.mean(dim=1)
    std = (pixels.square().mean(dim=1) - mean.square()).clamp(min=0).sqrt()
    return mean.to(kind), std.to(kind)
