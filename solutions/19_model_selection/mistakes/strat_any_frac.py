"""A share of 0 or 1 is a number like any other."""

import torch

TRIPS = ["stratified_split.bad_frac_raises"]


def stratified_split(y, frac, generator):
    order = torch.randperm(len(y), generator=generator)
    labels, held = y.cpu()[order], torch.zeros(len(y), dtype=torch.bool)
    for label in labels.unique():
        places = (labels == label).nonzero()[:, 0]
        held[places[: min(max(round(len(places) * frac), 1), len(places) - 1)]] = True
    return order[~held], order[held]
