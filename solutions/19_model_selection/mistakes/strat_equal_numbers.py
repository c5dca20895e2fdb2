"""Balanced means: of every class the same number of rows."""

import torch

TRIPS = ["stratified_split.example", "stratified_split.class_ratios"]


def stratified_split(y, frac, generator):
    if not 0 < frac < 1:
        raise ValueError("impossible share")
    order = torch.randperm(len(y), generator=generator)
    labels, held = y.cpu()[order], torch.zeros(len(y), dtype=torch.bool)
    for label in labels.unique():
        places = (labels == label).nonzero()[:, 0]
        count = round(len(y) * frac / len(labels.unique()))
        held[places[: min(max(count, 1), len(places) - 1)]] = True
    return order[~held], order[held]
