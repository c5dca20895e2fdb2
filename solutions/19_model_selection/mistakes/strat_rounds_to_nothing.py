"""The share of each class, rounded; what comes out as 0 is 0."""

import torch

TRIPS = ["stratified_split.rare_class"]


def stratified_split(y, frac, generator):
    if not 0 < frac < 1:
        raise ValueError("impossible share")
    order = torch.randperm(len(y), generator=generator)
    labels, held = y.cpu()[order], torch.zeros(len(y), dtype=torch.bool)
    for label in labels.unique():
        places = (labels == label).nonzero()[:, 0]
        held[places[: round(len(places) * frac)]] = True
    return order[~held], order[held]
