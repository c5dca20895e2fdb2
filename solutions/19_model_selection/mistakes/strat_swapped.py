"""frac is the share of the first part."""

import torch

TRIPS = ["stratified_split.partition"]


def stratified_split(y, frac, generator):
    if not 0 < frac < 1:
        raise ValueError("impossible share")
    order = torch.randperm(len(y), generator=generator)
    labels, held = y.cpu()[order], torch.zeros(len(y), dtype=torch.bool)
    for label in labels.unique():
        places = (labels == label).nonzero()[:, 0]
        held[places[: min(max(round(len(places) * frac), 1), len(places) - 1)]] = True
    return order[held], order[~held]
